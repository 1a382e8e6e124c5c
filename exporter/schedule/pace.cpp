// How often to look.
#include "exporter/schedule/pace.h"

#include <algorithm>
#include <numeric>

namespace together {
namespace {

using namespace std::chrono_literals;

constexpr Duration kSettled = 30min;
constexpr int kShareOfWellTime = 2;
constexpr int kMostBudgetStretch = 4;

double usd_per_day(const PaidLook& look) {
  return look.usd * to_seconds(24h) / to_seconds(look.interval);
}

/// What each may cost a day, where the cheap ones leave what they do not need to the dear ones.
double fair_share(std::vector<double> wanted, double usd) {
  std::sort(wanted.begin(), wanted.end());
  std::size_t left = wanted.size();
  for (const double one : wanted) {
    const double share = usd / static_cast<double>(left);
    if (one > share) return share;
    usd -= one;
    --left;
  }
  return wanted.back();
}

}  // namespace

Duration stretched(Duration interval, Duration most, Duration well_for) {
  if (well_for < kSettled) return interval;
  const Duration wanted = std::min(most, well_for / kShareOfWellTime);
  Duration paced = interval;
  while (paced * 2 <= wanted) paced *= 2;
  return wanted == most ? std::max(most, interval) : paced;
}

std::vector<Duration> affordable(const std::vector<PaidLook>& looks, double usd) {
  std::vector<Duration> intervals;
  std::vector<double> wanted;
  for (const PaidLook& look : looks) {
    intervals.push_back(look.interval);
    wanted.push_back(usd_per_day(look));
  }
  const double sum = std::accumulate(wanted.begin(), wanted.end(), 0.0);
  if (usd <= 0 || sum <= usd) return intervals;
  const double share = fair_share(wanted, usd);
  for (std::size_t i = 0; i < looks.size(); ++i) {
    const Duration limit =
        std::max(looks[i].interval, kMostBudgetStretch * std::max(looks[i].most, Duration{}));
    double costs = wanted[i];
    while (costs > share && intervals[i] < limit) {
      intervals[i] = std::min(intervals[i] * 2, limit);
      costs /= 2;
    }
  }
  return intervals;
}

}  // namespace together
