// Which answer a request gets: pure.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "exporter/core/clock.h"
#include "exporter/core/result.h"
#include "exporter/metrics/snapshot.h"
#include "exporter/web/http.h"

namespace together {

/// The loop counts as stuck when it has not beaten for this long.
inline constexpr Duration kStuckAfter = std::chrono::seconds(30);

struct RouterOptions {
  std::string telemetry_path = "/metrics";
  bool enable_lifecycle = false;         ///< allows /-/reload
  std::function<Result<void>()> reload;  ///< Threads: called on any; may wait
};

/// Exact paths only: the telemetry path, the snapshot's pages and events, /-/healthy, /-/ready,
/// /-/reload. GET and HEAD, with the same answer; POST and PUT for /-/reload. The body may be the
/// snapshot's own, kept alive by it. Requires: `snapshot` is not null.
HttpResponse route(const HttpRequest& request, const RouterOptions& options,
                   const std::shared_ptr<const Snapshot>& snapshot, Duration since_beat);

}  // namespace together
