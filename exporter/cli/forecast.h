// What a configuration will cost a day, before it runs.
#pragma once

#include <string>
#include <vector>

#include "exporter/config/config.h"
#include "exporter/core/result.h"

namespace together {

struct ProbeForecast {
  std::string probe;
  double looks = 0;             ///< a day, where all has long been well
  double usd = 0;               ///< usual cost of these
  double usd_at_full_pace = 0;  ///< usual cost of a day on which nothing is ever well
};

struct Forecast {
  std::vector<ProbeForecast> probes;  ///< the paid ones that look at anything
  int models = 0;                     ///< tracked, and their fallbacks and migrations' targets
  int priced = 0;                     ///< of these, by the list
};

/// `model_list`: an answer of GET /models, as saved; "" takes every price for 1 USD per million
/// tokens. A model the list does not name costs as much as the dearest it names.
/// Errors: the list is none.
Result<Forecast> forecast_of(const Config& config, const std::string& model_list);

}  // namespace together
