// The id under which an event is kept.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "exporter/core/changes.h"

namespace together {

/// The id that the event came with, else its time in microseconds; where that is not above
/// `newest`, the next one that is: no event is lost for its id, and ids rise.
inline std::int64_t event_id(const Event& event, std::int64_t newest) {
  const auto since_epoch = event.at.time_since_epoch();
  const auto by_time = std::chrono::floor<std::chrono::microseconds>(since_epoch).count();
  return std::max<std::int64_t>(event.id != 0 ? event.id : by_time, newest + 1);
}

}  // namespace together
