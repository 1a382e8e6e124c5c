// JSON Patch on finished answers.
#include "simulator/patch.h"

#include <optional>
#include <string_view>

namespace together::simulator {
namespace {

using Pointer = Json::json_pointer;

bool is_pointer(const std::string& path) {
  try {
    const Pointer pointer(path);
    return pointer.empty() == path.empty();
  } catch (const Json::exception&) {
    return false;
  }
}

/// Whether the operation can be done: nlohmann asserts where `add` has a parent that is no
/// container.
bool fits(const Json& operation, const Json& document) {
  const Pointer path(operation.at("path").get_ref<const std::string&>());
  if (operation.at("op") != "add") return document.contains(path);
  if (path.empty()) return true;
  const Pointer parent = path.parent_pointer();
  return document.contains(parent) && document.at(parent).is_structured();
}

bool apply_one(const Json& operation, Json& document) {
  try {
    if (!fits(operation, document)) return false;
    document.patch_inplace(Json::array({operation}));
    return true;
  } catch (const Json::exception&) {
    return false;  // an index that is none, or beyond the end
  }
}

/// Whether the value of a `test` stands there.
bool holds(const Json& test, const Json& document) {
  try {
    const Pointer path(test.at("path").get_ref<const std::string&>());
    return document.contains(path) && document.at(path) == test.at("value");
  } catch (const Json::exception&) {
    return false;
  }
}

/// The text with the operations done; nothing where none fits, or where it is no JSON.
std::optional<std::string> patched(const Json& operations, std::string_view text) {
  Json document = Json::parse(text, nullptr, false);
  if (document.is_discarded()) return std::nullopt;
  bool changed = false;
  for (const auto& operation : operations) {
    if (operation.at("op") == "test") {
      if (!holds(operation, document)) break;
    } else {
      changed = apply_one(operation, document) || changed;
    }
  }
  if (!changed) return std::nullopt;
  return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string patched_events(const Json& operations, std::string_view bytes) {
  constexpr std::string_view kData = "data: ";
  std::string result;
  while (!bytes.empty()) {
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    bytes.remove_prefix(line.size());
    const bool is_data = line.starts_with(kData);
    const auto changed = is_data ? patched(operations, line.substr(kData.size())) : std::nullopt;
    result += changed ? std::string(kData) + *changed : std::string(line);
    if (!bytes.empty()) {
      result += '\n';
      bytes.remove_prefix(1);
    }
  }
  return result;
}

}  // namespace

std::string fault_of_operations(const Json& operations) {
  if (!operations.is_array() || operations.empty()) return "must be a list of operations";
  for (const auto& operation : operations) {
    if (!operation.is_object()) return "an operation must be a map of op, path and value";
    const std::string op = operation.contains("op") && operation["op"].is_string()
                               ? operation["op"].get<std::string>()
                               : "";
    if (op != "add" && op != "remove" && op != "replace" && op != "test") {
      return "op must be add, remove, replace or test";
    }
    const auto path = operation.find("path");
    if (path == operation.end() || !path->is_string() || !is_pointer(*path)) {
      return "path must be a JSON pointer, as in /choices/0/message";
    }
    if (operation.contains("value") == (op == "remove")) {
      return op == "remove" ? "remove takes no value" : op + " needs a value";
    }
    if (operation.size() != (op == "remove" ? 2U : 3U)) {
      return "an operation has the keys op, path and value only";
    }
    if (op == "remove" && path->get_ref<const std::string&>().empty()) {
      return "the whole answer cannot be removed";
    }
  }
  return "";
}

void apply_patch(const Json& operations, Script& script) {
  for (auto& part : script.parts) {
    if (script.streamed) {
      part.bytes = patched_events(operations, part.bytes);
    } else if (auto changed = patched(operations, part.bytes)) {
      part.bytes = std::move(*changed);
    }
  }
}

}  // namespace together::simulator
