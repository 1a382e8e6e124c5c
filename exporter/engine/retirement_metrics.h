// Metrics of retirements: dates, replacements, and the sources that name them.
#pragma once

#include <string>
#include <vector>

#include "exporter/core/metric.h"
#include "exporter/ledger/ledger.h"
#include "exporter/metrics/book.h"

namespace together {

/// What the sources say of one model.
void collect_retirements(const Ledger& ledger, const std::string& id, SampleSink& sink);

/// What takes a watched model's place, and how it compares.
void collect_replacements(const Ledger& ledger, const ModelBelief& model, SampleSink& sink);

void collect_sources(const Ledger& ledger, SampleSink& sink);

std::vector<const MetricDef*> retirement_metrics();

}  // namespace together
