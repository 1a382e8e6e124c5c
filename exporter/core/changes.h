// What one verdict changed and the store must not lose.
#pragma once

#include <cstdint>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "exporter/core/clock.h"

namespace together {

/// A change worth remembering.
struct Event {
  std::int64_t id = 0;  ///< rising, also over restarts; 0: the store gives one
  WallTime at{};
  std::string kind;   ///< "state", "price", "api_version", "catalog", "store", ...: [a-z_]+
  std::string model;  ///< "" where it concerns the account
  std::string text;   ///< one sentence for a person
};

/// A piece of what is believed, as JSON, under a kind and a key that are unique together.
struct Belief {
  std::string kind;
  std::string key;
  std::string json;
};

/// Money spent, added to what the same day, probe and model spent before.
struct Spend {
  std::string day;  ///< UTC, "2026-11-21"
  std::string probe;
  std::string model;
  double usd = 0;
};

struct Changes {
  std::vector<Belief> beliefs;  ///< written over the same kind and key
  std::vector<std::pair<std::string, std::string>> forgotten;  ///< kind, key
  std::vector<Event> events;
  std::vector<Spend> spend;
  bool empty() const {
    return beliefs.empty() && forgotten.empty() && events.empty() && spend.empty();
  }
};

/// Appends `more`, in order.
inline void add(Changes& to, Changes more) {
  const auto append = [](auto& all, auto& some) {
    all.insert(all.end(), std::make_move_iterator(some.begin()),
               std::make_move_iterator(some.end()));
  };
  append(to.beliefs, more.beliefs);
  append(to.forgotten, more.forgotten);
  append(to.events, more.events);
  append(to.spend, more.spend);
}

}  // namespace together
