// How often each job is looked at now.
#include "exporter/engine/pacing.h"

#include <algorithm>
#include <set>
#include <utility>

#include "exporter/schedule/pace.h"

namespace together {
namespace {

using namespace std::chrono_literals;
using enum MetricType;

constexpr MetricDef kInterval{
    "together_probe_interval_seconds",
    kGauge,
    "How far apart looks are now. What has long been well is looked at less often, up to "
    "`max_interval`; where the budget is short, the costliest looks yield first.",
    {"probe", "model"},
    {}};
constexpr MetricDef kForecast{"together_probe_forecast_usd_per_day",
                              kGauge,
                              "What the probe usually costs a day at the intervals in force.",
                              {"probe"},
                              {}};

Target target_of(const Ledger& ledger, const JobKey& key) {
  Target target{key.model, key.part, Modality::kUnknown, {}};
  const auto model = ledger.models().find(key.model);
  if (model != ledger.models().end()) target.modality = model->second.entry.modality;
  return target;
}

Duration well_for(const JobKey& key, const PacingInputs& in) {
  const auto model = in.ledger.models().find(key.model);
  if (model == in.ledger.models().end() || in.ledger.gated()) return Duration{};
  const auto last = in.looks.last().find({key.probe, key.model, key.part});
  if (last == in.looks.last().end() || !last->second.is_well) return Duration{};
  return in.ledger.well_for(model->second, in.now);
}

/// What is left today, as if it were a whole day's: so it lasts until midnight.
double usd_per_day_left(const Budget& budget, WallTime now) {
  const Duration day_so_far = now - std::chrono::floor<std::chrono::days>(now);
  const Duration left = std::max<Duration>(24h - day_so_far, 1h);
  return budget.remaining(now) * to_seconds(24h) / to_seconds(left);
}

}  // namespace

void pace(std::vector<JobSpec>& jobs, const PacingInputs& in) {
  std::set<std::string> decided;  // models that an authority looks at
  for (const auto& [key, interval] : jobs) {
    if (in.probes.at(key.probe).probe->info().authority) decided.insert(key.model);
  }
  std::vector<std::size_t> paid;
  std::vector<PaidLook> looks;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const JobKey& key = jobs[i].key;
    const Probe& probe = *in.probes.at(key.probe).probe;
    const Duration most = in.config.probes.at(key.probe).max_interval;
    if (in.config.adaptive && decided.contains(key.model)) {
      jobs[i].interval = stretched(jobs[i].interval, most, well_for(key, in));
    }
    if (!probe.info().paid) continue;
    paid.push_back(i);
    const double usd = in.purse.dollars(key.model, probe.most_billed(target_of(in.ledger, key)));
    looks.push_back({jobs[i].interval, std::max(most, jobs[i].interval), usd});
  }
  const auto intervals = affordable(looks, usd_per_day_left(in.purse.budget(), in.now));
  for (std::size_t i = 0; i < paid.size(); ++i) jobs[paid[i]].interval = intervals[i];
}

std::map<std::string, double> forecast(const std::vector<JobSpec>& jobs, const ProbeSet& probes,
                                       const Ledger& ledger, const Purse& purse) {
  std::map<std::string, double> usd;
  for (const auto& [key, interval] : jobs) {
    const Probe& probe = *probes.at(key.probe).probe;
    if (!probe.info().paid) continue;
    usd[key.probe] += purse.dollars(key.model, probe.usually_billed(target_of(ledger, key))) *
                      to_seconds(24h) / to_seconds(interval);
  }
  return usd;
}

void collect_pacing(const std::vector<JobSpec>& jobs, const std::map<std::string, double>& forecast,
                    SampleSink& sink) {
  std::map<std::pair<std::string, std::string>, Duration> longest;  // of a probe's parts
  for (const auto& [key, interval] : jobs) {
    Duration& most = longest[{key.probe, key.model}];
    most = std::max(most, interval);
  }
  for (const auto& [key, interval] : longest) {
    sink.add(kInterval, {key.first, key.second}, to_seconds(interval));
  }
  for (const auto& [probe, usd] : forecast) sink.add(kForecast, {probe}, usd);
}

std::vector<const MetricDef*> pacing_metrics() { return {&kInterval, &kForecast}; }

}  // namespace together
