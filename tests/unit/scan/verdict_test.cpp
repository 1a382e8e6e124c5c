// What it means to find a model id.
#include "exporter/scan/verdict.h"

#include <gtest/gtest.h>

namespace together {
namespace {

using std::chrono::hours;

const Day kRemoval = *make_day(2026, 8, 21);
constexpr Duration kMonth = hours(30 * 24);

Verdict verdict(const std::string& state, std::optional<Day> removal, WallTime now) {
  return judge({.id = "a/b", .state = state, .removal = removal}, now, kMonth);
}

TEST(Verdict, RemovedAndBlockedAreGoneWhateverTheDateSays) {
  for (const std::string state : {"removed", "blocked"}) {
    EXPECT_EQ(verdict(state, std::nullopt, kRemoval), Verdict::kGone);
    EXPECT_EQ(verdict(state, kRemoval, kRemoval - hours(10000)), Verdict::kGone);
  }
}

TEST(Verdict, APassedDateIsOverdueOnlyWhereTheModelAnswers) {
  for (const std::string state : {"available", "redirected", "throttled"}) {
    EXPECT_EQ(verdict(state, kRemoval, kRemoval), Verdict::kOverdue) << state;
  }
  for (const std::string state : {"unknown", "down", "suspect"}) {
    EXPECT_EQ(verdict(state, kRemoval, kRemoval), Verdict::kGone) << state;
  }
}

TEST(Verdict, ADateWithinReachIsGoing) {
  for (const std::string state : {"available", "unknown", "down", "suspect", "redirected"}) {
    EXPECT_EQ(verdict(state, kRemoval, kRemoval - kMonth), Verdict::kGoing) << state;
    EXPECT_EQ(verdict(state, kRemoval, kRemoval - std::chrono::seconds(1)), Verdict::kGoing);
    EXPECT_EQ(verdict(state, kRemoval, kRemoval - kMonth - std::chrono::seconds(1)),
              Verdict::kFine);
  }
}

TEST(Verdict, WithoutADateNothingIsKnownAgainstAModel) {
  for (const std::string state : {"available", "unknown", "down", "suspect", "redirected"}) {
    EXPECT_EQ(verdict(state, std::nullopt, kRemoval), Verdict::kFine) << state;
  }
}

}  // namespace
}  // namespace together
