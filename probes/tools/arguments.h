// The arguments that are asked for, in a tool call and in JSON mode, and what is wrong with others.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace together {

/// A JSON schema: `degrees`, an integer, and `unit`, one of two words; both required, no others.
nlohmann::ordered_json arguments_schema();

/// Empty where `text` is one JSON object. Total over any bytes. The fault is a few
/// words: "not JSON, or cut".
std::optional<std::string> object_fault(std::string_view text);

/// Empty where `text` is one JSON object that fits the schema. Total over any bytes.
std::optional<std::string> arguments_fault(std::string_view text);

}  // namespace together
