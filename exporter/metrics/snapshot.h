// What a request handler serves: immutable, swapped whole.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <prometheus/metric_family.h>

#include "exporter/core/changes.h"
#include "exporter/core/clock.h"

namespace together {

/// One body, ready to send, plain and gzip.
struct Page {
  std::string content_type;
  std::string plain;
  std::string gzipped;
};

Page make_page(std::string content_type, std::string plain);

struct Snapshot {
  Page metrics_text;
  Page metrics_openmetrics;
  std::map<std::string, Page> pages;  ///< by exact path: "/", "/api/v1/models", ...
  /// Newest first; never null.
  std::shared_ptr<const std::vector<Event>> events;
  bool ready = false;  ///< the first catalogue verdict is in, good or bad
};

/// Renders both formats. `families` need not be sorted; those of one name are merged, and a series
/// that comes twice keeps its first value.
std::shared_ptr<const Snapshot> make_snapshot(
    std::vector<prometheus::MetricFamily> families, std::map<std::string, Page> pages, bool ready,
    std::shared_ptr<const std::vector<Event>> events = {});

/// Where the loop leaves the newest snapshot and where handlers find it.
/// Threads: all. `alive` is the loop's heartbeat, for /-/healthy.
class SnapshotSlot {
 public:
  void publish(std::shared_ptr<const Snapshot> snapshot);
  std::shared_ptr<const Snapshot> current() const;  ///< never null: an empty one before the first
  void beat(MonoTime now);
  Duration since_beat(MonoTime now) const;

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Snapshot> snapshot_ = make_snapshot({}, {}, false);
  MonoTime last_beat_{};
};

}  // namespace together
