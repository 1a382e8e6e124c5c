// Beliefs of what surfaces answer, as JSON: headers, shapes, remarks.
#include "exporter/ledger/belief_json.h"
#include "exporter/ledger/beliefs.h"

namespace together {
namespace {

using namespace belief_json;

Json paths_json(const std::set<ShapePath>& paths) {
  Json array = Json::array();
  for (const auto& [path, type] : paths) array.push_back({path, type});
  return array;
}

std::set<ShapePath> read_paths(const Json& json) {
  std::set<ShapePath> paths;
  for (const auto& pair : json) {
    paths.insert({pair.at(0).get<std::string>(), pair.at(1).get<std::string>()});
  }
  return paths;
}

}  // namespace

std::string shape_key(const std::string& surface, const std::string& model) {
  return surface + " " + model;
}

Belief shape_belief(const std::string& surface, const std::string& model,
                    const SurfaceShapes::State& state) {
  Json shapes = Json::object();
  for (const auto& [fingerprint, since] : state.shapes) {
    shapes[fingerprint] = to_unix_seconds(since);
  }
  return {kShapeBelief, shape_key(surface, model),
          text_of({{"surface", surface},
                   {"model", model},
                   {"first_seen", to_unix_seconds(state.first_seen)},
                   {"answers", state.answers},
                   {"fingerprint", state.fingerprint},
                   {"shapes", shapes},
                   {"ever", paths_json(state.ever)},
                   {"always", paths_json(state.always)}})};
}

std::optional<StoredShapes> read_shape_belief(const std::string& text) {
  StoredShapes stored;
  const bool ok = guarded(text, [&](const Json& json) {
    stored.surface = json.at("surface").get<std::string>();
    stored.model = json.at("model").get<std::string>();
    stored.state.first_seen = from_unix_seconds(json.at("first_seen").get<double>());
    stored.state.answers = json.at("answers").get<int>();
    stored.state.fingerprint = json.at("fingerprint").get<std::string>();
    for (const auto& [fingerprint, since] : json.at("shapes").items()) {
      stored.state.shapes[fingerprint] = from_unix_seconds(since.get<double>());
    }
    stored.state.ever = read_paths(json.at("ever"));
    stored.state.always = read_paths(json.at("always"));
  });
  return ok ? std::optional(std::move(stored)) : std::nullopt;
}

Belief remarks_belief(const std::string& model, const RemarkBook::Told& told) {
  return {kRemarksBelief, model, text_of(Json(told))};
}

std::optional<RemarkBook::Told> read_remarks_belief(const std::string& text) {
  RemarkBook::Told told;
  const bool ok = guarded(text, [&](const Json& json) { told = json.get<RemarkBook::Told>(); });
  return ok ? std::optional(std::move(told)) : std::nullopt;
}

Belief header_belief(const std::string& header, const std::string& surface,
                     const HeaderBook::Surface& seen) {
  return {kHeaderBelief, header + " " + surface,
          text_of({{"header", header},
                   {"surface", surface},
                   {"present", seen.present},
                   {"value", seen.value}})};
}

std::optional<StoredHeader> read_header_belief(const std::string& text) {
  StoredHeader stored;
  const bool ok = guarded(text, [&](const Json& json) {
    stored.header = json.at("header").get<std::string>();
    stored.surface = json.at("surface").get<std::string>();
    stored.seen.present = json.at("present").get<bool>();
    stored.seen.value = json.at("value").get<std::string>();
  });
  return ok ? std::optional(std::move(stored)) : std::nullopt;
}

}  // namespace together
