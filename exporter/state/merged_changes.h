// Many changes as one, so that what waits to be written cannot grow without bound.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "exporter/core/changes.h"

namespace together {

/// How much is remembered, in memory and on disk.
inline constexpr std::size_t kMaxEvents = 10'000;
inline constexpr std::size_t kSpendDays = 90;

/// What writing a row of `Changes` one after the other would leave. Within one `Changes` the order
/// is that of its members: what it believes and forgets is forgotten.
struct MergedChanges {
  using KindAndKey = std::pair<std::string, std::string>;
  using ProbeAndModel = std::pair<std::string, std::string>;

  std::map<KindAndKey, std::optional<std::string>> beliefs;      ///< empty: forgotten
  std::deque<Event> events;                                      ///< the newest kMaxEvents
  std::map<std::string, std::map<ProbeAndModel, double>> spend;  ///< by day, the newest kSpendDays

  bool empty() const { return beliefs.empty() && events.empty() && spend.empty(); }

  /// An amount that is no finite number is left out: it could never be added up.
  void add(Changes later);
  void add(MergedChanges later);
};

}  // namespace together
