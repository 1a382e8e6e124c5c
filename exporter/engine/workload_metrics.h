// Metrics of workloads: what the configured ones cost a day.
#pragma once

#include <vector>

#include "exporter/config/config.h"
#include "exporter/core/clock.h"
#include "exporter/core/metric.h"
#include "exporter/ledger/ledger.h"
#include "exporter/metrics/book.h"

namespace together {

/// What each configured workload uses a day, and what that costs at today's and other prices.
/// What Prometheus said counts for three intervals of the probe that asks it; later, nothing is
/// said of what depends on it.
void collect_workloads(const Ledger& ledger, const Config& config, WallTime now, SampleSink& sink);

std::vector<const MetricDef*> workload_metrics();

}  // namespace together
