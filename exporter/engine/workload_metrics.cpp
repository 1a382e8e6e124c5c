// Metrics of workloads.
#include "exporter/engine/workload_metrics.h"

#include <array>
#include <optional>
#include <string>

namespace together {
namespace {

using enum MetricType;

constexpr const char* kProbe = "workload";
constexpr int kIntervalsUntilOld = 3;

constexpr MetricDef kCost{
    "together_workload_cost_usd_per_day",
    kGauge,
    "What the configured workload costs a day at current, previous, replacement or batch (half) "
    "prices. Absent: a price or a number of tokens is not known.",
    {"workload", "model", "pricing"},
    {}};
constexpr MetricDef kTokens{"together_workload_tokens_per_day",
                            kGauge,
                            "Tokens that the workload uses a day: as configured, or as Prometheus "
                            "said within three intervals of the probe `workload`.",
                            {"workload", "direction"},
                            {}};
constexpr MetricDef kQuerySuccess{"together_workload_query_last_success_timestamp_seconds",
                                  kGauge,
                                  "When Prometheus last said what the workload uses.",
                                  {"workload", "direction"},
                                  {}};

using Pick = std::optional<double> PriceHistory::*;

/// Tokens a day, in the order of kDirections; empty: not known.
using Tokens = std::array<std::optional<double>, kDirections.size()>;

/// USD a day, or nothing where a price or a number that is needed is not known.
std::optional<double> cost(const Tokens& tokens, const Prices& prices, Pick pick) {
  double usd = 0;
  for (std::size_t i = 0; i < kDirections.size(); ++i) {
    if (!tokens[i]) return std::nullopt;
    if (*tokens[i] == 0) continue;
    auto price = prices.per_token[i].*pick;
    if (!price) price = prices.per_token[i].current;            // this direction never changed
    if (!price && i == 2) price = prices.per_token[0].current;  // no discount for cached input
    if (!price) return std::nullopt;
    usd += *tokens[i] * *price;
  }
  return usd;
}

bool ever_changed(const Prices& prices) {
  for (const auto& price : prices.per_token) {
    if (price.previous) return true;
  }
  return false;
}

Tokens collect_tokens(const Ledger& ledger, const WorkloadConfig& workload, Duration lasts,
                      WallTime now, SampleSink& sink) {
  Tokens tokens{workload.input_tokens_per_day, workload.output_tokens_per_day,
                workload.cached_input_tokens_per_day};
  for (std::size_t i = 0; i < kDirections.size(); ++i) {
    const std::string direction(kDirections[i]);
    if (workload.queries.contains(direction)) {
      tokens[i].reset();
      const auto usage = ledger.workloads().usage(workload.name, direction);
      if (usage) {
        sink.add(kQuerySuccess, {workload.name, direction}, to_unix_seconds(usage->at));
        if (now - usage->at <= lasts) tokens[i] = usage->tokens_per_day;
      }
    }
    if (tokens[i]) sink.add(kTokens, {workload.name, direction}, *tokens[i]);
  }
  return tokens;
}

}  // namespace

void collect_workloads(const Ledger& ledger, const Config& config, WallTime now, SampleSink& sink) {
  const Duration lasts = kIntervalsUntilOld * config.probes.at(kProbe).interval;
  for (const auto& workload : config.workloads) {
    const Tokens tokens = collect_tokens(ledger, workload, lasts, now, sink);
    const Prices* prices = ledger.prices_of(workload.model);
    if (prices == nullptr) continue;
    const auto tell = [&](std::string_view pricing, std::optional<double> usd) {
      if (usd) sink.add(kCost, {workload.name, workload.model, pricing}, *usd);
    };
    const auto current = cost(tokens, *prices, &PriceHistory::current);
    tell("current", current);
    if (current) tell("batch", *current / 2);
    if (ever_changed(*prices)) tell("previous", cost(tokens, *prices, &PriceHistory::previous));
    for (const auto& replacement : ledger.replacements(workload.model)) {
      const Prices* theirs = ledger.prices_of(replacement.id);
      const auto usd =
          theirs == nullptr ? std::nullopt : cost(tokens, *theirs, &PriceHistory::current);
      if (!usd) continue;
      tell("replacement", usd);
      break;  // the first whose price is known: one series a workload
    }
  }
}

std::vector<const MetricDef*> workload_metrics() { return {&kCost, &kTokens, &kQuerySuccess}; }

}  // namespace together
