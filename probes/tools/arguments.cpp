// The arguments that are asked for, and what is wrong with others.
#include "probes/tools/arguments.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "exporter/core/text.h"
#include "probes/json/read.h"

namespace together {
namespace {

constexpr std::string_view kDegrees = "degrees";
constexpr std::string_view kUnit = "unit";
constexpr std::array<std::string_view, 2> kUnits{"celsius", "fahrenheit"};

/// As in JSON Schema, 21.0 is an integer.
bool is_integer(const Json& value) {
  if (!value.is_number()) return false;
  const double number = value.get<double>();
  return std::isfinite(number) && number == std::floor(number);
}

/// "a string", "an array"; "null".
std::string kind_of(const Json& value) {
  const std::string name = value.is_number() ? "number" : value.type_name();
  if (value.is_null()) return name;
  return (value.is_structured() ? "an " : "a ") + name;
}

std::string shown(std::string_view text) { return one_line(text, 60); }

std::optional<std::string> schema_fault(const Json& arguments) {
  const Json* degrees = member(&arguments, kDegrees);
  if (degrees == nullptr) return "degrees is missing";
  if (!is_integer(*degrees)) {
    return "degrees is no integer but " + kind_of(*degrees);
  }
  const Json* unit = member(&arguments, kUnit);
  if (unit == nullptr) return "unit is missing";
  if (!unit->is_string()) return "unit is no string but " + kind_of(*unit);
  if (std::find(kUnits.begin(), kUnits.end(), text_of(unit)) == kUnits.end()) {
    return "unit is not in its enum: " + shown(text_of(unit));
  }
  for (const auto& [name, value] : arguments.items()) {
    if (name != kDegrees && name != kUnit) return "a key that nobody asked for: " + shown(name);
  }
  return std::nullopt;
}

}  // namespace

nlohmann::ordered_json arguments_schema() {
  using OrderedJson = nlohmann::ordered_json;
  return {{"type", "object"},
          {"properties",
           {{kDegrees, {{"type", "integer"}}}, {kUnit, {{"type", "string"}, {"enum", kUnits}}}}},
          {"required", OrderedJson::array({kDegrees, kUnit})},
          {"additionalProperties", false}};
}

std::optional<std::string> object_fault(std::string_view text) {
  if (trim(text).empty()) return "empty";
  if (trim(text).starts_with("```")) return "in a code fence";
  const auto json = parse_json(text);
  if (!json) return "not JSON, or cut";
  if (!json->is_object()) return "no object but " + kind_of(*json);
  return std::nullopt;
}

std::optional<std::string> arguments_fault(std::string_view text) {
  if (auto fault = object_fault(text)) return fault;
  return schema_fault(*parse_json(text));
}

}  // namespace together
