// `check-config FILE`: is this configuration valid, and what will it cost?
#include <iomanip>
#include <iostream>

#include "exporter/cli/commands.h"
#include "exporter/cli/forecast.h"
#include "exporter/cli/loading.h"
#include "exporter/yaml/read_file.h"

namespace together {
namespace {

void print_row(const std::string& probe, double looks, double usd, double full) {
  std::cout << "  " << std::left << std::setw(14) << probe << std::right << std::fixed
            << std::setprecision(0) << std::setw(10) << looks << std::setprecision(4)
            << std::setw(14) << usd << std::setw(16) << full << '\n';
}

void print_forecast(const Config& config, const Forecast& forecast, const std::string& list) {
  if (forecast.probes.empty()) {
    std::cout << "expected cost: nothing; no paid probe looks at any model\n";
    return;
  }
  std::cout << "expected cost\n  probe          looks/day       USD/day   at full pace\n";
  double looks = 0;
  double usd = 0;
  double full = 0;
  for (const ProbeForecast& row : forecast.probes) {
    print_row(row.probe, row.looks, row.usd, row.usd_at_full_pace);
    looks += row.looks;
    usd += row.usd;
    full += row.usd_at_full_pace;
  }
  print_row("in all", looks, usd, full);
  std::cout << "  never more than the budget, " << std::defaultfloat << config.budget_usd_per_day
            << " USD a day; ";
  if (list.empty()) {
    std::cout << "at an assumed 1 USD per million tokens: name a list of models for real prices\n";
  } else {
    std::cout << "prices of " << forecast.priced << " of " << forecast.models << " models from "
              << list << '\n';
  }
}

}  // namespace

int check_config(const std::string& file, const std::string& models_file) {
  const auto config = load(file);
  if (!config) {
    std::cerr << config.error().message << '\n';
    return kExitBad;
  }
  std::string list;
  if (!models_file.empty()) {
    auto text = read_small_file(models_file);
    if (!text) {
      std::cerr << models_file << ": cannot read it: " << text.error().message << '\n';
      return kExitBad;
    }
    list = std::move(*text);
  }
  const auto forecast = forecast_of(*config, list);
  if (!forecast) {
    std::cerr << models_file << ": " << forecast.error().message << '\n';
    return kExitBad;
  }
  const auto models = config->models.size();
  std::cout << file << ": valid, " << models
            << (models == 1 ? " tracked model\n" : " tracked models\n");
  print_forecast(*config, *forecast, models_file);
  return kExitOk;
}

}  // namespace together
