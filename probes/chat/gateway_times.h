// What an answer's own headers say of the time it took: in the gateway, and in the engine.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "exporter/core/exchange.h"
#include "exporter/core/metric.h"

namespace together {

inline constexpr std::array kGatewayBuckets{0.005, 0.01, 0.02, 0.035, 0.05, 0.1, 0.2,
                                            0.5,   1.0,  2.5,  5.0,   15.,  60.};
inline constexpr std::array kEngineBuckets{0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5,
                                           2.5,  4.0, 6.0, 10., 15., 25.,  40., 60.};

inline constexpr MetricDef kGatewayTime{
    .name = "together_gateway_time_seconds",
    .type = MetricType::kHistogram,
    .help =
        "Time that Together's gateway says it took before the engine was called: x-api-call-start "
        "less x-api-received, of answers with status 200.",
    .label_names = {"model"},
    .buckets = kGatewayBuckets};
inline constexpr MetricDef kEngineTime{
    .name = "together_engine_time_seconds",
    .type = MetricType::kHistogram,
    .help =
        "Time that Together says the engine took: x-api-call-end less x-api-call-start. Streams "
        "do not have it.",
    .label_names = {"model"},
    .buckets = kEngineBuckets};

/// From receipt to the engine's start, and from there to its end; each where both headers are
/// there, and nothing where a time is no ISO text, runs backwards or takes more than an hour.
/// `x-api-call-end` comes on plain answers only. Nothing of a status other than 200: refusals are
/// quick and would pull the times down.
/// Source: recorded headers 2025-03 .. 2026-08: x-api-received: 2025-03-23T22:35:02.000Z
std::vector<Reading> gateway_times(const std::string& model, const Exchange& exchange);

}  // namespace together
