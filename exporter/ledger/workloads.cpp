// What workloads use a day.
#include "exporter/ledger/workloads.h"

namespace together {

void WorkloadBook::configure(const std::vector<WorkloadQuery>& queries) {
  const auto before = std::exchange(asked_, {});
  for (const auto& query : queries) {
    const auto known = before.find({query.workload, query.direction});
    const bool same = known != before.end() && known->second.query == query;
    asked_[{query.workload, query.direction}] = same ? known->second : Asked{query, std::nullopt};
  }
}

void WorkloadBook::fold(const WorkloadFacts& facts, WallTime at) {
  const auto known = asked_.find({facts.query.workload, facts.query.direction});
  if (known == asked_.end() || known->second.query != facts.query) return;
  known->second.usage = Usage{facts.tokens_per_day, at};
}

std::optional<WorkloadBook::Usage> WorkloadBook::usage(const std::string& workload,
                                                       const std::string& direction) const {
  const auto known = asked_.find({workload, direction});
  return known == asked_.end() ? std::nullopt : known->second.usage;
}

}  // namespace together
