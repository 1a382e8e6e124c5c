// Metrics of workloads.
#include "exporter/engine/workload_metrics.h"

#include <array>
#include <optional>

#include "exporter/engine/comparison.h"

namespace together {
namespace {

using enum MetricType;

constexpr MetricDef kWorkloadCost{
    "together_workload_cost_usd_per_day",
    kGauge,
    "What the configured workload costs a day at current, previous, replacement or batch (half) "
    "prices.",
    {"workload", "model", "pricing"},
    {}};

using Pick = std::optional<double> DirectionPrice::*;

/// USD a day, or nothing where a price that is needed is not known.
std::optional<double> cost(const WorkloadConfig& workload, const Prices& prices, Pick pick) {
  const std::array<double, kDirections.size()> tokens{workload.input_tokens_per_day,
                                                      workload.output_tokens_per_day,
                                                      workload.cached_input_tokens_per_day};
  double usd = 0;
  for (std::size_t i = 0; i < kDirections.size(); ++i) {
    if (tokens[i] == 0) continue;
    auto price = prices.per_token[i].*pick;
    if (!price) price = prices.per_token[i].current;            // this direction never changed
    if (!price && i == 2) price = prices.per_token[0].current;  // no discount for cached input
    if (!price) return std::nullopt;
    usd += tokens[i] * *price;
  }
  return usd;
}

bool ever_changed(const Prices& prices) {
  for (const auto& price : prices.per_token) {
    if (price.previous) return true;
  }
  return false;
}

}  // namespace

void collect_workloads(const Ledger& ledger, const Config& config, SampleSink& sink) {
  for (const auto& workload : config.workloads) {
    const Prices* prices = prices_of(ledger, workload.model);
    if (prices == nullptr) continue;
    const auto tell = [&](std::string_view pricing, std::optional<double> usd) {
      if (usd) sink.add(kWorkloadCost, {workload.name, workload.model, pricing}, *usd);
    };
    const auto current = cost(workload, *prices, &DirectionPrice::current);
    tell("current", current);
    if (current) tell("batch", *current / 2);
    if (ever_changed(*prices)) tell("previous", cost(workload, *prices, &DirectionPrice::previous));
    for (const auto& replacement : ledger.replacements(workload.model)) {
      const Prices* theirs = prices_of(ledger, replacement.id);
      const auto usd =
          theirs == nullptr ? std::nullopt : cost(workload, *theirs, &DirectionPrice::current);
      if (!usd) continue;
      tell("replacement", usd);
      break;  // the first whose price is known: one series a workload
    }
  }
}

std::vector<const MetricDef*> workload_metrics() { return {&kWorkloadCost}; }

}  // namespace together
