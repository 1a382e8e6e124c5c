// Metrics of the account and of the exporter itself, from what is believed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exporter/core/clock.h"
#include "exporter/core/metric.h"
#include "exporter/ledger/budget.h"
#include "exporter/ledger/ledger.h"
#include "exporter/metrics/book.h"

namespace together {

struct BuildInfo {
  std::string version;
  std::string revision;
  std::string compiler;
};

/// What the engine knows of itself.
struct EngineStatus {
  bool reload_ok = true;
  WallTime reloaded_at{};
  int models_dropped = 0;
  bool state_writable = true;
  int shard_index = 0;
  int shard_total = 1;
  std::optional<double> requests_remaining;  ///< x-ratelimit-remaining, newest answer
  std::optional<double> tokens_remaining;
};

void collect_account(const Ledger& ledger, SampleSink& sink);
void collect_headers(const Ledger& ledger, SampleSink& sink);
void collect_budget(const Budget& budget, WallTime now, SampleSink& sink);
void collect_exporter(const BuildInfo& build, const EngineStatus& status, SampleSink& sink);

std::vector<const MetricDef*> account_metrics();

}  // namespace together
