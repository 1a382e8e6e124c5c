#include "exporter/schedule/pace.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace together {
namespace {

using namespace std::chrono_literals;

TEST(Stretched, StaysUntilAllHasBeenWellForHalfAnHour) {
  EXPECT_EQ(stretched(5min, 1h, 0s), 5min);
  EXPECT_EQ(stretched(5min, 1h, 29min), 5min);
}
TEST(Stretched, DoublesUpToTheMost) {
  EXPECT_EQ(stretched(5min, 1h, 30min), 10min);
  EXPECT_EQ(stretched(5min, 1h, 40min), 20min);
  EXPECT_EQ(stretched(5min, 1h, 90min), 40min);
  EXPECT_EQ(stretched(5min, 1h, 2h), 1h);
  EXPECT_EQ(stretched(5min, 1h, 1000h), 1h);
}
TEST(Stretched, WithoutAMostChangesNothing) {
  EXPECT_EQ(stretched(5min, 0s, 1000h), 5min);
  EXPECT_EQ(stretched(5min, 5min, 1000h), 5min);
}
TEST(Stretched, NeverShrinksWithTime) {
  Duration before{};
  for (Duration well = 0s; well < 48h; well += 1min) {
    const Duration now = stretched(15min, 6h, well);
    EXPECT_GE(now, before);
    before = now;
  }
  EXPECT_EQ(before, 6h);
}

double usd_per_day(const std::vector<PaidLook>& looks, const std::vector<Duration>& intervals) {
  double usd = 0;
  for (std::size_t i = 0; i < looks.size(); ++i) {
    usd += looks[i].usd * 86400 / to_seconds(intervals[i]);
  }
  return usd;
}

TEST(Affordable, ChangesNothingWhereTheMoneyLasts) {
  EXPECT_EQ(affordable({{1h, 1h, 0.01}, {1h, 1h, 0.01}}, 0.48), (std::vector<Duration>{1h, 1h}));
  EXPECT_TRUE(affordable({}, 1).empty());
}
TEST(Affordable, TheCostliestYieldFirst) {
  EXPECT_EQ(affordable({{1h, 1h, 0.001}, {1h, 1h, 0.1}}, 1.3), (std::vector<Duration>{1h, 2h}));
  EXPECT_EQ(affordable({{1h, 1h, 0.1}, {1h, 1h, 0.1}}, 2.4), (std::vector<Duration>{2h, 2h}));
}
TEST(Affordable, FreeLooksGoOn) {
  EXPECT_EQ(affordable({{5min, 1h, 0}, {1h, 1h, 1}}, 12), (std::vector<Duration>{5min, 2h}));
}
TEST(Affordable, NobodyIsStretchedBeyondFourTimesTheMost) {
  EXPECT_EQ(affordable({{5min, 1h, 100}}, 0.01), (std::vector<Duration>{4h}));
}
TEST(Affordable, WithoutMoneyThereIsNothingToSpread) {
  EXPECT_EQ(affordable({{5min, 1h, 1}}, 0), (std::vector<Duration>{5min}));
}
TEST(Affordable, KeepsToTheSumAndWastesLittle) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> price(0, 0.001);
  for (int round = 0; round < 1'000; ++round) {
    std::vector<PaidLook> looks;
    for (int i = 0; i < 20; ++i) looks.push_back({5min, 24h, price(random)});
    const std::vector<Duration> asked(looks.size(), 5min);
    const double wanted = usd_per_day(looks, asked);
    const double cap = wanted / 4;
    const double planned = usd_per_day(looks, affordable(looks, cap));
    ASSERT_LE(planned, cap * (1 + 1e-9));
    ASSERT_GE(planned, cap / 2);
  }
}

}  // namespace
}  // namespace together
