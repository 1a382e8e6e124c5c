// The day's money.
#include "exporter/ledger/budget.h"

#include <algorithm>

#include "exporter/core/duration.h"

namespace together {

std::string day_of(WallTime t) { return format_time(t).substr(0, 10); }

void Budget::turn_day(WallTime now) {
  const std::string today = day_of(now);
  if (today <= day_) {  // a clock that was set back gives no money back
    // But one that had been far ahead must not stop paid looks until its day comes.
    if (day_ > day_of(now + std::chrono::hours(24))) day_ = today;
    return;
  }
  day_ = today;
  drawn_ = lost_ = spent_ = 0;
  today_.clear();
}

void Budget::restore(const std::vector<Spend>& spend, const std::optional<Drawn>& drawn,
                     WallTime now) {
  turn_day(now);
  if (drawn && drawn->day >= day_) {
    day_ = drawn->day;  // a later one: the clock was set back meanwhile
    drawn_ = drawn->usd;
    turn_day(now);
  }
  for (const auto& entry : spend) {
    if (entry.day != day_) continue;
    spent_ += entry.usd;
    today_[{entry.probe, entry.model}] += entry.usd;
  }
  lost_ = std::max(0.0, drawn_ - spent_);
}

bool Budget::reserve(double usd, WallTime now) {
  turn_day(now);
  const double committed = lost_ + spent_ + reserved_ + usd;
  if (usd_per_day_ <= 0 || committed > usd_per_day_) return false;
  draw_for(committed);
  reserved_ += usd;
  return true;
}

void Budget::draw_for(double usd) {
  if (usd <= drawn_) return;
  constexpr double kShare =
      0.01;  // of the cap: so many writes a day at most, and lost with a crash
  drawn_ = std::max(usd, std::min(usd_per_day_, usd + kShare * usd_per_day_));
  if (draw_) draw_({day_, drawn_});
}

std::optional<Drawn> Budget::close() const {
  const double committed = lost_ + spent_ + reserved_;
  if (committed >= drawn_) return std::nullopt;
  return Drawn{day_, committed};
}

void Budget::settle(double reserved, double usd, std::string_view probe, std::string_view model,
                    WallTime now) {
  turn_day(now);
  reserved_ = std::max(0.0, reserved_ - reserved);
  if (usd <= 0) return;
  spent_ += usd;
  today_[{std::string(probe), std::string(model)}] += usd;
  draw_for(lost_ + spent_ + reserved_);  // reserved on the day before, or billed beyond it
}

double Budget::remaining(WallTime now) const {
  return std::max(0.0, usd_per_day_ - spent(now) - reserved_);
}

}  // namespace together
