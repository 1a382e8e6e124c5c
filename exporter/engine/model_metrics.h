// Metrics of models: what is believed of each.
#pragma once

#include <vector>

#include "exporter/config/config.h"
#include "exporter/core/clock.h"
#include "exporter/core/metric.h"
#include "exporter/ledger/ledger.h"
#include "exporter/metrics/book.h"

namespace together {

/// Watched models, and the rest of the catalogue where the configuration exports all of it.
/// Returns how many listed models were left out because of `catalog.max_models`.
int collect_models(const Ledger& ledger, const Config& config, SampleSink& sink);

std::vector<const MetricDef*> model_metrics();

}  // namespace together
