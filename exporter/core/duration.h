// Durations and numbers as Prometheus' users write them.
#pragma once

#include <string>
#include <string_view>

#include "exporter/core/clock.h"
#include "exporter/core/result.h"

namespace together {

/// `30s`, `5m`, `1h30m`, `1d`, `2w`, `1y`, `500ms`; units in falling order, each at most once.
/// Source: prometheus/common model.ParseDuration. Errors: one sentence that quotes the text.
Result<Duration> parse_duration(std::string_view text);

/// The shortest such text: 5400 s is "1h30m". Zero is "0s".
std::string format_duration(Duration d);

/// `2026-11-21T01:35:11Z`.
std::string format_time(WallTime t);

}  // namespace together
