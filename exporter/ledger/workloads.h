// What workloads use a day, as Prometheus said last.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "exporter/core/clock.h"
#include "exporter/core/facts.h"

namespace together {

/// Threads: one (the loop).
class WorkloadBook {
 public:
  struct Usage {
    double tokens_per_day = 0;
    WallTime at{};
  };

  /// A query that is gone, or that now asks something else, loses what it said.
  void configure(const std::vector<WorkloadQuery>& queries);

  /// An answer to a query that is not configured any more is ignored.
  void fold(const WorkloadFacts& facts, WallTime at);

  /// The last good answer, however old.
  std::optional<Usage> usage(const std::string& workload, const std::string& direction) const;

 private:
  struct Asked {
    WorkloadQuery query;
    std::optional<Usage> usage;
  };
  std::map<std::pair<std::string, std::string>, Asked> asked_;  ///< by workload and direction
};

}  // namespace together
