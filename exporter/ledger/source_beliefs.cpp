// Beliefs of retirement sources as JSON.
#include "exporter/ledger/belief_json.h"
#include "exporter/ledger/beliefs.h"

namespace together {
namespace {

using namespace belief_json;

Json rows_json(const std::vector<AnnouncedRow>& rows) {
  Json array = Json::array();
  for (const auto& [row, first_seen] : rows) {
    array.push_back({{"model", row.model},
                     {"surface", to_string(row.surface)},
                     {"date", day_json(row.date)},
                     {"replacement", row.replacement},
                     {"first_seen", to_unix_seconds(first_seen)}});
  }
  return array;
}

std::vector<AnnouncedRow> read_rows(const Json& json) {
  std::vector<AnnouncedRow> rows;
  for (const auto& r : json) {
    rows.push_back({{r.at("model").get<std::string>(), read_surface(r.at("surface")),
                     read_day(r.at("date")), r.at("replacement").get<std::string>()},
                    from_unix_seconds(r.at("first_seen").get<double>())});
  }
  return rows;
}

}  // namespace

Belief source_belief(const SourceBelief& source) {
  const RetirementSource& s = source.source;
  return {kSourceBelief, s.name,
          text_of({{"name", s.name},
                   {"kind", s.kind},
                   {"url", s.url},
                   {"file", s.file},
                   {"columns", s.columns},
                   {"first_success", time_json(source.first_success)},
                   {"last_success", time_json(source.last_success)},
                   {"rows", rows_json(source.rows)},
                   {"redirects", pairs_json(source.redirects, &Redirect::from, &Redirect::to)}})};
}

std::optional<SourceBelief> read_source_belief(const std::string& text) {
  SourceBelief read;
  const bool ok = guarded(text, [&](const Json& json) {
    read.source.name = json.at("name").get<std::string>();
    read.source.kind = json.at("kind").get<std::string>();
    read.source.url = json.at("url").get<std::string>();
    read.source.file = json.at("file").get<std::string>();
    read.source.columns = json.at("columns").get<std::map<std::string, std::string>>();
    read.first_success = read_time(json, "first_success");
    read.last_success = read_time(json, "last_success");
    read.rows = read_rows(json.at("rows"));
    read.redirects = read_pairs<Redirect>(json.at("redirects"));
  });
  return ok ? std::optional(std::move(read)) : std::nullopt;
}

}  // namespace together
