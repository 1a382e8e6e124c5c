// The day's money: paid probes ask here before they spend.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exporter/core/changes.h"
#include "exporter/core/clock.h"

namespace together {

/// The UTC day of a time: "2026-11-21".
std::string day_of(WallTime t);

/// What may still be spent today. A look reserves the most it can cost before it is sent and
/// settles what it did cost afterwards. Days are UTC, as in Together's billing.
class Budget {
 public:
  explicit Budget(double usd_per_day) : usd_per_day_(usd_per_day) {}

  void set_cap(double usd_per_day) { usd_per_day_ = usd_per_day; }
  void restore(const std::vector<Spend>& spend, WallTime now);

  /// False: it does not fit into what is left, nothing was reserved. Requires: usd >= 0.
  bool reserve(double usd, WallTime now);
  /// Gives back a reservation and books what was spent. `usd` 0 books nothing.
  void settle(double reserved, double usd, std::string_view probe, std::string_view model,
              WallTime now);

  double cap() const { return usd_per_day_; }
  double spent(WallTime now) const { return day_of(now) <= day_ ? spent_ : 0; }
  double remaining(WallTime now) const;

  /// Today's spend, by probe and model.
  using ByProbeAndModel = std::map<std::pair<std::string, std::string>, double>;
  const ByProbeAndModel& today() const { return today_; }

 private:
  void turn_day(WallTime now);

  double usd_per_day_;
  std::string day_;
  double spent_ = 0;
  double reserved_ = 0;
  ByProbeAndModel today_;
};

}  // namespace together
