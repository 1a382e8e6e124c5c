// From our metric declarations to prometheus-cpp's metric model; shared by MetricBook and
// SampleSink.
#pragma once

#include <cstddef>
#include <ranges>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <prometheus/metric_family.h>

#include "exporter/core/metric.h"
#include "exporter/core/text.h"

namespace together {

/// Label values in the order of the declaration, cleaned.
using LabelValues = std::vector<std::string>;

inline constexpr std::size_t kMaxLabelBytes = 256;

inline std::string clean_label(std::string_view value) { return clean_utf8(value, kMaxLabelBytes); }

/// Errors: std::invalid_argument, naming the metric, where the number of labels is wrong.
template <std::ranges::sized_range Values>
LabelValues clean_labels(const MetricDef& def, const Values& values) {
  if (std::ranges::size(values) != def.label_count()) {
    throw std::invalid_argument(std::string(def.name) + ": wrong number of labels");
  }
  LabelValues labels;
  labels.reserve(def.label_count());
  for (const auto& value : values) labels.push_back(clean_label(value));
  return labels;
}

/// Errors: std::invalid_argument, naming the metric, where it is declared otherwise.
inline void require_type(const MetricDef& def, MetricType type) {
  if (def.type != type) throw std::invalid_argument(std::string(def.name) + ": wrong metric type");
}

/// The family without its series.
inline prometheus::MetricFamily family_for(const MetricDef& def) {
  prometheus::MetricFamily family;
  family.name = def.name;
  family.help = def.help;
  switch (def.type) {
    case MetricType::kGauge: family.type = prometheus::MetricType::Gauge; break;
    case MetricType::kCounter: family.type = prometheus::MetricType::Counter; break;
    case MetricType::kHistogram: family.type = prometheus::MetricType::Histogram; break;
  }
  return family;
}

inline std::vector<prometheus::ClientMetric::Label> labels_for(const MetricDef& def,
                                                               const LabelValues& values) {
  std::vector<prometheus::ClientMetric::Label> labels;
  labels.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    labels.push_back({std::string(def.label_names[i]), values[i]});
  }
  return labels;
}

}  // namespace together
