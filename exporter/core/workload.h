// What is asked of Prometheus about a workload.
#pragma once

#include <string>

namespace together {

/// One number: the tokens of one direction that a workload uses a day.
struct WorkloadQuery {
  std::string workload;
  std::string direction;       ///< input, output, cached_input
  std::string prometheus_url;  ///< no trailing slash
  std::string expression;      ///< PromQL
  friend bool operator==(const WorkloadQuery&, const WorkloadQuery&) = default;
};

}  // namespace together
