// Reads one event of a scenario from YAML.
#pragma once

#include "simulator/event.h"
#include "simulator/strict_yaml.h"

namespace together::simulator {

/// Errors: each throws a Problem. `timed`: the event has an `at`.
Event read_event(const YAML::Node& node, bool timed);

}  // namespace together::simulator
