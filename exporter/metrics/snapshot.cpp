// What a request handler serves: immutable, swapped whole.
#include "exporter/metrics/snapshot.h"

#include <algorithm>
#include <set>
#include <utility>

#include "exporter/metrics/render.h"

namespace together {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;

/// Adds the series of `from` that `to` does not have: a repeated one would cost the whole scrape.
void merge_into(MetricFamily& to, MetricFamily from) {
  std::set<std::vector<ClientMetric::Label>> seen;
  for (const auto& metric : to.metric) seen.insert(metric.label);
  for (auto& metric : from.metric) {
    if (seen.insert(metric.label).second) to.metric.push_back(std::move(metric));
  }
}

std::vector<MetricFamily> sorted_and_merged(std::vector<MetricFamily> families) {
  std::stable_sort(families.begin(), families.end(),
                   [](const auto& a, const auto& b) { return a.name < b.name; });
  std::vector<MetricFamily> merged;
  for (auto& family : families) {
    if (!merged.empty() && merged.back().name == family.name) {
      merge_into(merged.back(), std::move(family));
    } else {
      merged.push_back(std::move(family));
    }
  }
  return merged;
}

}  // namespace

Page make_page(std::string content_type, std::string plain) {
  std::string gzipped = gzip(plain);
  return {std::move(content_type), std::move(plain), std::move(gzipped)};
}

std::shared_ptr<const Snapshot> make_snapshot(std::vector<MetricFamily> families,
                                              std::map<std::string, Page> pages, bool ready,
                                              std::shared_ptr<const std::vector<Event>> events) {
  const auto merged = sorted_and_merged(std::move(families));
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->metrics_text = make_page(std::string(kTextContentType), render_text(merged));
  snapshot->metrics_openmetrics =
      make_page(std::string(kOpenMetricsContentType), render_openmetrics(merged));
  snapshot->pages = std::move(pages);
  snapshot->ready = ready;
  snapshot->events = events ? std::move(events) : std::make_shared<const std::vector<Event>>();
  return snapshot;
}

void SnapshotSlot::publish(std::shared_ptr<const Snapshot> snapshot) {
  const std::scoped_lock lock(mutex_);
  // Swapped, so that the old snapshot is destroyed by the caller's argument, outside the lock.
  snapshot_.swap(snapshot);
}

std::shared_ptr<const Snapshot> SnapshotSlot::current() const {
  const std::scoped_lock lock(mutex_);
  return snapshot_;
}

void SnapshotSlot::beat(MonoTime now) {
  const std::scoped_lock lock(mutex_);
  last_beat_ = now;
}

Duration SnapshotSlot::since_beat(MonoTime now) const {
  const std::scoped_lock lock(mutex_);
  return now - last_beat_;
}

}  // namespace together
