// Metrics of the shapes that answers have.
#pragma once

#include <vector>

#include "exporter/core/clock.h"
#include "exporter/core/metric.h"
#include "exporter/ledger/ledger.h"
#include "exporter/metrics/book.h"

namespace together {

void collect_shapes(const Ledger& ledger, WallTime now, SampleSink& sink);

std::vector<const MetricDef*> shape_metrics();

}  // namespace together
