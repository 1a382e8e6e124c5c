// What one verdict changed and the store must not lose.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "exporter/core/clock.h"

namespace together {

/// A change worth remembering.
struct Event {
  std::int64_t id = 0;  ///< given by the store when it is read back; rising, never reused
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

}  // namespace together
