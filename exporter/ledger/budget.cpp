// The day's money.
#include "exporter/ledger/budget.h"

#include <algorithm>

#include "exporter/core/duration.h"

namespace together {

std::string day_of(WallTime t) { return format_time(t).substr(0, 10); }

void Budget::turn_day(WallTime now) {
  const std::string today = day_of(now);
  if (today <= day_) return;  // a clock that was set back gives no money back
  day_ = today;
  spent_ = 0;
  today_.clear();
}

void Budget::restore(const std::vector<Spend>& spend, WallTime now) {
  turn_day(now);
  for (const auto& entry : spend) {
    if (entry.day != day_) continue;
    spent_ += entry.usd;
    today_[{entry.probe, entry.model}] += entry.usd;
  }
}

bool Budget::reserve(double usd, WallTime now) {
  turn_day(now);
  if (usd_per_day_ <= 0 || spent_ + reserved_ + usd > usd_per_day_) return false;
  reserved_ += usd;
  return true;
}

void Budget::settle(double reserved, double usd, std::string_view probe, std::string_view model,
                    WallTime now) {
  turn_day(now);
  reserved_ = std::max(0.0, reserved_ - reserved);
  if (usd <= 0) return;
  spent_ += usd;
  today_[{std::string(probe), std::string(model)}] += usd;
}

double Budget::remaining(WallTime now) const {
  return std::max(0.0, usd_per_day_ - spent(now) - reserved_);
}

}  // namespace together
