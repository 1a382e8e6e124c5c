// Metrics of shapes.
#include "exporter/engine/shape_metrics.h"

namespace together {
namespace {

using enum MetricType;

constexpr MetricDef kInfo{"together_response_shape_info",
                          kGauge,
                          "Fingerprint of the keys and types of the surface's newest good answer.",
                          {"surface", "model", "fingerprint"},
                          {}};
constexpr MetricDef kKnown{
    "together_response_shape_known",
    kGauge,
    "Whether the newest answer has a shape that was known (1), or one that appeared less than a "
    "learning period ago (0).",
    {"surface", "model"},
    {}};
constexpr MetricDef kChanges{
    "together_response_shape_changes_total",
    kCounter,
    "Shapes that were new after the learning period. Events name the paths that came, went or "
    "changed type.",
    {"surface", "model"},
    {}};

}  // namespace

void collect_shapes(const Ledger& ledger, WallTime now, SampleSink& sink) {
  for (const auto& [key, shapes] : ledger.shapes()) {
    const auto& [surface, model] = key;
    sink.add(kInfo, {surface, model, shapes.state().fingerprint}, 1);
    sink.add(kKnown, {surface, model}, shapes.known(now, ledger.shape_learning()) ? 1 : 0);
    sink.add(kChanges, {surface, model}, shapes.changes());
  }
}

std::vector<const MetricDef*> shape_metrics() { return {&kInfo, &kKnown, &kChanges}; }

}  // namespace together
