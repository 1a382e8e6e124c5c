// A value that fits a JSON schema, as a model would fill it in.
#pragma once

#include "simulator/model.h"

namespace together::simulator {

/// Knows const, enum, type, properties, items, minItems, minimum, maximum, minLength, anyOf, oneOf
/// and allOf. Every property is given, required or not. Null for what says nothing, for a const or
/// enum that is no plain value, and below 32 levels.
Json value_for(const nlohmann::json& schema);

}  // namespace together::simulator
