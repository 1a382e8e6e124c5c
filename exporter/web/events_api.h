// GET /api/v1/events: newest first, paged and filtered.
#pragma once

#include <string_view>
#include <vector>

#include "exporter/core/changes.h"
#include "exporter/web/http.h"

namespace together {

inline constexpr std::string_view kEventsPath = "/api/v1/events";

/// Parameters: `model` and `kind` (exact), `limit` (1 to 1000, default 100), `before` (only events
/// with a smaller id). The answer is {"status":"success","data":[...],"next":URL or null}, or 400
/// with {"status":"error","errorType":"bad_data","error":...}. Requires: `events` newest first.
/// Threads: any, also those with small stacks.
HttpResponse events_response(std::string_view query, const std::vector<Event>& events);

}  // namespace together
