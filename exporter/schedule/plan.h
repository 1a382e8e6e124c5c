// When to look: every job's next time, as pure data.
#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/core/clock.h"
#include "exporter/core/target.h"

namespace together {

struct JobKey {
  std::string probe;
  std::string model;
  std::string part;
  friend auto operator<=>(const JobKey&, const JobKey&) = default;
};

struct JobSpec {
  JobKey key;
  Duration interval{};
};

/// A job that is to start now. `late`: how long after its time.
struct DueJob {
  JobKey key;
  Duration late{};
};

/// Each job keeps a phase of its own, a hash of its key, so that a fleet of targets spreads over
/// the interval and stays spread. A job never runs twice at once, and missed times are not made up.
/// Threads: one (the loop).
class Plan {
 public:
  /// The jobs there shall be. Jobs that stay keep their times; new ones get their first look
  /// within `kFirstLooks`, spread by phase. A running job that is gone finishes unheard.
  void set_jobs(const std::vector<JobSpec>& jobs, MonoTime now);

  /// The jobs whose time has come, oldest first; each counts as running from now on.
  std::vector<DueJob> take_due(MonoTime now);

  /// A job that is gone is ignored. Its next turn is not before `not_before`, where given; returns
  /// whether that passed a turn over.
  bool finished(const JobKey& key, MonoTime now, std::optional<MonoTime> not_before = {});

  /// A job that was taken and could not start: its next turn is its next regular one.
  void skipped(const JobKey& key, MonoTime now) { finished(key, now); }

  /// Looks at a model with that probe at `at`, if that is sooner. A running job remembers it;
  /// a Retry-After is honoured all the same.
  void sooner(std::string_view probe, std::string_view model, MonoTime at);

  /// Not before `until` (a Retry-After that survived a restart).
  void hold(const JobKey& key, MonoTime until);

  bool has(const JobKey& key) const { return jobs_.contains(key); }
  std::size_t size() const { return jobs_.size(); }
  std::optional<MonoTime> next_due() const;

  static constexpr Duration kFirstLooks = std::chrono::seconds(10);

 private:
  struct Job {
    Duration interval{};
    MonoTime due{};
    std::optional<MonoTime> not_before;
    std::optional<MonoTime> asked;  ///< sooner, asked for while it was running
    bool running = false;
  };
  static MonoTime regular_time(const JobKey& key, Duration interval, MonoTime after);

  std::map<JobKey, Job> jobs_;
};

}  // namespace together
