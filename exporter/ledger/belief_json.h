// Pieces that beliefs are written from and read back with. Private to the ledger's sources.
#pragma once

#include <exception>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "exporter/core/clock.h"
#include "exporter/core/day.h"
#include "exporter/core/retirement.h"

namespace together::belief_json {

using Json = nlohmann::json;

// Ids and names may hold any bytes a stranger sent; replace what is no UTF-8 instead of throwing.
inline std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

inline Json time_json(const std::optional<WallTime>& t) {
  return t ? Json(to_unix_seconds(*t)) : Json(nullptr);
}

inline std::optional<WallTime> read_time(const Json& json, const char* key) {
  const Json& value = json.at(key);
  if (value.is_null()) return std::nullopt;
  return from_unix_seconds(value.get<double>());
}

inline Json day_json(const std::optional<Day>& day) {
  return day ? Json(format_day(*day)) : Json(nullptr);
}

inline std::optional<Day> read_day(const Json& json) {
  return json.is_null() ? std::nullopt : parse_day(json.get<std::string>());
}

inline Surface read_surface(const Json& json) {
  return json.get<std::string>() == to_string(Surface::kFineTuning) ? Surface::kFineTuning
                                                                    : Surface::kInference;
}

template <class Pair>
Json pairs_json(const std::vector<Pair>& pairs, std::string Pair::*first,
                std::string Pair::*second) {
  Json array = Json::array();
  for (const auto& pair : pairs) array.push_back({pair.*first, pair.*second});
  return array;
}

template <class Pair>
std::vector<Pair> read_pairs(const Json& json) {
  std::vector<Pair> pairs;
  for (const auto& pair : json) {
    pairs.push_back({pair.at(0).get<std::string>(), pair.at(1).get<std::string>()});
  }
  return pairs;
}

/// One fence for nlohmann's exceptions: what cannot be read was not written by us.
template <class Read>
bool guarded(const std::string& text, Read read) {
  try {
    read(Json::parse(text));
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace together::belief_json
