// One way of looking: two pure functions and what there is to know about them.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/core/clock.h"
#include "exporter/core/exchange.h"
#include "exporter/core/metric.h"
#include "exporter/core/observation.h"
#include "exporter/core/request.h"
#include "exporter/core/retirement.h"
#include "exporter/core/settings.h"
#include "exporter/core/target.h"
#include "exporter/core/workload.h"

namespace together {

/// One part of an account that is looked at by itself.
struct Part {
  std::string name;
  Duration interval{};  ///< zero: the probe's
};

enum class Scope {
  kAccount,  ///< one target, or one a part
  kModel,    ///< one target a tracked model
  kRider,    ///< asks nothing itself: judges the exchanges of the probes it rides on
};

struct ProbeInfo {
  std::string name;  ///< a label value and a configuration key: [a-z_]+
  std::string help;  ///< one sentence
  Scope scope = Scope::kModel;
  std::vector<Part> parts{Part{}};   ///< kAccount: a target for each
  std::string rides_on;              ///< kRider: a probe's name, or "*" for every exchange
  std::vector<Modality> modalities;  ///< kModel: fits these; kUnknown fits a model never listed
  bool enabled = true;               ///< unless the configuration says otherwise
  bool paid = false;                 ///< a run can cost money: the budget applies
  bool for_fallbacks = false;        ///< kModel: also run on fallbacks and replacements
  bool authority = false;            ///< kModel: its word on absence and failure counts
  bool foreign = false;              ///< kAccount: asks others than Together; no rider judges it
  Duration interval{};               ///< default; unused by riders
  Duration max_interval{};           ///< default, where long well; zero: `interval`
  Duration timeout{};                ///< default; zero: `upstream.timeout`
  std::vector<SettingDef> settings;
  std::vector<const MetricDef*> metrics;  ///< the families its readings use
};

/// Threads: request and judge are const, pure and called from several threads at once.
class Probe {
 public:
  virtual ~Probe() = default;
  virtual const ProbeInfo& info() const = 0;

  /// Requires: not a rider.
  virtual Request request(const Target& target) const = 0;

  /// Total: any bytes give an observation. `source` is the probe whose exchange it is (itself,
  /// unless it rides). Fills outcome, detail, facts, readings, usage and rules; the scheduler
  /// fills probe, target, at and foreign.
  virtual Observation judge(const Target& target, const Exchange& exchange,
                            std::string_view source) const = 0;

  /// The most that one run can bill, for the budget. Zero for a free probe.
  struct Billed {
    long long prompt = 0;      ///< tokens
    long long completion = 0;  ///< tokens
    long long images = 0;
  };
  virtual Billed most_billed(const Target&) const { return {}; }
  /// What a run usually bills, for forecasts.
  virtual Billed usually_billed(const Target& target) const { return most_billed(target); }
};

/// What a probe is made from: its own settings, and what else the configuration says that it needs.
struct ProbeInputs {
  Settings settings;
  std::vector<RetirementSource> retirement_sources;
  std::vector<WorkloadQuery> workload_queries{};
};

/// A probe as a list entry: what it is, and how to make one. What is made may know more parts.
struct ProbeType {
  ProbeInfo info;
  std::function<std::unique_ptr<Probe>(const ProbeInputs&)> make;
};

}  // namespace together
