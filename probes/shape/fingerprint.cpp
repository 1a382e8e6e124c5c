// The shape of an answer.
#include "probes/shape/fingerprint.h"

#include <array>

#include "exporter/core/stable_hash.h"
#include "exporter/core/text.h"

namespace together {
namespace {

constexpr std::size_t kMostKeyBytes = 64;

std::string type_of(const Json& value) {
  switch (value.type()) {
    case Json::value_t::string: return "string";
    case Json::value_t::boolean: return "boolean";
    case Json::value_t::object: return "object";
    case Json::value_t::array: return "array";
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float: return "number";
    case Json::value_t::null:
    case Json::value_t::binary:
    case Json::value_t::discarded: break;
  }
  return "null";
}

}  // namespace

void ShapeReader::add(const Json& document) { visit(document, ""); }

// Depth is bounded by the parser.
void ShapeReader::visit(const Json& value, const std::string& path) {
  note(path, type_of(value));
  if (value.is_array()) {
    visit_items(value, path + "[]");
  } else if (value.is_object()) {
    const bool is_map = value.size() > kMapKeys;
    for (const auto& [key, item] : value.items()) {
      const std::string name = is_map ? "*" : one_line(key, kMostKeyBytes);
      visit(item, path.empty() ? name : path + "." + name);
    }
  }
}

void ShapeReader::visit_items(const Json& items, const std::string& path) {
  if (items.size() <= kLongList) {
    for (const Json& item : items) visit(item, path);
    return;
  }
  std::map<std::string, std::size_t> having;
  std::map<ShapePath, std::size_t> typed;
  for (const Json& item : items) {
    ShapeReader one;
    one.visit(item, path);
    for (const auto& [place, types] : one.types_) {
      ++having[place];
      for (const std::string& type : types) ++typed[{place, type}];
    }
  }
  for (const auto& [seen, count] : typed) {
    if (10 * having[seen.path] >= 9 * items.size() && 10 * count >= items.size()) {
      note(seen.path, seen.type);
    }
  }
}

void ShapeReader::note(const std::string& path, const std::string& type) {
  if (types_.size() < kMostPaths || types_.contains(path)) types_[path].insert(type);
}

std::vector<ShapePath> ShapeReader::paths() const {
  std::vector<ShapePath> paths;
  for (const auto& [path, types] : types_) {
    for (const std::string& type : types) {
      if (type == "null" && types.size() > 1) continue;
      paths.push_back({path, type});
    }
  }
  return paths;
}

std::string fingerprint_of(const std::vector<ShapePath>& paths) {
  std::string text;
  for (const auto& [path, type] : paths) text.append(path).append(" ").append(type).append("\n");
  std::uint64_t hash = stable_hash({text});
  std::array<char, 16> digits{};
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, hash >>= 4) {
    *digit = "0123456789abcdef"[hash & 0xF];
  }
  return {digits.begin(), digits.end()};
}

}  // namespace together
