// The section `model_files`: tracked models from files that users already have.
#include <set>

#include "exporter/config/sections.h"
#include "exporter/core/text.h"
#include "exporter/yaml/read_file.h"
#include "exporter/yaml/section.h"
#include "exporter/yaml/words.h"

namespace together {
namespace {

constexpr std::string_view kProviderPrefix = "together_ai/";

// A # begins a comment at the start of a line and after a blank.
std::string_view without_comment(std::string_view line) {
  for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
    if (at == 0 || kBlanks.find(line[at - 1]) != std::string_view::npos) return line.substr(0, at);
  }
  return line;
}

std::vector<std::string> ids_of_list(std::string_view text, Report& report) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<std::string> ids;
  std::set<std::string> seen;
  for (int line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string id(trim(without_comment(text.substr(0, end))));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (id.empty()) continue;
    if (const std::string fault = fault_of_model_id(id); !fault.empty()) {
      report.add(line, "model", fault);
    } else if (!seen.insert(id).second) {
      report.add(line, "model", "model " + in_quotes(id) + " is listed twice; keep one");
    } else {
      ids.push_back(id);
    }
  }
  return ids;
}

const Field* find(const std::vector<Field::Entry>& entries, std::string_view key) {
  for (const auto& entry : entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

// Everything but `model_list` and its `litellm_params.model` is LiteLLM's business. A model may
// come several times there: LiteLLM spreads its load over such entries.
std::vector<std::string> ids_of_litellm_config(std::string_view text, Report& report) {
  const auto root = parse_yaml(text);
  if (!root) {
    report.add(root.error().line, kWholeFile, root.error().message);
    return {};
  }
  const auto top = Field(*root, "", report).map();
  if (!top) return {};
  const Field* list = find(*top, "model_list");
  if (!list) {
    report.add(1, "model_list", "missing; a LiteLLM proxy configuration has one");
    return {};
  }
  const auto entries = list->list();
  if (!entries) return {};
  std::vector<std::string> ids;
  for (const auto& entry : *entries) {
    const auto keys = entry.map();
    const Field* params = keys ? find(*keys, "litellm_params") : nullptr;
    const auto settings = params ? params->map() : std::nullopt;
    const Field* model = settings ? find(*settings, "model") : nullptr;
    const auto name = model ? model->text() : std::nullopt;
    if (!name || !name->starts_with(kProviderPrefix)) continue;
    const std::string id = name->substr(kProviderPrefix.size());
    if (id.find('*') != std::string::npos) continue;  // "together_ai/*" stands for every model
    if (const std::string fault = fault_of_model_id(id); !fault.empty()) {
      model->wrong(fault);
    } else {
      ids.push_back(id);
    }
  }
  return ids;
}

}  // namespace

void read_model_files(const Field& field, std::vector<ModelConfig>& models) {
  const auto entries = field.list();
  if (!entries) return;
  std::set<std::string> seen;
  for (const auto& model : models) seen.insert(model.id);
  for (const auto& entry : *entries) {
    const Section section(entry, {"kind", "path"});
    const std::string needs = "write litellm_config or list";
    const bool has_kind = section.need("kind", needs) != nullptr;
    const std::string kind = section.choice("kind", {"litellm_config", "list"}, "");
    const Field* path_field = section.need("path", "every model file needs one");
    if (!path_field || !has_kind || kind.empty()) continue;
    const auto path = path_field->path();
    if (!path) continue;
    const auto text = read_small_file(*path);
    if (!text) {
      path_field->wrong("cannot read " + in_quotes(*path) + ": " + text.error().message);
      continue;
    }
    Report report(*path, field.report().problems());
    const auto ids =
        kind == "list" ? ids_of_list(*text, report) : ids_of_litellm_config(*text, report);
    for (const auto& id : ids) {
      if (!seen.insert(id).second) continue;
      ModelConfig model;
      model.id = id;
      models.push_back(std::move(model));
    }
  }
}

}  // namespace together
