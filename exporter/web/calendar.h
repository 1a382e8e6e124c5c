// /api/v1/retirements.ics: the removal dates of tracked models as a calendar.
#pragma once

#include <string>
#include <string_view>

#include "exporter/web/status_view.h"

namespace together {

inline constexpr std::string_view kCalendarContentType = "text/calendar; charset=utf-8";

/// One all-day event for every model, surface and source that names a day. Its UID does not hold
/// the day, so that a moved date moves the entry. Valid whatever bytes the view holds. Source: RFC
/// 5545.
std::string render_calendar(const StatusView& view);

}  // namespace together
