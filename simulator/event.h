// What can happen to the simulated API, as data.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exporter/core/clock.h"
#include "simulator/dress.h"
#include "simulator/model.h"
#include "simulator/surface.h"

namespace together::simulator {

enum class Action {
  kAdd,
  kAnnounce,
  kWithdraw,
  kRedirect,
  kRemove,
  kAnnounceRedirect,
  kWithdrawRedirect,
  kRenameAnswer,
  kRestore,
  kDedicatedOnly,
  kStopEndpoint,
  kBlock,
  kStreamingOnly,
  kSlow,
  kBreakStream,
  kFixStream,
  kPrice,
  kShape,
  kFlap,
  kRateLimit,
  kFailAll,
  kRecoverAll,
  kRejectKey,
  kAcceptKey,
  kSpendLimit,
  kClearSpendLimit,
  kVersionHeader,
  kListMode,
  kPage,
  kPatch,
  kUnpatch,
  kHeader,
  kStreamDress,
  kRefuse,
  kFineTuning,
  kFineTunable,
  kFineTuneJob,
  kBatch,
  kEndpoint,
};

/// How a stream goes wrong.
enum class BreakMode {
  kNone,
  kCut,               ///< the connection closes in the middle of an event
  kInBandError,       ///< a chunk with finish_reason "error", then [DONE]
  kNoDone,            ///< ends well, but without [DONE]
  kNoFinish,          ///< no chunk has a finish_reason
  kBadJson,           ///< one event's data is cut JSON
  kDoneTwice,         ///< [DONE] and [DONE] again
  kHtml,              ///< status 200 and a web page
  kHang,              ///< stops in the middle and keeps the connection open
  kWrongContentType,  ///< right events called application/json
  kEventError,        ///< `event: error` with a top-level error object, then the end
};

/// How a list of models goes wrong.
enum class ListMode {
  kNormal,
  kEmpty,       ///< []
  kHtml,        ///< status 200 and a web page
  kCut,         ///< a whole HTTP answer that holds the first half of the list
  kDrop,        ///< the connection closes in the middle of the list
  kShrink,      ///< the first part of the list is missing
  kDataObject,  ///< {"object": "list", "data": [...]}
  kDuplicate,   ///< the first ten models come twice
  kHostile,     ///< five ids more, made to break whoever prints them
};

/// How the deprecations page goes wrong.
enum class PageMode {
  kNormal,
  kEmpty,   ///< its tables of inference have no rows
  kShrink,  ///< the first part of its rows is missing
  kHtml,    ///< status 200 and a web page
  kCut,     ///< a whole HTTP answer that holds the first half of the page
  kError,   ///< 503
  kMoved,   ///< 301
};

/// How the whole API fails.
enum class Failure { k500, k503, k521, kHang, kClose };

enum class WhichList { kAll, kServerless, kBoth };

/// What a model is retired from.
enum class Surface { kInference, kFineTuning };

/// How one surface refuses one model's requests.
struct Refusal {
  int status = 400;
  std::string message;
  std::string code;   ///< "": null
  std::string param;  ///< "": null
};

/// Which body POST /fine-tunes understands.
struct TuningForm {
  bool nested = false;                ///< hyperparameters in an object of their own
  std::vector<std::string> required;  ///< beside model and training_file
};

/// One batch job, fine-tuning job or dedicated endpoint.
struct Resource {
  std::string id;
  std::string status;                      ///< "": as it was
  std::string hardware;                    ///< endpoint; "": as it was
  std::optional<double> cents_per_minute;  ///< endpoint
};

struct Event {
  Duration at{};
  int line = 0;  ///< in the scenario file; 0 for an event from elsewhere
  Action action = Action::kRestore;
  std::string model;  ///< "" where it concerns the account

  ModelSpec spec;            ///< add; price, slow and shape use the fields they name
  std::string to;            ///< redirect, announce_redirect, announce (the replacement, or "")
  std::string as;            ///< announce_redirect ("": by its id), rename_answer
  bool keep_listed = false;  ///< remove
  bool dedicated = false;    ///< announce, remove: the page says Yes to dedicated endpoints
  std::string date;          ///< announce: 2026-12-01, or
  Duration in{};             ///< announce: so long after now
  Surface surface = Surface::kInference;  ///< announce, withdraw
  BreakMode breakage = BreakMode::kNone;
  double fraction = 0;                  ///< flap, list_mode and page shrink; in [0, 1]
  std::optional<Duration> lasts;        ///< fail_all, rate_limit; unset: until told otherwise
  std::optional<Duration> retry_after;  ///< rate_limit
  bool retry_after_date = false;        ///< rate_limit: as an HTTP date, not as seconds
  Failure failure = Failure::k500;
  std::string header;  ///< version_header, header; lower case
  std::string value;   ///< version_header, header; "" removes the header
  ListMode list_mode = ListMode::kNormal;
  WhichList list = WhichList::kBoth;
  PageMode page_mode = PageMode::kNormal;
  ApiSurface api = ApiSurface::kChat;  ///< patch, header, refuse
  std::string name;                    ///< patch, unpatch
  Json operations;                     ///< patch: an array, as in RFC 6902
  StreamDress dress;                   ///< stream_dress; what is unset stays
  Refusal refusal;                     ///< refuse
  TuningForm tuning;                   ///< fine_tuning
  bool supported = false;              ///< fine_tunable
  Resource resource;                   ///< batch, fine_tune_job, endpoint
};

struct Defaults {
  Duration first_token = std::chrono::milliseconds(150);
  Duration token = std::chrono::milliseconds(10);
  int answer_tokens = 24;  ///< of an answer that max_tokens does not cut
};

struct Scenario {
  Defaults defaults;
  std::vector<ModelSpec> models;
  std::vector<Event> events;  ///< in order of `at`; those of one time as written
};

}  // namespace together::simulator
