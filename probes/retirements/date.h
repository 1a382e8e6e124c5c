// Dates as people write them.
#pragma once

#include <optional>
#include <string_view>

#include "exporter/core/day.h"

namespace together {

/// The whole text is one of `2025-04-30`, `2025/04/30`, `April 30, 2025`, `Apr 30 2025`,
/// `30 April 2025`, `2025 年 4 月 30 日` (also without or with full-width spaces). A date that
/// could be two days, as 04/05/2025, is none.
std::optional<Day> read_date(std::string_view text);

}  // namespace together
