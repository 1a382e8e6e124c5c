// A store in memory that a second engine can be started on, as after a restart.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "exporter/state/store.h"

namespace together {

class RecordingStore final : public Store {
 public:
  Restored load(const std::string& day) override {
    Restored restored;
    for (const auto& [key, json] : beliefs)
      restored.beliefs.push_back({key.first, key.second, json});
    restored.events.assign(events.rbegin(), events.rend());
    for (const auto& entry : spend) {
      if (entry.day == day) restored.spend.push_back(entry);
    }
    restored.moved_aside = moved_aside;
    restored.not_restored = not_restored;
    return restored;
  }
  void save(Changes changes) override {
    for (auto& belief : changes.beliefs) beliefs[{belief.kind, belief.key}] = belief.json;
    for (const auto& key : changes.forgotten) beliefs.erase(key);
    for (auto& event : changes.events) events.push_back(std::move(event));
    for (auto& entry : changes.spend) spend.push_back(std::move(entry));
  }
  bool writable() const override { return is_writable; }
  void flush() override {}

  std::map<std::pair<std::string, std::string>, std::string> beliefs;
  std::vector<Event> events;  ///< oldest first
  std::vector<Spend> spend;
  std::string moved_aside;
  std::string not_restored;
  bool is_writable = true;
};

}  // namespace together
