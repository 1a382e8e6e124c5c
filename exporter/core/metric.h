// Metrics as data: declared once beside what produces them; docs/metrics.md follows from these.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace together {

enum class MetricType { kGauge, kCounter, kHistogram };

inline constexpr std::size_t kMaxLabels = 5;

/// Requires: static lifetime (readings point at it). Counter names end in `_total`.
struct MetricDef {
  std::string_view name;
  MetricType type = MetricType::kGauge;
  std::string_view help;
  std::array<std::string_view, kMaxLabels> label_names{};  ///< unused ones are empty, at the end
  std::span<const double> buckets{};                       ///< histograms only; upper bounds

  constexpr std::size_t label_count() const {
    std::size_t n = 0;
    while (n < kMaxLabels && !label_names[n].empty()) ++n;
    return n;
  }
};

/// A value an observation carries. How it counts follows from the metric's type: a gauge replaces
/// what the same probe and target said before (a gauge that is not said again is gone), a counter
/// is increased by `value`, a histogram observes it.
/// Requires: `labels.size() == metric->label_count()`, in that order. Label values may be any
/// bytes: the metric book cleans them.
struct Reading {
  const MetricDef* metric = nullptr;
  std::vector<std::string> labels;
  double value = 0;
};

}  // namespace together
