// Reads YAML maps strictly.
#include "simulator/strict_yaml.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "exporter/core/duration.h"
#include "exporter/core/text.h"

namespace together::simulator {
namespace {

std::string quoted(std::string_view text) { return "\"" + one_line(text, 80) + "\""; }

}  // namespace

double parse_number(const std::string& text, int line, const std::string& key) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  const bool leading_zero = text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9';
  if (error != std::errc{} || stop != end || !std::isfinite(value) || value < 0 || leading_zero) {
    throw Problem(line, key + ": " + quoted(text) + " is no number of 0 or more");
  }
  return value;
}

Fields::Fields(YAML::Node node, std::string where, std::span<const std::string_view> allowed)
    : node_(node), where_(std::move(where)) {
  if (!node_.IsMap()) throw Problem(line_of(node_), where_ + ": must be a map of keys and values");
  std::set<std::string> seen;
  for (const auto& pair : node_) {
    const int line = line_of(pair.first);
    if (!pair.first.IsScalar()) throw Problem(line, where_ + ": a key must be a word");
    const std::string& key = pair.first.Scalar();
    if (std::find(allowed.begin(), allowed.end(), key) == allowed.end()) {
      throw Problem(line, where_ + ": unknown key " + quoted(key));
    }
    if (!seen.insert(key).second) throw Problem(line, where_ + ": repeated key " + quoted(key));
  }
}

YAML::Node Fields::node(std::string_view key) const {
  for (const auto& pair : node_) {
    if (pair.first.Scalar() == key) return pair.second;
  }
  return YAML::Node(YAML::NodeType::Undefined);
}

bool Fields::has(std::string_view key) const { return node(key).IsDefined(); }

void Fields::require(std::string_view key) const {
  if (!has(key)) throw Problem(line(), where_ + ": needs the key " + quoted(key));
}

void Fields::bad(std::string_view key, const std::string& what) const {
  const YAML::Node value = node(key);
  throw Problem(value.IsDefined() ? line_of(value) : line(), std::string(key) + ": " + what);
}

std::string Fields::scalar(std::string_view key) const {
  const YAML::Node value = node(key);
  if (!value.IsScalar()) bad(key, "must be a single value");
  return value.Scalar();
}

std::optional<std::string> Fields::text(std::string_view key) const {
  if (!has(key)) return std::nullopt;
  return scalar(key);
}

std::optional<Duration> Fields::duration(std::string_view key) const {
  if (!has(key)) return std::nullopt;
  const auto parsed = parse_duration(scalar(key));
  if (!parsed) bad(key, parsed.error().message);
  return *parsed;
}

std::optional<double> Fields::number(std::string_view key) const {
  if (!has(key)) return std::nullopt;
  return parse_number(scalar(key), line_of(node(key)), std::string(key));
}

std::optional<long long> Fields::whole(std::string_view key) const {
  const auto value = number(key);
  if (!value) return std::nullopt;
  if (*value != std::floor(*value) || *value > 1e15) bad(key, "must be a whole number");
  return static_cast<long long>(*value);
}

std::optional<bool> Fields::flag(std::string_view key) const {
  if (!has(key)) return std::nullopt;
  const std::string value = scalar(key);
  if (value != "true" && value != "false") bad(key, quoted(value) + " is neither true nor false");
  return value == "true";
}

}  // namespace together::simulator
