// What a configuration will cost a day.
#include "exporter/cli/forecast.h"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "exporter/engine/jobs.h"
#include "exporter/engine/pacing.h"
#include "exporter/schedule/pace.h"
#include "probes/probes.h"

namespace together {
namespace {

constexpr const char* kCatalog = "catalog";

/// Every watched model as a chat model of 1 USD per million tokens.
std::string assumed_list(const Ledger& ledger) {
  auto models = nlohmann::json::array();
  for (const auto& [id, model] : ledger.models()) {
    models.push_back({{"id", id}, {"type", "chat"}, {"pricing", {{"input", 1}, {"output", 1}}}});
  }
  return models.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// Empty where the list was read.
std::string read_list(const ProbeSet& probes, const std::string& list, Ledger& ledger) {
  Exchange exchange;
  exchange.status = 200;
  exchange.body = list;
  const auto seen = judge_all(probes, kCatalog, {"", "all", Modality::kUnknown, {}}, exchange);
  if (seen.front().outcome != Outcome::kOk) return seen.front().detail;
  ledger.apply(seen, {});
  return "";
}

}  // namespace

Result<Forecast> forecast_of(const Config& config, const std::string& model_list) {
  Config every = config;
  every.probes.at(kCatalog).enabled = true;  // it reads the list, whether it will run or not
  const auto probes = make_probes(every, probe_types());
  Ledger ledger(ledger_settings(config), tracked_models(config), {});
  const std::string fault =
      read_list(*probes, model_list.empty() ? assumed_list(ledger) : model_list, ledger);
  if (!fault.empty()) return fail("it is no list of models: " + fault);

  const Purse purse(ledger, config.budget_usd_per_day);
  const auto full_pace = jobs_for(config, *probes, ledger.models(), true);
  auto well = full_pace;
  for (auto& [key, interval] : well) {
    const Duration most = config.probes.at(key.probe).max_interval;
    if (config.adaptive && !key.model.empty()) interval = std::max(interval, most);
  }
  std::map<std::string, ProbeForecast> by_probe;
  for (const auto& [probe, usd] : forecast(well, *probes, ledger, purse)) {
    by_probe[probe].usd = usd;
  }
  for (const auto& [probe, usd] : forecast(full_pace, *probes, ledger, purse)) {
    by_probe[probe].usd_at_full_pace = usd;
  }
  for (const auto& [key, interval] : well) {
    const auto paid = by_probe.find(key.probe);
    if (paid != by_probe.end())
      paid->second.looks += to_seconds(std::chrono::days(1)) / to_seconds(interval);
  }
  Forecast result;
  for (auto& [probe, row] : by_probe) {
    row.probe = probe;
    result.probes.push_back(std::move(row));
  }
  for (const auto& [id, model] : ledger.models()) {
    ++result.models;
    if (!model_list.empty() && model.prices.priced()) ++result.priced;
  }
  return result;
}

}  // namespace together
