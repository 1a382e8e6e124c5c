// How looks ended.
#include "exporter/engine/look_log.h"

#include <algorithm>
#include <array>
#include <utility>

namespace together {
namespace {

using enum MetricType;

constexpr std::array kDurationBuckets{0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0};
constexpr std::array kLagBuckets{0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0};

constexpr MetricDef kSuccess{"together_probe_success",
                             kGauge,
                             "Whether the newest look ended with outcome ok.",
                             {"probe", "model"},
                             {}};
constexpr MetricDef kLastRun{"together_probe_last_run_timestamp_seconds",
                             kGauge,
                             "When the newest look ended.",
                             {"probe", "model"},
                             {}};
constexpr MetricDef kRuns{
    "together_probe_runs_total", kCounter, "Looks by how they ended.", {"probe", "outcome"}, {}};
constexpr MetricDef kDuration{"together_probe_duration_seconds",
                              kHistogram,
                              "From sending the request to the end of its answer.",
                              {"probe"},
                              kDurationBuckets};
constexpr MetricDef kResponses{"together_http_responses_total",
                               kCounter,
                               "HTTP answers by status code.",
                               {"probe", "code"},
                               {}};
constexpr MetricDef kSkipped{"together_probe_skipped_total",
                             kCounter,
                             "Looks that were due and did not happen.",
                             {"probe", "reason"},
                             {}};
constexpr MetricDef kSpend{
    "together_probe_spend_usd_total",
    kCounter,
    "What paid looks cost: by the usage their answers state, else the most they can have cost.",
    {"probe", "model"},
    {}};
constexpr MetricDef kLag{"together_exporter_schedule_lag_seconds",
                         kHistogram,
                         "How long after their time looks started.",
                         {},
                         kLagBuckets};

/// Riders see the exchanges of many targets: one entry for each is enough.
JobKey key_of(const Seen& seen, const Observation& observation) {
  if (observation.probe == seen.job.probe) return seen.job;
  return {observation.probe, "", seen.job.part};
}

bool is_well(const Observation& seen) {
  return seen.outcome == Outcome::kOk &&
         std::all_of(seen.rules.begin(), seen.rules.end(), [](const Observation::Rule& rule) {
           return rule.ok || rule.name == "known_fields";
         });
}

std::vector<std::string> broken_rules(const Observation& seen) {
  std::vector<std::string> names;
  for (const auto& rule : seen.rules) {
    if (!rule.ok) names.push_back(rule.name);
  }
  return names;
}

std::vector<Outcome> with(std::vector<Outcome> recent, Outcome newest) {
  if (recent.size() == kRecentLooks) recent.erase(recent.begin());
  recent.push_back(newest);
  return recent;
}

}  // namespace

std::vector<const Observation*> LookLog::add(const Seen& seen) {
  std::vector<const Observation*> changed;
  book_.observe(kLag, {}, to_seconds(seen.late));
  book_.observe(kDuration, {seen.job.probe}, to_seconds(seen.took));
  if (seen.status != 0) {
    book_.count(kResponses, {seen.job.probe, std::to_string(seen.status)});
  }
  for (const auto& observation : seen.observations) {
    book_.count(kRuns, {observation.probe, to_string(observation.outcome)});
    Count& count = counts_[observation.probe];
    ++(observation.outcome == Outcome::kOk ? count.ok : count.failed);
    count.last_run = observation.at;
    book_.fold(observation.probe, observation.target, observation.readings);
    LastLook& last = last_[key_of(seen, observation)];
    const bool first = last.at == WallTime{};
    if (first || last.outcome != observation.outcome) changed.push_back(&observation);
    last = {observation.outcome,
            observation.detail,
            observation.at,
            is_well(observation),
            broken_rules(observation),
            with(std::move(last.recent), observation.outcome)};
  }
  return changed;
}

void LookLog::skipped(const JobKey& job, SkipReason reason) {
  book_.count(kSkipped, {job.probe, to_string(reason)});
}

void LookLog::spent(std::string_view probe, std::string_view model, double usd) {
  book_.count(kSpend, {probe, model}, usd);
}

void LookLog::keep_only(const std::function<bool(const JobKey&)>& keep) {
  std::erase_if(last_, [&](const auto& item) {
    const JobKey& key = item.first;
    if (keep(key)) return false;
    book_.fold(key.probe, {key.model, key.part, {}}, {});  // it says nothing any more
    return true;
  });
}

void LookLog::collect(SampleSink& sink) const {
  // A probe with several parts has succeeded where all of them have.
  struct Whole {
    bool ok = true;
    WallTime at{};
  };
  std::map<std::pair<std::string, std::string>, Whole> wholes;
  for (const auto& [key, last] : last_) {
    Whole& whole = wholes[{key.probe, key.model}];
    whole.ok = whole.ok && last.outcome == Outcome::kOk;
    whole.at = std::max(whole.at, last.at);
  }
  for (const auto& [key, whole] : wholes) {
    sink.add(kSuccess, {key.first, key.second}, whole.ok ? 1 : 0);
    sink.add(kLastRun, {key.first, key.second}, to_unix_seconds(whole.at));
  }
}

std::vector<const MetricDef*> look_metrics() {
  return {&kSuccess, &kLastRun, &kRuns, &kDuration, &kResponses, &kSkipped, &kSpend, &kLag};
}

}  // namespace together
