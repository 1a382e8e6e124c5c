// A value that fits a JSON schema.
#include "simulator/schema_value.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace together::simulator {
namespace {

using nlohmann::json;

constexpr int kLevels = 32;
constexpr std::size_t kMostItems = 16;

Json filled(const json& schema, int level);

/// The number of this key, or `otherwise`.
double number(const json& schema, const char* key, double otherwise) {
  const auto found = schema.find(key);
  return found != schema.end() && found->is_number() ? found->get<double>() : otherwise;
}

std::size_t least(const json& schema, const char* key) {
  return static_cast<std::size_t>(
      std::clamp(number(schema, key, 0), 0.0, static_cast<double>(kMostItems)));
}

double within_bounds(const json& schema, double usual) {
  constexpr double kNone = std::numeric_limits<double>::infinity();
  const double low = number(schema, "minimum", -kNone);
  return std::clamp(usual, low, std::max(low, number(schema, "maximum", kNone)));
}

Json object(const json& schema, int level) {
  Json value = Json::object();
  const auto properties = schema.find("properties");
  if (properties == schema.end() || !properties->is_object()) return value;
  for (const auto& [name, property] : properties->items()) value[name] = filled(property, level);
  return value;
}

Json array(const json& schema, int level) {
  Json value = Json::array();
  const auto items = schema.find("items");
  if (items == schema.end()) return value;
  const std::size_t count = std::max<std::size_t>(1, least(schema, "minItems"));
  for (std::size_t i = 0; i < count; ++i) value.push_back(filled(*items, level));
  return value;
}

Json text(const json& schema) {
  std::string value = "harbor";
  value.resize(std::max(value.size(), least(schema, "minLength")), 'x');
  return value;
}

Json of_type(const json& schema, const std::string& type, int level) {
  if (type == "object") return object(schema, level);
  if (type == "array") return array(schema, level);
  if (type == "string") return text(schema);
  if (type == "integer") {
    const double value = std::ceil(within_bounds(schema, 3));
    return std::abs(value) < 1e15 ? Json(static_cast<long long>(value)) : Json(3);
  }
  if (type == "number") return within_bounds(schema, 2.5);
  if (type == "boolean") return true;
  return nullptr;
}

/// "" where it says none; the first that is not null where it says several.
std::string type_of(const json& schema) {
  const auto type = schema.find("type");
  if (type == schema.end()) return schema.contains("properties") ? "object" : "";
  if (type->is_string()) return type->get<std::string>();
  if (!type->is_array()) return "";
  for (const auto& one : *type) {
    if (one.is_string() && one != "null") return one.get<std::string>();
  }
  return "null";
}

Json filled(const json& schema, int level) {
  if (level >= kLevels || !schema.is_object()) return nullptr;
  const auto constant = schema.find("const");
  if (constant != schema.end() && constant->is_primitive()) return *constant;
  const auto choices = schema.find("enum");
  if (choices != schema.end() && choices->is_array() && !choices->empty() &&
      choices->front().is_primitive()) {
    return choices->front();
  }
  for (const char* key : {"anyOf", "oneOf", "allOf"}) {
    const auto options = schema.find(key);
    if (options != schema.end() && options->is_array() && !options->empty()) {
      return filled(options->front(), level + 1);
    }
  }
  return of_type(schema, type_of(schema), level + 1);
}

}  // namespace

Json value_for(const json& schema) { return filled(schema, 0); }

}  // namespace together::simulator
