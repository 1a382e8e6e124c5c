// What is believed, gathered for people: the view behind the status page and /api/v1.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "exporter/config/config.h"
#include "exporter/core/changes.h"
#include "exporter/engine/account_metrics.h"
#include "exporter/engine/look_log.h"
#include "exporter/ledger/budget.h"
#include "exporter/ledger/ledger.h"
#include "exporter/metrics/snapshot.h"
#include "exporter/web/status_view.h"

namespace together {

struct StatusSources {
  WallTime now{};
  WallTime started{};
  const BuildInfo& build;
  const std::string& telemetry_path;
  const Config& config;
  const Ledger& ledger;
  const Budget& budget;
  const LookLog& looks;
  const std::vector<std::string>& authorities;  ///< the probes that decide states
  const EngineStatus& status;
  double forecast_usd_per_day = 0;
  std::vector<Event> events;  ///< newest first
};

StatusView status_view(const StatusSources& sources);

/// "/", "/api/v1/models" and "/api/v1/retirements.ics".
std::map<std::string, Page> render_pages(const StatusView& view);

}  // namespace together
