// The newest events.
#include "exporter/engine/event_log.h"

#include <algorithm>
#include <chrono>

namespace together {

void EventLog::add(Event& event, WallTime now) {
  const auto micros = std::chrono::floor<std::chrono::microseconds>(now.time_since_epoch()).count();
  const std::int64_t newest = events_.empty() ? 0 : events_.front().id;
  event.id = std::max<std::int64_t>(micros, newest + 1);
  events_.push_front(event);
  if (events_.size() > kKept) events_.pop_back();
  told_.reset();
}

std::vector<Event> EventLog::newest(std::size_t most) const {
  const auto count = static_cast<std::ptrdiff_t>(std::min(most, events_.size()));
  return {events_.begin(), events_.begin() + count};
}

std::shared_ptr<const std::vector<Event>> EventLog::all() {
  if (!told_) told_ = std::make_shared<const std::vector<Event>>(newest(kKept));
  return told_;
}

}  // namespace together
