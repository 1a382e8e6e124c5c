// Scenario files.
#include "simulator/scenario.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "simulator/event_arguments.h"
#include "simulator/event_reader.h"
#include "simulator/strict_yaml.h"

namespace together::simulator {
namespace {

void read_defaults(const YAML::Node& node, Defaults& defaults) {
  constexpr std::array<std::string_view, 3> kKeys{"first_token", "token", "answer_tokens"};
  const Fields fields(node, "defaults", kKeys);
  defaults.first_token = fields.duration("first_token").value_or(defaults.first_token);
  defaults.token = fields.duration("token").value_or(defaults.token);
  const long long tokens = fields.whole("answer_tokens").value_or(defaults.answer_tokens);
  if (tokens < 1 || tokens > 100'000) fields.bad("answer_tokens", "must be from 1 to 100000");
  defaults.answer_tokens = static_cast<int>(tokens);
}

YAML::Node sequence(const Fields& fields, std::string_view key) {
  const YAML::Node node = fields.node(key);
  if (node.IsDefined() && !node.IsSequence() && !node.IsNull()) fields.bad(key, "must be a list");
  return node.IsSequence() ? node : YAML::Node(YAML::NodeType::Sequence);
}

Scenario read_scenario(const YAML::Node& root) {
  Scenario scenario;
  if (root.IsNull()) return scenario;
  constexpr std::array<std::string_view, 3> kKeys{"defaults", "models", "events"};
  const Fields fields(root, "scenario", kKeys);
  if (fields.has("defaults")) read_defaults(fields.node("defaults"), scenario.defaults);
  std::vector<std::string_view> model_keys{"id"};
  model_keys.insert(model_keys.end(), spec_keys().begin(), spec_keys().end());
  for (const auto& item : sequence(fields, "models")) {
    const Fields model(item, "models", model_keys);
    ModelSpec spec;
    spec.id = model_id(model, "id");
    spec.line = model.line();
    for (const auto& other : scenario.models) {
      if (other.id == spec.id) model.bad("id", "the model is listed twice");
    }
    read_spec(model, spec);
    scenario.models.push_back(std::move(spec));
  }
  for (const auto& item : sequence(fields, "events")) {
    scenario.events.push_back(read_event(item, true));
  }
  std::stable_sort(scenario.events.begin(), scenario.events.end(),
                   [](const Event& a, const Event& b) { return a.at < b.at; });
  return scenario;
}

/// yaml-cpp recurses, and civetweb's threads have stacks of 100 kB.
bool is_shallow_json(const std::string& text) {
  constexpr int kDeepest = 8;
  bool shallow = true;
  const auto watch = [&](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
    shallow = shallow && depth <= kDeepest;
    return shallow;
  };
  return !nlohmann::json::parse(text, watch, false).is_discarded() && shallow;
}

}  // namespace

Result<Scenario> parse_scenario(std::string_view yaml, const std::string& name) {
  try {
    return read_scenario(YAML::Load(std::string(yaml)));
  } catch (const Problem& problem) {
    return fail(name + ":" + std::to_string(problem.line) + ": " + problem.what());
  } catch (const YAML::Exception& error) {
    return fail(name + ":" + std::to_string(error.mark.line + 1) +
                ": not valid YAML: " + error.msg);
  }
}

Result<Event> parse_event_json(const std::string& json) {
  if (!is_shallow_json(json)) return fail("the body must be one event as a JSON object");
  try {
    // JSON is YAML, so that one strict reader serves both.
    return read_event(YAML::Load(json), false);
  } catch (const Problem& problem) {
    return fail(problem.what());
  } catch (const std::exception& error) {
    return fail(std::string("the event cannot be read: ") + error.what());
  }
}

}  // namespace together::simulator
