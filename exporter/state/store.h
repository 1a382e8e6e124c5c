// The seam to what survives a restart.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "exporter/core/changes.h"

namespace together {

inline constexpr std::size_t kRestoredEvents = 2'000;

struct Restored {
  std::vector<Belief> beliefs;
  std::vector<Event> events;  ///< the newest kRestoredEvents, newest first
  std::vector<Spend> spend;   ///< of the day asked for
  /// Set where the database had to be moved aside: one sentence that names both paths and why.
  std::string moved_aside;
  /// Set where a database is there and nothing of it could be read: one sentence that says why.
  std::string not_restored;
};

/// Threads: called from the loop thread; writing happens elsewhere.
class Store {
 public:
  virtual ~Store() = default;

  /// Everything that was saved, with the spend of `day` ("2026-11-21", UTC). Called once, first.
  virtual Restored load(const std::string& day) = 0;

  /// Saves all of it or none, in one transaction, in the order of the calls. Does not wait.
  virtual void save(Changes changes) = 0;

  /// False while the last write failed; true again after one that worked.
  virtual bool writable() const = 0;

  /// Why writable() is false, as one sentence; "" while it is true. Threads: all.
  virtual std::string last_error() const { return ""; }

  /// Waits until everything saved before is on disk, or has failed.
  virtual void flush() = 0;
};

}  // namespace together
