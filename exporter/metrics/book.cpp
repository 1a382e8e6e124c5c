// The metric book: folds readings into counters, histograms and gauges until a scrape wants them.
#include "exporter/metrics/book.h"

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstdint>
#include <set>
#include <utility>

#include "exporter/metrics/series.h"

namespace together {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;

/// Who says a gauge: one probe looking at one target.
struct Owner {
  std::string probe;
  std::string model;
  std::string part;
  friend auto operator<=>(const Owner&, const Owner&) = default;
};

struct Said {
  Owner owner;
  double value = 0;
};

struct Histogram {
  std::vector<std::uint64_t> counts;  // one a bucket, not cumulative; what lies above is in none
  std::uint64_t count = 0;
  double sum = 0;
};

template <class Value>
struct Series {
  const MetricDef* def = nullptr;
  std::map<LabelValues, Value> values;
};

template <class Value>
using Families = std::map<std::string_view, Series<Value>>;  // by metric name

template <class Value>
Series<Value>& family_of(Families<Value>& families, const MetricDef& def) {
  auto& family = families[def.name];
  family.def = &def;
  return family;
}

template <class Value>
void forget_label(Families<Value>& families, std::string_view name, const std::string& value) {
  for (auto& entry : families) {
    const auto& names = entry.second.def->label_names;
    const auto at = std::find(names.begin(), names.end(), name);
    if (at == names.end()) continue;
    const auto index = static_cast<std::size_t>(at - names.begin());
    std::erase_if(entry.second.values,
                  [&](const auto& series) { return series.first[index] == value; });
  }
}

template <class Value, class Write>
void collect_into(std::vector<MetricFamily>& out, const Families<Value>& families, Write write) {
  for (const auto& [name, family] : families) {
    if (family.values.empty()) continue;
    MetricFamily collected = family_for(*family.def);
    for (const auto& [labels, value] : family.values) {
      ClientMetric& metric = collected.metric.emplace_back();
      metric.label = labels_for(*family.def, labels);
      write(metric, *family.def, value);
    }
    out.push_back(std::move(collected));
  }
}

void write_histogram(ClientMetric& metric, const MetricDef& def, const Histogram& histogram) {
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < def.buckets.size(); ++i) {
    below += histogram.counts[i];
    metric.histogram.bucket.push_back({below, def.buckets[i]});
  }
  metric.histogram.sample_count = histogram.count;
  metric.histogram.sample_sum = histogram.sum;
}

}  // namespace

struct MetricBook::Impl {
  Families<double> counters;
  Families<Histogram> histograms;
  Families<std::vector<Said>> gauges;  // the newest word last
  std::map<Owner, std::set<std::pair<std::string_view, LabelValues>>> said;

  void count(const MetricDef& def, LabelValues labels, double by) {
    require_type(def, MetricType::kCounter);
    if (!(by >= 0) || std::isinf(by)) return;  // a counter that falls or is NaN breaks every rate()
    family_of(counters, def).values[std::move(labels)] += by;
  }

  void observe(const MetricDef& def, LabelValues labels, double value) {
    require_type(def, MetricType::kHistogram);
    if (std::isnan(value)) return;
    Histogram& histogram = family_of(histograms, def).values[std::move(labels)];
    histogram.counts.resize(def.buckets.size());
    const auto bucket = std::lower_bound(def.buckets.begin(), def.buckets.end(), value);
    if (bucket != def.buckets.end()) {
      ++histogram.counts[static_cast<std::size_t>(bucket - def.buckets.begin())];
    }
    ++histogram.count;
    histogram.sum += value;
  }

  void say(const Owner& owner, const MetricDef& def, LabelValues labels, double value) {
    auto& words = family_of(gauges, def).values[labels];
    std::erase_if(words, [&](const Said& word) { return word.owner == owner; });
    words.push_back({owner, value});
    said[owner].emplace(def.name, std::move(labels));
  }

  void unsay_all(const Owner& owner) {
    const auto entry = said.find(owner);
    if (entry == said.end()) return;
    for (const auto& [name, labels] : entry->second) {
      auto& values = gauges[name].values;
      const auto series = values.find(labels);
      if (series == values.end()) continue;  // forgotten with its model
      std::erase_if(series->second, [&](const Said& word) { return word.owner == owner; });
      if (series->second.empty()) values.erase(series);
    }
    said.erase(entry);
  }
};

MetricBook::MetricBook() : impl_(std::make_unique<Impl>()) {}
MetricBook::~MetricBook() = default;

void MetricBook::fold(std::string_view probe, const Target& target,
                      const std::vector<Reading>& readings) {
  const Owner owner{std::string(probe), target.model, target.part};
  impl_->unsay_all(owner);
  for (const auto& reading : readings) {
    const MetricDef& def = *reading.metric;
    LabelValues labels = clean_labels(def, reading.labels);
    switch (def.type) {
      case MetricType::kGauge: impl_->say(owner, def, std::move(labels), reading.value); break;
      case MetricType::kCounter: impl_->count(def, std::move(labels), reading.value); break;
      case MetricType::kHistogram: impl_->observe(def, std::move(labels), reading.value); break;
    }
  }
}

void MetricBook::count(const MetricDef& def, std::initializer_list<std::string_view> labels,
                       double by) {
  impl_->count(def, clean_labels(def, labels), by);
}

void MetricBook::observe(const MetricDef& def, std::initializer_list<std::string_view> labels,
                         double value) {
  impl_->observe(def, clean_labels(def, labels), value);
}

void MetricBook::forget_model(std::string_view model) {
  const std::string value = clean_label(model);
  forget_label(impl_->counters, "model", value);
  forget_label(impl_->histograms, "model", value);
  forget_label(impl_->gauges, "model", value);
}

std::vector<MetricFamily> MetricBook::collect() const {
  std::vector<MetricFamily> families;
  collect_into(families, impl_->counters, [](ClientMetric& metric, const MetricDef&, double value) {
    metric.counter.value = value;
  });
  collect_into(families, impl_->histograms, write_histogram);
  collect_into(families, impl_->gauges,
               [](ClientMetric& metric, const MetricDef&, const std::vector<Said>& words) {
                 metric.gauge.value = words.back().value;
               });
  std::sort(families.begin(), families.end(),
            [](const MetricFamily& a, const MetricFamily& b) { return a.name < b.name; });
  return families;
}

}  // namespace together
