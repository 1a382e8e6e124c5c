// The purse: what paid looks may cost and did cost, in dollars.
#pragma once

#include <map>
#include <optional>
#include <utility>

#include "exporter/core/changes.h"
#include "exporter/core/probe.h"
#include "exporter/ledger/budget.h"
#include "exporter/ledger/ledger.h"
#include "exporter/schedule/scheduler.h"

namespace together {

/// Prices tokens by what the ledger believes and keeps the budget. Threads: one (the loop).
/// Requires: the ledger outlives it.
class Purse {
 public:
  Purse(const Ledger& ledger, double usd_per_day, Budget::Draw draw = {})
      : ledger_(ledger), budget_(usd_per_day, std::move(draw)) {}

  Budget& budget() { return budget_; }
  const Budget& budget() const { return budget_; }

  /// What that would cost at today's prices. An unknown price is taken for the highest that is
  /// known: a budget errs on the safe side.
  double dollars(const std::string& model, const Probe::Billed& billed) const;

  /// Reserves the most that a look can cost. False: it does not fit into what is left today.
  bool reserve(const JobKey& job, const Probe::Billed& most, WallTime now);

  /// Ends the reservation of a finished look. Empty where nothing was spent. An answer that may
  /// have been billed without saying so counts in full: what was reserved, or of a free probe,
  /// where the answer is no refusal, `most`.
  std::optional<Spend> settle(const Seen& look, const Probe::Billed& most, WallTime now);

  /// Whether the job was billed today although it is meant to be free.
  bool was_billed(const JobKey& job) const {
    return budget_.today().contains({job.probe, job.model});
  }

 private:
  const Ledger& ledger_;
  Budget budget_;
  std::map<JobKey, double> reserved_;  ///< of looks under way
};

}  // namespace together
