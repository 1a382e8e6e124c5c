// How the newest looks of every probe at every target ended.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/core/clock.h"
#include "exporter/core/metric.h"
#include "exporter/core/outcome.h"
#include "exporter/metrics/book.h"
#include "exporter/schedule/scheduler.h"

namespace together {

struct LastLook {
  Outcome outcome = Outcome::kInternal;
  std::string detail;
  WallTime at{};
  bool is_well = false;  ///< ok, and no rule broken but `known_fields`
  std::vector<std::string> broken_rules;
  std::vector<Outcome> recent;  ///< of the newest kRecentLooks with this one, oldest first
};

inline constexpr std::size_t kRecentLooks = 20;

/// Keeps the newest looks, in memory only, and feeds the counters of looks. Threads: one (the
/// loop).
class LookLog {
 public:
  explicit LookLog(MetricBook& book) : book_(book) {}

  /// Returns the observations whose outcome is not what it was the last time.
  std::vector<const Observation*> add(const Seen& seen);
  void skipped(const JobKey& job, SkipReason reason);
  void spent(std::string_view probe, std::string_view model, double usd);

  /// Drops looks that no job makes any more, and what they reported.
  void keep_only(const std::function<bool(const JobKey& job)>& keep);
  /// Drops everything that was counted of a model.
  void forget_model(const std::string& model) { book_.forget_model(model); }

  void collect(SampleSink& sink) const;

  const std::map<JobKey, LastLook>& last() const { return last_; }

  struct Count {
    long long ok = 0;
    long long failed = 0;
    WallTime last_run{};
  };
  const std::map<std::string, Count>& counts() const { return counts_; }  ///< by probe

 private:
  MetricBook& book_;
  std::map<JobKey, LastLook> last_;
  std::map<std::string, Count> counts_;
};

std::vector<const MetricDef*> look_metrics();

}  // namespace together
