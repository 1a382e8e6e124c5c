// Gathers gauges and counters made from state at the moment of a snapshot.
#include <set>
#include <utility>

#include "exporter/metrics/book.h"
#include "exporter/metrics/series.h"

namespace together {

struct SampleSink::Family {
  prometheus::MetricFamily collected;
  std::set<LabelValues> seen;
};

void SampleSink::add(const MetricDef& def, std::initializer_list<std::string_view> labels,
                     double value) {
  if (def.type != MetricType::kGauge) require_type(def, MetricType::kCounter);
  LabelValues values = clean_labels(def, labels);
  auto& family = families_[def.name];
  if (!family) family = std::make_shared<Family>(Family{family_for(def), {}});
  prometheus::ClientMetric metric;
  metric.label = labels_for(def, values);
  if (!family->seen.insert(std::move(values)).second) return;
  (def.type == MetricType::kCounter ? metric.counter.value : metric.gauge.value) = value;
  family->collected.metric.push_back(std::move(metric));
}

std::vector<prometheus::MetricFamily> SampleSink::take() {
  std::vector<prometheus::MetricFamily> families;
  families.reserve(families_.size());
  for (auto& entry : families_) families.push_back(std::move(entry.second->collected));
  families_.clear();
  return families;
}

}  // namespace together
