// The parts of the status page that tell of the account, the probes and what happened.
#pragma once

#include <string>

#include "exporter/web/status_view.h"

namespace together {

/// More are in /api/v1/events.
inline constexpr std::size_t kEventRows = 25;

/// What stops everything: active gates, and what is wrong with the exporter itself.
std::string alarm_lines(const StatusView& view);

std::string event_table(const StatusView& view);
std::string list_table(const StatusView& view);
std::string probe_table(const StatusView& view);
std::string budget_section(const StatusView& view);

}  // namespace together
