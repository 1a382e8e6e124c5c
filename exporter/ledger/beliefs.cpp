// Beliefs of models, lists and money as JSON.
#include "exporter/ledger/beliefs.h"

#include <algorithm>

#include "exporter/ledger/belief_json.h"

namespace together {
namespace {

using namespace belief_json;

constexpr double kLongestWord = 30 * 86400.0;  ///< seconds

std::optional<double> read_number(const Json& json, const char* key) {
  const Json& value = json.at(key);
  if (value.is_null()) return std::nullopt;
  return value.get<double>();
}

Json number_json(const std::optional<double>& n) { return n ? Json(*n) : Json(nullptr); }

Json entry_json(const CatalogEntry& e) {
  return {{"id", e.id},
          {"modality", to_string(e.modality)},
          {"organization", e.organization},
          {"display_name", e.display_name},
          {"context_length", e.context_length ? Json(*e.context_length) : Json(nullptr)}};
}

CatalogEntry read_entry(const Json& json) {
  CatalogEntry e;
  e.id = json.at("id").get<std::string>();
  e.modality = modality_from(json.at("modality").get<std::string>());
  e.organization = json.at("organization").get<std::string>();
  e.display_name = json.at("display_name").get<std::string>();
  if (!json.at("context_length").is_null()) {
    e.context_length = json.at("context_length").get<long long>();
  }
  return e;
}

Json looks_json(const Looks& l) {
  return {{"presence", static_cast<int>(l.presence)},
          {"last_word", time_json(l.last_word)},
          {"last_exists", time_json(l.last_exists)},
          {"last_served", time_json(l.last_served)},
          {"served_model", l.served_model},
          {"absent_in_row", l.absent_in_row},
          {"absent_since", time_json(l.absent_since)},
          {"blocked_in_row", l.blocked_in_row},
          {"blocked_since", time_json(l.blocked_since)},
          {"failing_in_row", l.failing_in_row},
          {"failing_since", time_json(l.failing_since)},
          {"last_bad", static_cast<int>(l.last_bad)}};
}

template <class Enum>
Enum read_enum(const Json& json, const char* key, Enum last) {
  const int value = json.at(key).get<int>();
  if (value < 0 || value > static_cast<int>(last)) throw std::out_of_range(key);
  return static_cast<Enum>(value);
}

Looks read_looks(const Json& json) {
  Looks l;
  l.presence = read_enum(json, "presence", Presence::kThrottled);
  l.last_word = read_time(json, "last_word");
  l.last_exists = read_time(json, "last_exists");
  l.last_served = read_time(json, "last_served");
  l.served_model = json.at("served_model").get<std::string>();
  l.absent_in_row = json.at("absent_in_row").get<int>();
  l.absent_since = read_time(json, "absent_since");
  l.blocked_in_row = json.at("blocked_in_row").get<int>();
  l.blocked_since = read_time(json, "blocked_since");
  l.failing_in_row = json.at("failing_in_row").get<int>();
  l.failing_since = read_time(json, "failing_since");
  l.last_bad = read_enum(json, "last_bad", Look::kFailing);
  return l;
}

Json price_json(const PriceHistory& p) {
  return {{"current", number_json(p.current)},
          {"last", number_json(p.last)},
          {"previous", number_json(p.previous)},
          {"changed_at", time_json(p.changed_at)}};
}

PriceHistory read_price(const Json& json) {
  PriceHistory p;
  p.current = read_number(json, "current");
  p.last = read_number(json, "last");
  p.previous = read_number(json, "previous");
  p.changed_at = read_time(json, "changed_at");
  return p;
}

Json prices_json(const Prices& p) {
  Json directions = Json::array();
  for (const auto& price : p.per_token) directions.push_back(price_json(price));
  Json units = Json::object();
  for (const auto& [unit, price] : p.per_unit) units[unit] = price_json(price);
  Json faulty = Json::object();
  for (const auto& [name, fault] : p.faulty) faulty[name] = static_cast<int>(fault);
  return {{"seen", p.seen}, {"per_token", directions}, {"per_unit", units}, {"faulty", faulty}};
}

Prices read_prices(const Json& json) {
  Prices p;
  p.seen = json.at("seen").get<bool>();
  const Json& directions = json.at("per_token");
  for (std::size_t i = 0; i < p.per_token.size(); ++i) {
    p.per_token[i] = read_price(directions.at(i));
  }
  const Json& units = json.at("per_unit");
  if (units.is_array()) {  // an earlier version kept today's only
    for (const auto& u : units) {
      PriceHistory& price = p.per_unit[u.at("unit").get<std::string>()];
      price.current = u.at("usd").get<double>();
      price.last = price.current;
    }
    return p;
  }
  for (const auto& [unit, price] : units.items()) p.per_unit[unit] = read_price(price);
  const Json& faulty = json.at("faulty");
  for (const auto& item : faulty.items()) {
    p.faulty[item.key()] = read_enum(faulty, item.key().c_str(), PriceFault::kUnreadable);
  }
  return p;
}

Json notices_json(const std::vector<Notice>& notices) {
  Json array = Json::array();
  for (const auto& n : notices) {
    array.push_back({{"source", n.source},
                     {"surface", to_string(n.surface)},
                     {"date", day_json(n.date)},
                     {"replacement", n.replacement},
                     {"announced", to_unix_seconds(n.announced)}});
  }
  return array;
}

std::vector<Notice> read_notices(const Json& json) {
  std::vector<Notice> notices;
  for (const auto& n : json) {
    notices.push_back({n.at("source").get<std::string>(), read_surface(n.at("surface")),
                       read_day(n.at("date")), n.at("replacement").get<std::string>(),
                       from_unix_seconds(n.at("announced").get<double>())});
  }
  return notices;
}

}  // namespace

Belief model_belief(const ModelBelief& model) {
  const Json json{{"entry", entry_json(model.entry)},
                  {"ever_listed", model.ever_listed},
                  {"ever_proven", model.ever_proven},
                  {"questioned", model.questioned},
                  {"nearest", model.nearest},
                  {"notices", notices_json(model.notices)},
                  {"redirects",
                   pairs_json(model.redirects, &AnnouncedRedirect::source, &AnnouncedRedirect::to)},
                  {"looks", looks_json(model.looks)},
                  {"word_lasts", to_seconds(model.word_lasts)},
                  {"account_worked", model.account_worked},
                  {"prices", prices_json(model.prices)},
                  {"beyond_policy", model.beyond_policy},
                  {"state", static_cast<int>(model.state)},
                  {"state_since", to_unix_seconds(model.state_since)}};
  return {kModelBelief, model.watched.id, text_of(json)};
}

bool read_model_belief(const std::string& text, ModelBelief& into) {
  return guarded(text, [&](const Json& json) {
    ModelBelief read;
    read.entry = read_entry(json.at("entry"));
    read.ever_listed = json.at("ever_listed").get<bool>();
    read.looks = read_looks(json.at("looks"));
    read.word_lasts = from_seconds(std::clamp(json.value("word_lasts", 0.0), 0.0, kLongestWord));
    if (json.contains("ever_proven")) {  // version 0.1 did not write these
      read.ever_proven = json.at("ever_proven").get<bool>();
      read.questioned = json.at("questioned").get<bool>();
      read.nearest = json.at("nearest").get<std::vector<std::string>>();
      read.notices = read_notices(json.at("notices"));
      read.redirects = read_pairs<AnnouncedRedirect>(json.at("redirects"));
    }
    read.account_worked = json.at("account_worked").get<bool>();
    read.prices = read_prices(json.at("prices"));
    read.beyond_policy = json.value("beyond_policy", std::set<std::string>{});
    read.state = read_enum(json, "state", ModelState::kUnknown);
    read.state_since = from_unix_seconds(json.at("state_since").get<double>());
    read.watched = std::move(into.watched);
    into = std::move(read);
  });
}

Belief drawn_belief(const Drawn& drawn) {
  return {kDrawnBelief, "", text_of({{"day", drawn.day}, {"usd", drawn.usd}})};
}

std::optional<Drawn> read_drawn_belief(const std::string& text) {
  Drawn drawn;
  const bool ok = guarded(text, [&](const Json& json) {
    drawn.day = json.at("day").get<std::string>();
    drawn.usd = json.at("usd").get<double>();
  });
  return ok ? std::optional(std::move(drawn)) : std::nullopt;
}

Belief catalog_belief(const std::string& list, const CatalogList& entries) {
  Json models = Json::array();
  for (const auto& [id, entry] : entries.entries()) models.push_back(entry_json(entry));
  return {kCatalogBelief, list, text_of(models)};
}

std::optional<std::vector<CatalogEntry>> read_catalog_belief(const std::string& text) {
  std::vector<CatalogEntry> entries;
  const bool ok = guarded(text, [&](const Json& json) {
    for (const auto& entry : json) entries.push_back(read_entry(entry));
  });
  return ok ? std::optional(std::move(entries)) : std::nullopt;
}

Belief catalog_time_belief(const std::string& list, WallTime accepted_at) {
  return {kCatalogTimeBelief, list, text_of({{"at", to_unix_seconds(accepted_at)}})};
}

std::optional<WallTime> read_catalog_time_belief(const std::string& text) {
  std::optional<WallTime> at;
  guarded(text, [&](const Json& json) { at = read_time(json, "at"); });
  return at;
}

Belief catalog_prices_belief(const std::map<std::string, Prices>& prices) {
  Json models = Json::object();
  for (const auto& [id, price] : prices) models[id] = prices_json(price);
  return {kCatalogPricesBelief, "all", text_of(models)};
}

std::optional<std::map<std::string, Prices>> read_catalog_prices_belief(const std::string& text) {
  std::map<std::string, Prices> prices;
  const bool ok = guarded(text, [&](const Json& json) {
    for (const auto& [id, price] : json.items()) prices[id] = read_prices(price);
  });
  return ok ? std::optional(std::move(prices)) : std::nullopt;
}

}  // namespace together
