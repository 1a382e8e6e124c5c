#include "exporter/ledger/budget.h"

#include <gtest/gtest.h>

namespace together {
namespace {

using namespace std::chrono_literals;

const WallTime kMorning = from_unix_seconds(1'800'000'000);  // 2027-01-15T08:00:00Z

TEST(Budget, ReservesUpToTheCap) {
  Budget budget(1.0);
  EXPECT_TRUE(budget.reserve(0.6, kMorning));
  EXPECT_FALSE(budget.reserve(0.5, kMorning));
  EXPECT_TRUE(budget.reserve(0.4, kMorning));
}
TEST(Budget, GivesBackWhatWasNotSpent) {
  Budget budget(1.0);
  budget.reserve(0.9, kMorning);
  budget.settle(0.9, 0.1, "serving", "a/b", kMorning);
  EXPECT_DOUBLE_EQ(budget.remaining(kMorning), 0.9);
  EXPECT_DOUBLE_EQ(budget.today().at({"serving", "a/b"}), 0.1);
}
TEST(Budget, ZeroAllowsNothingPaid) {
  Budget budget(0);
  EXPECT_FALSE(budget.reserve(0, kMorning));
}
TEST(Budget, ANewDayStartsAnew) {
  Budget budget(1.0);
  budget.reserve(1.0, kMorning);
  budget.settle(1.0, 1.0, "serving", "a/b", kMorning);
  EXPECT_FALSE(budget.reserve(0.1, kMorning));
  EXPECT_TRUE(budget.reserve(0.1, kMorning + 24h));
}
TEST(Budget, RemembersTodayAcrossARestart) {
  Budget budget(1.0);
  budget.restore({{"2027-01-15", "serving", "a/b", 0.7}, {"2027-01-14", "serving", "a/b", 9}},
                 std::nullopt, kMorning);
  EXPECT_DOUBLE_EQ(budget.spent(kMorning), 0.7);
  EXPECT_FALSE(budget.reserve(0.4, kMorning));
}
TEST(Budget, AClockSetBackGivesNoMoneyBack) {
  Budget budget(1.0);
  budget.reserve(0.9, kMorning);
  budget.settle(0.9, 0.9, "serving", "a/b", kMorning);
  EXPECT_FALSE(budget.reserve(0.5, kMorning - 24h));
  EXPECT_FALSE(budget.reserve(0.5, kMorning));
}
TEST(Budget, DaysAreUtc) { EXPECT_EQ(day_of(kMorning), "2027-01-15"); }

TEST(Budget, AClockThatWasFarAheadStopsNothingForLong) {
  const WallTime next_year = kMorning + 365 * 24h;
  Drawn disk;
  Budget ahead(1.0, [&](const Drawn& drawn) { disk = drawn; });
  ASSERT_TRUE(ahead.reserve(1.0, next_year));
  Budget after(1.0);
  after.restore({}, disk, kMorning);
  EXPECT_FALSE(after.reserve(0.1, kMorning)) << "no money is given back";
  EXPECT_TRUE(after.reserve(0.1, kMorning + 24h));
}

}  // namespace
}  // namespace together
