// `docs-metrics`: docs/metrics.md from the declarations.
#include <iostream>
#include <string>

#include "exporter/cli/commands.h"
#include "exporter/engine/engine.h"
#include "probes/probes.h"

namespace together {
namespace {

std::string_view type_name(MetricType type) {
  switch (type) {
    case MetricType::kGauge: return "gauge";
    case MetricType::kCounter: return "counter";
    case MetricType::kHistogram: return "histogram";
  }
  return "";
}

std::string labels_of(const MetricDef& def) {
  std::string labels;
  for (std::size_t i = 0; i < def.label_count(); ++i) {
    if (i > 0) labels += ", ";
    labels += "`" + std::string(def.label_names[i]) + "`";
  }
  return labels;
}

}  // namespace

int print_metric_docs() {
  std::cout << "# Metrics\n\n"
               "Made from the declarations in the source by `make docs`; a test holds this page to "
               "them.\n\n"
               "Absent means not known: no series is NaN, and zero always means zero. Times are "
               "unix seconds, prices USD.\n\n"
               "| Metric | Type | Labels | Meaning |\n|---|---|---|---|\n";
  for (const MetricDef* def : all_metrics(probe_types())) {
    std::cout << "| `" << def->name << "` | " << type_name(def->type) << " | " << labels_of(*def)
              << " | " << def->help << " |\n";
  }
  return kExitOk;
}

}  // namespace together
