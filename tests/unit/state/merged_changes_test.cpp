// Many changes as one.
#include "exporter/state/merged_changes.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/unit/state/state_fixture.h"

namespace together {
namespace {

TEST(MergedChanges, KeepsTheLaterBelief) {
  MergedChanges merged;
  merged.add(belief("a/b", "1"));
  merged.add(belief("a/b", "2"));
  ASSERT_EQ(merged.beliefs.size(), 1U);
  EXPECT_EQ(merged.beliefs.begin()->second, "2");
}

TEST(MergedChanges, ForgetsWhatTheSameChangesBelieve) {
  Changes changes = belief("a/b", "1");
  changes.forgotten = {{"model", "a/b"}};
  MergedChanges merged;
  merged.add(std::move(changes));
  EXPECT_EQ(merged.beliefs.begin()->second, std::nullopt);
}

TEST(MergedChanges, BelievesAgainAfterForgetting) {
  Changes forget;
  forget.forgotten = {{"model", "a/b"}};
  MergedChanges merged;
  merged.add(std::move(forget));
  merged.add(belief("a/b", "3"));
  EXPECT_EQ(merged.beliefs.begin()->second, "3");
}

TEST(MergedChanges, AddsSpendUp) {
  MergedChanges merged;
  merged.add(spend(0.25));
  merged.add(spend(0.5));
  EXPECT_EQ(merged.spend.at(kDay).at({"stream", "a/b"}), 0.75);
}

TEST(MergedChanges, LeavesOutAnAmountThatIsNoNumber) {
  MergedChanges merged;
  merged.add(spend(std::numeric_limits<double>::quiet_NaN()));
  merged.add(spend(std::numeric_limits<double>::infinity()));
  EXPECT_TRUE(merged.empty());
}

TEST(MergedChanges, KeepsTheNewestTenThousandEvents) {
  MergedChanges merged;
  for (int i = 1; i <= 10'003; ++i) merged.add(event(std::to_string(i)));
  EXPECT_EQ(merged.events.size(), 10'000U);
  EXPECT_EQ(merged.events.front().text, "4");
  EXPECT_EQ(merged.events.back().text, "10003");
}

TEST(MergedChanges, KeepsTheNewestNinetyDaysOfSpend) {
  MergedChanges merged;
  for (int i = 100; i < 200; ++i) merged.add(spend(1, "day " + std::to_string(i)));
  EXPECT_EQ(merged.spend.size(), 90U);
  EXPECT_EQ(merged.spend.begin()->first, "day 110");
}

TEST(MergedChanges, PutsLaterChangesAfterEarlierOnes) {
  MergedChanges merged;
  merged.add(belief("a/b", "1"));
  merged.add(event("first"));
  merged.add(spend(1));
  MergedChanges later;
  later.add(belief("a/b", "2"));
  later.add(event("second"));
  later.add(spend(2));
  merged.add(std::move(later));
  EXPECT_EQ(merged.beliefs.begin()->second, "2");
  EXPECT_EQ(merged.events.back().text, "second");
  EXPECT_EQ(merged.spend.at(kDay).at({"stream", "a/b"}), 3);
}

}  // namespace
}  // namespace together
