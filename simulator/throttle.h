// How long what an event begins lasts.
#pragma once

#include <optional>

#include "simulator/world.h"

namespace together::simulator {

/// When it ends by itself. `t` is when the event happens.
inline std::optional<Duration> until(const Event& event, Duration t) {
  if (!event.lasts) return std::nullopt;
  return t + *event.lasts;
}

inline Throttle throttle_of(const Event& event, Duration t) {
  return {until(event, t), event.retry_after, event.retry_after_date};
}

}  // namespace together::simulator
