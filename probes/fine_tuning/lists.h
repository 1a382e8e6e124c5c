// What the account can read of fine-tuning: the models, their limits, the jobs.
#pragma once

#include <string>
#include <vector>

#include "exporter/core/exchange.h"
#include "exporter/core/metric.h"
#include "exporter/core/observation.h"

namespace together {

/// GET /fine-tunes/models/supported: rule `models`. A list that is empty, or holds what is no id,
/// says of no model that it is unsupported.
Observation judge_supported(const Exchange& exchange, const std::vector<std::string>& models);

/// GET /fine-tunes: rules `list`, `items`, `status_values`.
Observation judge_jobs(const Exchange& exchange);

/// GET /fine-tunes/models/limits: rule `limits`.
Observation judge_limits(const Exchange& exchange);

std::vector<const MetricDef*> fine_tuning_list_metrics();

}  // namespace together
