// The day's money: paid probes ask here before they spend.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exporter/core/changes.h"
#include "exporter/core/clock.h"

namespace together {

/// The UTC day of a time: "2026-11-21".
std::string day_of(WallTime t);

/// The most that a day can have cost by now, whatever becomes of this process.
struct Drawn {
  std::string day;  ///< UTC
  double usd = 0;
  friend bool operator==(const Drawn&, const Drawn&) = default;
};

/// What may still be spent today. A look reserves the most it can cost before it is sent and
/// settles what it did cost afterwards. Days are UTC, as in Together's billing.
///
/// Money is drawn before it is reserved, a hundredth of the cap at a time: what was drawn and not
/// accounted for when a process died counts as spent, so that a `kill -9` can lose money but never
/// spend it twice.
class Budget {
 public:
  /// `draw` has stored its argument for good when it returns. Empty: nothing outlives this object.
  using Draw = std::function<void(const Drawn&)>;
  explicit Budget(double usd_per_day, Draw draw = {})
      : usd_per_day_(usd_per_day), draw_(std::move(draw)) {}

  void set_cap(double usd_per_day) { usd_per_day_ = usd_per_day; }
  /// Requires: nothing was reserved yet.
  void restore(const std::vector<Spend>& spend, const std::optional<Drawn>& drawn, WallTime now);

  /// False: it does not fit into what is left, nothing was reserved. Requires: usd >= 0.
  bool reserve(double usd, WallTime now);
  /// Gives back a reservation and books what was spent. `usd` 0 books nothing.
  void settle(double reserved, double usd, std::string_view probe, std::string_view model,
              WallTime now);

  /// The process ends as it should: what was drawn too much need not count as spent.
  std::optional<Drawn> close() const;

  double cap() const { return usd_per_day_; }
  /// With what an earlier process drew and left no account of.
  double spent(WallTime now) const { return day_of(now) <= day_ ? spent_ + lost_ : 0; }
  double remaining(WallTime now) const;

  /// Today's spend, by probe and model.
  using ByProbeAndModel = std::map<std::pair<std::string, std::string>, double>;
  const ByProbeAndModel& today() const { return today_; }

 private:
  void turn_day(WallTime now);
  void draw_for(double usd);

  double usd_per_day_;
  Draw draw_;
  std::string day_;
  double drawn_ = 0;
  double lost_ = 0;
  double spent_ = 0;
  double reserved_ = 0;
  ByProbeAndModel today_;
};

}  // namespace together
