// The section `models`: what is tracked.
#include <set>

#include "exporter/config/sections.h"
#include "exporter/yaml/section.h"
#include "exporter/yaml/words.h"

namespace together {
namespace {

// The one label that reaches a series, `together_model_info`.
constexpr const char* kUsedLabel = "team";

void read_fallbacks(const Field& field, ModelConfig& model) {
  const auto entries = field.list();
  if (!entries) return;
  std::set<std::string> seen;
  for (const auto& entry : *entries) {
    const auto id = entry.model_id();
    if (!id) continue;
    if (*id == model.id) {
      entry.wrong(in_quotes(*id) + " is its own fallback; name another model");
    } else if (!seen.insert(*id).second) {
      entry.wrong("fallback " + in_quotes(*id) + " is listed twice; keep one");
    }
    model.fallbacks.push_back(*id);
  }
}

std::string fault_of_model_probe(const std::string& name, std::span<const ProbeInfo> probes) {
  std::vector<std::string> choices;
  for (const auto& probe : probes) {
    if (probe.scope == Scope::kModel) {
      if (probe.name == name) return "";
      choices.push_back(probe.name);
    } else if (probe.name == name) {
      return "probe " + in_quotes(name) + " does not look at single models; remove it here";
    }
  }
  return unknown_word("probe", name, choices);
}

void read_model_probes(const Field& field, std::span<const ProbeInfo> probes, ModelConfig& model) {
  const auto entries = field.list();
  if (!entries) return;
  std::set<std::string> seen;
  model.probes.emplace();
  for (const auto& entry : *entries) {
    const auto name = entry.text();
    if (!name) continue;
    if (const std::string fault = fault_of_model_probe(*name, probes); !fault.empty()) {
      entry.wrong(fault);
    } else if (!seen.insert(*name).second) {
      entry.wrong("probe " + in_quotes(*name) + " is listed twice; keep one");
    }
    model.probes->push_back(*name);
  }
}

void read_labels(const Field& field, ModelConfig& model) {
  const auto entries = field.map();
  if (!entries) return;
  for (const auto& [name, line, value] : *entries) {
    if (!is_identifier(name) || name.starts_with("__")) {
      field.wrong_at(line, name, in_quotes(name) + " is no label name; use letters, digits and _");
    } else if (name != kUsedLabel) {
      field.wrong_at(line, name,
                     "label " + in_quotes(name) + " would reach no series; \"" + kUsedLabel +
                         "\" is the only one that is used");
    } else if (const auto text = value.name()) {
      model.labels[name] = *text;
    }
  }
}

}  // namespace

void read_models(const Field& field, std::span<const ProbeInfo> probes,
                 std::vector<ModelConfig>& models) {
  const auto entries = field.list();
  if (!entries) return;
  std::set<std::string> seen;
  for (const auto& entry : *entries) {
    const Section section(entry, {"id", "fallbacks", "probes", "labels"});
    ModelConfig model;
    if (const Field* id = section.need("id", "every model needs one")) {
      model.id = id->model_id().value_or("");
      if (!model.id.empty() && !seen.insert(model.id).second) {
        id->wrong("model " + in_quotes(model.id) + " is listed twice; keep one");
      }
    }
    if (const Field* fallbacks = section.find("fallbacks")) read_fallbacks(*fallbacks, model);
    if (const Field* names = section.find("probes")) read_model_probes(*names, probes, model);
    if (const Field* labels = section.find("labels")) read_labels(*labels, model);
    models.push_back(std::move(model));
  }
}

}  // namespace together
