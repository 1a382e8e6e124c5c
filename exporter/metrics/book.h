// The metric book: folds readings into counters, histograms and gauges until a scrape wants them.
#pragma once

#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <prometheus/metric_family.h>

#include "exporter/core/metric.h"
#include "exporter/core/target.h"

namespace together {

/// Counters and histograms of things that happened, and the gauges probes reported.
/// Label values may be any bytes; they are cleaned (core/text.h) and cut at 256 bytes. A counter
/// takes no negative or infinite step and a histogram no NaN: such a reading is passed over.
/// Errors: std::invalid_argument, naming the metric, where a call breaks a requirement.
/// Threads: one (the loop).
class MetricBook {
 public:
  MetricBook();
  ~MetricBook();
  MetricBook(const MetricBook&) = delete;
  MetricBook& operator=(const MetricBook&) = delete;

  /// Takes one observation's readings. Gauges of the same probe and target that are not among
  /// them are dropped; see Reading. Where several say one gauge, the newest word counts.
  void fold(std::string_view probe, const Target& target, const std::vector<Reading>& readings);

  /// Requires: a counter / a histogram, and as many labels as it declares.
  void count(const MetricDef& def, std::initializer_list<std::string_view> labels, double by = 1);
  void observe(const MetricDef& def, std::initializer_list<std::string_view> labels, double value);

  /// Drops every series with label `model` of that value.
  void forget_model(std::string_view model);

  /// Sorted by name, then by label values.
  std::vector<prometheus::MetricFamily> collect() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Gathers gauges and counters made from state at the moment of a snapshot.
class SampleSink {
 public:
  /// Requires: a gauge or a counter, and as many labels as it declares. A second sample with the
  /// same cleaned labels is left out: a repeated series would cost the whole scrape.
  void add(const MetricDef& def, std::initializer_list<std::string_view> labels, double value);

  /// Sorted by name; samples in the order they came.
  std::vector<prometheus::MetricFamily> take();

 private:
  struct Family;
  std::map<std::string_view, std::shared_ptr<Family>> families_;
};

}  // namespace together
