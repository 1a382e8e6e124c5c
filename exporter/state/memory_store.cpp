// The store of `state.path: ""`: everything is forgotten with the process.
#include "exporter/state/memory_store.h"

#include <algorithm>
#include <utility>

#include "exporter/state/event_id.h"

namespace together {

Restored MemoryStore::load(const std::string& day) {
  Restored restored;
  for (const auto& [kind_and_key, json] : kept_.beliefs) {
    if (json) restored.beliefs.push_back({kind_and_key.first, kind_and_key.second, *json});
  }
  const auto events = std::min(kept_.events.size(), kRestoredEvents);
  restored.events.assign(kept_.events.rbegin(),
                         kept_.events.rbegin() + static_cast<std::ptrdiff_t>(events));
  if (const auto found = kept_.spend.find(day); found != kept_.spend.end()) {
    for (const auto& [probe_and_model, usd] : found->second) {
      restored.spend.push_back({day, probe_and_model.first, probe_and_model.second, usd});
    }
  }
  return restored;
}

void MemoryStore::save(Changes changes) {
  for (auto& event : changes.events) event.id = last_event_id_ = event_id(event, last_event_id_);
  kept_.add(std::move(changes));
}

}  // namespace together
