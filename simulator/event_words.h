// The words that scenario files use for the values of enumerations.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "simulator/event.h"

namespace together::simulator {

inline constexpr std::array<std::pair<std::string_view, BreakMode>, 10> kBreakModes{
    {{"cut", BreakMode::kCut},
     {"in_band_error", BreakMode::kInBandError},
     {"no_done", BreakMode::kNoDone},
     {"no_finish", BreakMode::kNoFinish},
     {"bad_json", BreakMode::kBadJson},
     {"done_twice", BreakMode::kDoneTwice},
     {"html", BreakMode::kHtml},
     {"hang", BreakMode::kHang},
     {"wrong_content_type", BreakMode::kWrongContentType},
     {"event_error", BreakMode::kEventError}}};

inline constexpr std::array<std::pair<std::string_view, ListMode>, 9> kListModes{
    {{"normal", ListMode::kNormal},
     {"empty", ListMode::kEmpty},
     {"html", ListMode::kHtml},
     {"cut", ListMode::kCut},
     {"drop", ListMode::kDrop},
     {"shrink", ListMode::kShrink},
     {"data_object", ListMode::kDataObject},
     {"duplicate", ListMode::kDuplicate},
     {"hostile", ListMode::kHostile}}};

inline constexpr std::array<std::pair<std::string_view, PageMode>, 7> kPageModes{
    {{"normal", PageMode::kNormal},
     {"empty", PageMode::kEmpty},
     {"shrink", PageMode::kShrink},
     {"html", PageMode::kHtml},
     {"cut", PageMode::kCut},
     {"error", PageMode::kError},
     {"moved", PageMode::kMoved}}};

inline constexpr std::array<std::pair<std::string_view, Failure>, 5> kFailures{
    {{"500", Failure::k500},
     {"503", Failure::k503},
     {"521", Failure::k521},
     {"hang", Failure::kHang},
     {"close", Failure::kClose}}};

inline constexpr std::array<std::pair<std::string_view, WhichList>, 3> kLists{
    {{"all", WhichList::kAll}, {"serverless", WhichList::kServerless}, {"both", WhichList::kBoth}}};

inline constexpr std::array<std::pair<std::string_view, Surface>, 2> kSurfaces{
    {{"inference", Surface::kInference}, {"fine_tuning", Surface::kFineTuning}}};

inline constexpr std::array<std::pair<std::string_view, ApiSurface>, 13> kApiSurfaces{
    {{"chat", ApiSurface::kChat},
     {"stream", ApiSurface::kStream},
     {"embeddings", ApiSurface::kEmbeddings},
     {"rerank", ApiSurface::kRerank},
     {"images", ApiSurface::kImages},
     {"batches", ApiSurface::kBatches},
     {"fine_tunes", ApiSurface::kFineTunes},
     {"fine_tune_limits", ApiSurface::kFineTuneLimits},
     {"fine_tune_models", ApiSurface::kFineTuneModels},
     {"endpoints", ApiSurface::kEndpoints},
     {"hardware", ApiSurface::kHardware},
     {"whoami", ApiSurface::kWhoami},
     {"models", ApiSurface::kModels}}};

inline constexpr std::array<std::pair<std::string_view, bool>, 2> kLineEnds{
    {{"lf", false}, {"crlf", true}}};

inline constexpr std::array<std::pair<std::string_view, bool>, 2> kTuningForms{
    {{"flat", false}, {"nested", true}}};

inline constexpr std::array<std::pair<std::string_view, UsagePlace>, 3> kUsagePlaces{
    {{"chunk", UsagePlace::kChunk}, {"finish", UsagePlace::kFinish}, {"none", UsagePlace::kNone}}};

inline constexpr std::array<std::pair<std::string_view, bool>, 2> kRetryAfterForms{
    {{"seconds", false}, {"date", true}}};

inline constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kTypes{
    {{"chat", "chat"},
     {"language", "language"},
     {"code", "code"},
     {"embedding", "embedding"},
     {"rerank", "rerank"},
     {"moderation", "moderation"},
     {"image", "image"},
     {"video", "video"},
     {"audio", "audio"},
     {"transcribe", "transcribe"}}};

}  // namespace together::simulator
