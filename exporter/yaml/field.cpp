// One value of a YAML file together with its place: reads it strictly and reports what is wrong.
#include "exporter/yaml/field.h"

#include <chrono>
#include <cmath>
#include <filesystem>
#include <set>

#include "exporter/core/duration.h"
#include "exporter/core/text.h"
#include "exporter/yaml/number.h"
#include "exporter/yaml/words.h"

namespace together {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMaxKeyBytes = 64;
constexpr std::size_t kMaxMessageBytes = 600;
constexpr Duration kLeastDuration = 1s;
// Far from where adding it to a time would overflow.
constexpr Duration kMostDuration = 24h * 365;

std::string_view found(YamlNode::Kind kind) {
  switch (kind) {
    case YamlNode::Kind::kNull: return "nothing";
    case YamlNode::Kind::kScalar: return "a single value";
    case YamlNode::Kind::kList: return "a list";
    case YamlNode::Kind::kMap: return "a map";
  }
  return "nothing";
}

// Says what was found, not its text: that might be a secret in the wrong place.
std::string misplaced(YamlNode::Kind kind, std::string_view belongs) {
  return "found " + std::string(found(kind)) + " where " + std::string(belongs);
}

}  // namespace

void Report::add(int line, std::string key, std::string_view message) {
  problems_->push_back({file_, line, key.empty() ? kWholeFile : std::move(key),
                        one_line(message, kMaxMessageBytes)});
}

void Field::wrong_at(int line, std::string_view child, std::string_view message) const {
  report_->add(line, child_key(child), message);
}

std::string Field::child_key(std::string_view child) const {
  return (key_.empty() ? "" : key_ + ".") + one_line(child, kMaxKeyBytes);
}

const std::string* Field::scalar(std::string_view belongs) const {
  if (node_->kind == YamlNode::Kind::kScalar) return &node_->text;
  wrong(misplaced(node_->kind, belongs));
  return nullptr;
}

std::optional<std::string> Field::text() const {
  const std::string* text = scalar("a text belongs; write one, \"\" if it is to be empty");
  return text ? std::optional(*text) : std::nullopt;
}

std::optional<Duration> Field::duration() const {
  const std::string* text = scalar("a duration belongs; write it as 30s, 5m, 1h30m or 1d");
  if (!text) return std::nullopt;
  const auto duration = parse_duration(*text);
  if (!duration) {
    wrong(duration.error().message);
  } else if (*duration < kLeastDuration) {
    wrong(in_quotes(*text) + " is too short a duration; write 1s or more");
  } else if (*duration > kMostDuration) {
    wrong(in_quotes(*text) + " is too long a duration; write 1y or less");
  } else {
    return *duration;
  }
  return std::nullopt;
}

std::optional<double> Field::number() const {
  const std::string* text = scalar("a number belongs; write it as 64, 0.5 or 200e6");
  if (!text) return std::nullopt;
  const auto number = parse_number(*text);
  if (number) return *number;
  wrong(number.error().message);
  return std::nullopt;
}

std::optional<long long> Field::integer(long long least, long long most) const {
  const auto value = number();
  if (!value) return std::nullopt;
  if (*value != std::floor(*value) || *value < static_cast<double>(least) ||
      *value > static_cast<double>(most)) {
    wrong(in_quotes(node_->text) + " is out of range; write a whole number from " +
          std::to_string(least) + " to " + std::to_string(most));
    return std::nullopt;
  }
  return static_cast<long long>(*value);
}

std::optional<bool> Field::flag() const {
  const std::string* text = scalar("a switch belongs; write true or false");
  if (!text) return std::nullopt;
  if (*text == "true") return true;
  if (*text == "false") return false;
  wrong(in_quotes(*text) + " is no switch; write true or false");
  return std::nullopt;
}

std::optional<std::vector<Field>> Field::list() const {
  if (node_->kind != YamlNode::Kind::kList) {
    wrong(misplaced(node_->kind, "a list belongs; write [a, b] or begin each entry with \"- \""));
    return std::nullopt;
  }
  std::vector<Field> fields;
  fields.reserve(node_->items.size());
  for (const auto& item : node_->items) {
    fields.emplace_back(item, key_ + "[" + std::to_string(fields.size()) + "]", *report_);
  }
  return fields;
}

std::optional<std::vector<Field::Entry>> Field::map() const {
  if (node_->kind != YamlNode::Kind::kMap) {
    wrong(misplaced(node_->kind, "a map belongs; write \"key: value\" pairs"));
    return std::nullopt;
  }
  std::vector<Entry> entries;
  std::set<std::string_view> seen;
  for (const auto& [key, value] : node_->pairs) {
    if (key->kind != YamlNode::Kind::kScalar) {
      report_->add(key->line, key_, misplaced(key->kind, "a key belongs; write a plain word"));
    } else if (!seen.insert(key->text).second) {
      wrong_at(key->line, key->text, "key " + in_quotes(key->text) + " is written twice; keep one");
    } else {
      entries.push_back({key->text, key->line, Field(value, child_key(key->text), *report_)});
    }
  }
  return entries;
}

std::optional<std::string> Field::path() const {
  const auto path = text();
  if (!path || path->empty()) return path;
  if (has_control_characters(*path)) {
    wrong("the path " + in_quotes(*path) + " has control characters; remove them");
    return std::nullopt;
  }
  const auto folder = std::filesystem::absolute(report_->file()).parent_path();
  return (folder / *path).lexically_normal().string();
}

std::optional<std::string> Field::model_id() const {
  const std::string* text = scalar("a model id belongs; write it as organisation/model");
  if (!text) return std::nullopt;
  const std::string fault = fault_of_model_id(*text);
  if (fault.empty()) return *text;
  wrong(fault);
  return std::nullopt;
}

std::optional<std::string> Field::name() const {
  auto name = text();
  if (!name) return std::nullopt;
  const std::string fault = fault_of_name(*name);
  if (fault.empty()) return name;
  wrong(fault);
  return std::nullopt;
}

}  // namespace together
