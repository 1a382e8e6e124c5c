// The newest events, in memory, for the pages that show them.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <vector>

#include "exporter/core/changes.h"
#include "exporter/core/clock.h"
#include "exporter/state/store.h"

namespace together {

class EventLog {
 public:
  static constexpr std::size_t kKept = kRestoredEvents;

  /// Newest first.
  void restore(const std::vector<Event>& events) {
    events_.assign(events.begin(), events.end());
    told_.reset();
  }

  /// Gives the event its id: rising over restarts, without asking the store. It is the time in
  /// microseconds, or one more than the newest.
  void add(Event& event, WallTime now);

  /// Newest first.
  std::vector<Event> newest(std::size_t most) const;

  /// All that are kept; the same object until one is added.
  std::shared_ptr<const std::vector<Event>> all();

 private:
  std::deque<Event> events_;
  std::shared_ptr<const std::vector<Event>> told_;  ///< null: changed since
};

}  // namespace together
