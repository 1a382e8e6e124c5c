// The Retry-After header.
#pragma once

#include <optional>
#include <string_view>

#include "exporter/core/clock.h"

namespace together {

/// How long to wait: never negative, at most `most`. Empty for anything that is neither a number of
/// seconds (Together sends decimals: "0.5") nor an HTTP date.
/// Source: RFC 9110, sections 10.2.3 and 5.6.7, the two obsolete date formats included.
std::optional<Duration> parse_retry_after(std::string_view value, WallTime now,
                                          Duration most = std::chrono::hours(1));

}  // namespace together
