// Metrics of the account and of the exporter itself.
#include "exporter/engine/account_metrics.h"

#include <map>
#include <utility>

namespace together {
namespace {

using enum MetricType;

constexpr MetricDef kUp{
    "together_up", kGauge, "Whether the last call for a model list was answered with one.", {}, {}};
constexpr MetricDef kGateActive{
    "together_gate_active",
    kGauge,
    "Whether this keeps every model from being judged: key_rejected (401), spend_limited (402), "
    "provider_outage (no inference succeeds), offline (no connection). Model states are unknown "
    "meanwhile.",
    {"gate"},
    {}};
constexpr MetricDef kCatalogModels{"together_catalog_models",
                                   kGauge,
                                   "Models in the list as last believed.",
                                   {"list", "modality"},
                                   {}};
constexpr MetricDef kCatalogLastSuccess{"together_catalog_last_success_timestamp_seconds",
                                        kGauge,
                                        "When the list was last fetched and believed.",
                                        {"list"},
                                        {}};
constexpr MetricDef kCatalogSuspect{
    "together_catalog_suspect",
    kGauge,
    "Whether the list lost too many models at once to be believed before it says so three times in "
    "30 minutes.",
    {"list"},
    {}};
constexpr MetricDef kRatelimitRemaining{
    "together_ratelimit_remaining",
    kGauge,
    "What the newest answer that said so left of the rate limit. Together stopped sending this "
    "header in 2026; absent then.",
    {"kind"},
    {}};

constexpr MetricDef kVersionInfo{"together_api_version_info",
                                 kGauge,
                                 "Value of a watched header in the newest answers that carry it.",
                                 {"header", "value"},
                                 {}};
constexpr MetricDef kVersionPresent{
    "together_api_version_header_present",
    kGauge,
    "Whether the newest successful answers of some surface carry the header. Absence is normal.",
    {"header"},
    {}};
constexpr MetricDef kVersionChanges{"together_api_version_changes_total",
                                    kCounter,
                                    "Times the header's value was followed by another one.",
                                    {"header"},
                                    {}};

constexpr MetricDef kBudget{"together_probe_budget_usd_per_day",
                            kGauge,
                            "What paid probes may spend in a UTC day.",
                            {},
                            {}};
constexpr MetricDef kBudgetRemaining{
    "together_probe_budget_remaining_usd", kGauge, "What is left of today's budget.", {}, {}};

constexpr MetricDef kBuildInfo{"together_exporter_build_info",
                               kGauge,
                               "What is running.",
                               {"version", "revision", "compiler"},
                               {}};
constexpr MetricDef kReloadOk{"together_exporter_config_last_reload_successful",
                              kGauge,
                              "Whether the newest configuration was taken up.",
                              {},
                              {}};
constexpr MetricDef kReloadTime{"together_exporter_config_last_reload_success_timestamp_seconds",
                                kGauge,
                                "When a configuration was last taken up.",
                                {},
                                {}};
constexpr MetricDef kModelsDropped{
    "together_exporter_models_dropped",
    kGauge,
    "Listed models left out of this page because of catalog.max_models.",
    {},
    {}};
constexpr MetricDef kStateWritable{"together_exporter_state_writable",
                                   kGauge,
                                   "Whether what must survive a restart reaches the disk.",
                                   {},
                                   {}};
constexpr MetricDef kShard{"together_exporter_shard",
                           kGauge,
                           "Which part of the tracked models this process watches.",
                           {"index", "total"},
                           {}};

double flag(bool b) { return b ? 1 : 0; }

}  // namespace

void collect_account(const Ledger& ledger, SampleSink& sink) {
  if (ledger.up()) sink.add(kUp, {}, flag(*ledger.up()));
  for (const Gate gate : kGates) {
    sink.add(kGateActive, {to_string(gate)}, flag(ledger.gate(gate)));
  }
  for (const auto& [name, list] : ledger.lists()) {
    sink.add(kCatalogSuspect, {name}, flag(list.suspect()));
    if (!list.known()) continue;
    std::map<Modality, int> counts;
    for (const auto& [id, entry] : list.entries()) ++counts[entry.modality];
    for (const auto& [modality, count] : counts) {
      sink.add(kCatalogModels, {name, to_string(modality)}, count);
    }
    sink.add(kCatalogLastSuccess, {name}, to_unix_seconds(*list.accepted_at()));
  }
}

void collect_headers(const Ledger& ledger, SampleSink& sink) {
  for (const auto& [header, surfaces] : ledger.headers().seen()) {
    bool present = false;
    for (const auto& [surface, seen] : surfaces) {
      if (!seen.present) continue;
      present = true;
      sink.add(kVersionInfo, {header, seen.value}, 1);
    }
    sink.add(kVersionPresent, {header}, flag(present));
    const auto changes = ledger.headers().changes().find(header);
    sink.add(kVersionChanges, {header},
             changes == ledger.headers().changes().end() ? 0 : changes->second);
  }
}

void collect_budget(const Budget& budget, WallTime now, SampleSink& sink) {
  sink.add(kBudget, {}, budget.cap());
  sink.add(kBudgetRemaining, {}, budget.remaining(now));
}

void collect_exporter(const BuildInfo& build, const EngineStatus& status, SampleSink& sink) {
  sink.add(kBuildInfo, {build.version, build.revision, build.compiler}, 1);
  sink.add(kReloadOk, {}, flag(status.reload_ok));
  sink.add(kReloadTime, {}, to_unix_seconds(status.reloaded_at));
  sink.add(kModelsDropped, {}, status.models_dropped);
  sink.add(kStateWritable, {}, flag(status.state_writable));
  sink.add(kShard, {std::to_string(status.shard_index), std::to_string(status.shard_total)}, 1);
  if (status.requests_remaining) {
    sink.add(kRatelimitRemaining, {"requests"}, *status.requests_remaining);
  }
  if (status.tokens_remaining) {
    sink.add(kRatelimitRemaining, {"tokens"}, *status.tokens_remaining);
  }
}

std::vector<const MetricDef*> account_metrics() {
  return {&kUp,
          &kGateActive,
          &kCatalogModels,
          &kCatalogLastSuccess,
          &kCatalogSuspect,
          &kRatelimitRemaining,
          &kVersionInfo,
          &kVersionPresent,
          &kVersionChanges,
          &kBudget,
          &kBudgetRemaining,
          &kBuildInfo,
          &kReloadOk,
          &kReloadTime,
          &kModelsDropped,
          &kStateWritable,
          &kShard};
}

}  // namespace together
