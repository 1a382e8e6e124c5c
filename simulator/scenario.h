// Scenario files: what happens to the simulated API, and when.
#pragma once

#include <string>
#include <string_view>

#include "exporter/core/result.h"
#include "simulator/event.h"

namespace together::simulator {

/// Strict. Errors: "NAME:LINE: KEY: what is wrong" of the first problem.
/// Source of the format: simulator/README.md.
Result<Scenario> parse_scenario(std::string_view yaml, const std::string& name);

/// One event as POST /admin/event gives it: the same keys in JSON, without `at`.
/// Errors: "KEY: what is wrong".
Result<Event> parse_event_json(const std::string& json);

/// The word for it in a scenario file.
std::string_view to_string(Action action);
std::string_view to_string(BreakMode mode);
std::string_view to_string(ListMode mode);
std::string_view to_string(PageMode mode);

}  // namespace together::simulator
