// Metrics of workloads: what the configured ones cost a day.
#pragma once

#include <vector>

#include "exporter/config/config.h"
#include "exporter/core/metric.h"
#include "exporter/ledger/ledger.h"
#include "exporter/metrics/book.h"

namespace together {

/// What each configured workload costs a day, at today's and other prices.
void collect_workloads(const Ledger& ledger, const Config& config, SampleSink& sink);

std::vector<const MetricDef*> workload_metrics();

}  // namespace together
