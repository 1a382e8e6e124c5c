// Reads one event, or one model, of a scenario from YAML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulator/event.h"
#include "simulator/strict_yaml.h"

namespace together::simulator {

/// Errors: each throws a Problem. `timed`: the event has an `at`.
Event read_event(const YAML::Node& node, bool timed);

/// The keys a model may have beside its id.
const std::vector<std::string_view>& spec_keys();
void read_spec(const Fields& fields, ModelSpec& spec);

/// The text under `key`, which has to be there and not empty.
std::string model_id(const Fields& fields, std::string_view key);

}  // namespace together::simulator
