// Reads what an event, or a model, of a scenario says beside its action, or its id.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulator/event.h"
#include "simulator/strict_yaml.h"

namespace together::simulator {

// Errors: each throws a Problem.

/// The keys an action has of its own. Requires: `event.action` and `event.model` are read.
void read_arguments(const Fields& fields, Event& event);

/// The keys a model may have beside its id.
const std::vector<std::string_view>& spec_keys();
void read_spec(const Fields& fields, ModelSpec& spec);

/// The text under `key`, which has to be there and not empty.
std::string model_id(const Fields& fields, std::string_view key);

}  // namespace together::simulator
