// The metric families of the stream probe.
#pragma once

#include <array>

#include "exporter/core/metric.h"

namespace together {

inline constexpr std::array kLatencyBuckets{0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5,
                                            2.5,  4.0, 6.0, 10., 15., 25.,  40., 60.};
inline constexpr std::array kGapBuckets{0.001, 0.0025, 0.005, 0.01, 0.02, 0.035, 0.05, 0.075,
                                        0.1,   0.2,    0.35,  0.5,  1.0,  2.5,   5.0,  10.0};

inline constexpr MetricDef kStreamRuleOk{
    .name = "together_stream_rule_ok",
    .type = MetricType::kGauge,
    .help =
        "Whether the model's last stream kept this rule of the streaming contract (1) or broke "
        "it (0). No sample where the stream gave nothing to judge the rule by.",
    .label_names = {"model", "rule"},
    .buckets = {}};
inline constexpr MetricDef kStreamViolations{
    .name = "together_stream_violations_total",
    .type = MetricType::kCounter,
    .help = "Streams of the model that broke this rule of the streaming contract.",
    .label_names = {"model", "rule"},
    .buckets = {}};
inline constexpr MetricDef kStreamFinishReasons{
    .name = "together_stream_finish_reasons_total",
    .type = MetricType::kCounter,
    .help =
        "Finish reasons in the model's streams; a stream may hold two. A reason that Together "
        "does not document is counted as \"other\".",
    .label_names = {"model", "finish_reason"},
    .buckets = {}};
inline constexpr MetricDef kStreamUnknownEvents{
    .name = "together_stream_unknown_events_total",
    .type = MetricType::kCounter,
    .help =
        "Events in the model's streams whose SSE type is not documented (neither none, message "
        "nor error). Events hold the type.",
    .label_names = {"model"},
    .buckets = {}};
inline constexpr MetricDef kStreamFirstByte{
    .name = "together_stream_time_to_first_byte_seconds",
    .type = MetricType::kHistogram,
    .help = "Time from the start of the request to the first byte of a stream's answer.",
    .label_names = {"model"},
    .buckets = kLatencyBuckets};
inline constexpr MetricDef kStreamFirstEvent{
    .name = "together_stream_time_to_first_event_seconds",
    .type = MetricType::kHistogram,
    .help =
        "Time from the start of the request to the first complete event of a stream, whatever it "
        "holds; comments are no events.",
    .label_names = {"model"},
    .buckets = kLatencyBuckets};
inline constexpr MetricDef kStreamFirstToken{
    .name = "together_stream_time_to_first_token_seconds",
    .type = MetricType::kHistogram,
    .help =
        "Time from the start of the request to the first token: of any kind (channel \"any\"), "
        "or of the answer itself, reasoning apart (channel \"answer\").",
    .label_names = {"model", "channel"},
    .buckets = kLatencyBuckets};
inline constexpr MetricDef kStreamTokenGap{
    .name = "together_stream_token_gap_seconds",
    .type = MetricType::kHistogram,
    .help = "Time between successive events of a stream that bring tokens.",
    .label_names = {"model"},
    .buckets = kGapBuckets};
inline constexpr MetricDef kStreamOutputRate{
    .name = "together_stream_output_tokens_per_second",
    .type = MetricType::kGauge,
    .help =
        "Output tokens a second in the model's last stream: the billed completion tokens after "
        "the first, over the time from the first token to the last.",
    .label_names = {"model"},
    .buckets = {}};

}  // namespace together
