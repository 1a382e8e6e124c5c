// How often each job is looked at now: by what is known of its model, and by the money there is.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "exporter/config/config.h"
#include "exporter/core/clock.h"
#include "exporter/engine/look_log.h"
#include "exporter/engine/purse.h"
#include "exporter/ledger/ledger.h"
#include "exporter/metrics/book.h"
#include "exporter/schedule/plan.h"
#include "exporter/schedule/scheduler.h"

namespace together {

struct PacingInputs {
  const Config& config;
  const ProbeSet& probes;
  const Ledger& ledger;
  const LookLog& looks;
  const Purse& purse;
  WallTime now{};
};

/// Lengthens the intervals of `jobs`: of probes that know a `max_interval` where their model has
/// long been well, and of paid ones where the day's money would not last. A job whose last look
/// was not ok, or broke a rule, keeps its interval, and so does a model without an authority.
void pace(std::vector<JobSpec>& jobs, const PacingInputs& inputs);

/// What the paid jobs usually cost a day at these intervals, by probe. Units: USD.
std::map<std::string, double> forecast(const std::vector<JobSpec>& jobs, const ProbeSet& probes,
                                       const Ledger& ledger, const Purse& purse);

/// The interval in force of every probe and model, and the forecast.
void collect_pacing(const std::vector<JobSpec>& jobs, const std::map<std::string, double>& forecast,
                    SampleSink& sink);

std::vector<const MetricDef*> pacing_metrics();

}  // namespace together
