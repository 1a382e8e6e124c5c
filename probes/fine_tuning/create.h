// A request for a fine-tuning job that must be refused, and what its refusal tells.
#pragma once

#include <string>
#include <vector>

#include "exporter/core/exchange.h"
#include "exporter/core/metric.h"
#include "exporter/core/observation.h"
#include "exporter/core/request.h"
#include "probes/fine_tuning/complaint.h"

namespace together {

/// POST /fine-tunes without a training file, so that no job can start.
Request create_request(TuningForm form, const std::string& model);

/// Rule `refused`. kOk is the wanted refusal: one that tells whether the form is understood, or
/// which fields are missing.
Observation judge_create(TuningForm form, const Exchange& exchange);

std::vector<const MetricDef*> fine_tuning_create_metrics();

}  // namespace together
