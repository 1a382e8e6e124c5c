// A day of the calendar, in UTC.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "exporter/core/clock.h"

namespace together {

using Day = std::chrono::sys_days;

/// Empty where there is no such day, or where it lies outside 2000 to 2199: what is further away is
/// a misprint, not a date.
std::optional<Day> make_day(int year, unsigned month, unsigned day);

/// Exactly `2026-08-21`; anything else is empty.
std::optional<Day> parse_day(std::string_view text);

/// `2026-08-21`.
std::string format_day(Day day);

inline Day day_of_time(WallTime t) { return std::chrono::floor<std::chrono::days>(t); }

}  // namespace together
