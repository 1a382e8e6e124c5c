#include "exporter/schedule/plan.h"

#include <set>

#include <gtest/gtest.h>

namespace together {
namespace {

using namespace std::chrono_literals;

const MonoTime kStart{1000h};
const JobKey kJob{"serving", "a/b", ""};

Plan plan_of(std::vector<JobSpec> jobs) {
  Plan plan;
  plan.set_jobs(jobs, kStart);
  return plan;
}

TEST(Plan, TheFirstLookComesWithinTenSeconds) {
  Plan plan = plan_of({{kJob, 5min}});
  EXPECT_EQ(plan.take_due(kStart + 10s).size(), 1u);
}
TEST(Plan, LooksOnceAnInterval) {
  Plan plan = plan_of({{kJob, 5min}});
  int looks = 0;
  for (MonoTime now = kStart; now < kStart + 1h; now += 1s) {
    for (const auto& due : plan.take_due(now)) {
      plan.finished(due.key, now);
      ++looks;
    }
  }
  EXPECT_GE(looks, 12);
  EXPECT_LE(looks, 14);  // the first one comes early
}
TEST(Plan, SpreadsAFleetOverTheInterval) {
  std::vector<JobSpec> jobs;
  for (int i = 0; i < 600; ++i) jobs.push_back({{"serving", "m/" + std::to_string(i), ""}, 5min});
  Plan plan = plan_of(jobs);
  for (const auto& due : plan.take_due(kStart + 10s)) plan.finished(due.key, kStart + 10s);
  std::size_t most = 0;
  for (MonoTime now = kStart + 11s; now < kStart + 10s + 5min; now += 1s) {
    const auto due = plan.take_due(now);
    most = std::max(most, due.size());
    for (const auto& job : due) plan.finished(job.key, now);
  }
  EXPECT_LE(most, 12u);  // 2 a second on average
}
TEST(Plan, KeepsItsPhaseWhateverTheDelay) {
  Plan plan = plan_of({{kJob, 5min}});
  plan.take_due(kStart + 10s);
  plan.finished(kJob, kStart + 10s);
  const MonoTime first = plan.next_due().value();
  plan.take_due(first + 7s);
  plan.finished(kJob, first + 9s);
  EXPECT_EQ(plan.next_due().value(), first + 5min);
}
TEST(Plan, MissedTimesAreNotMadeUp) {
  Plan plan = plan_of({{kJob, 1min}});
  plan.take_due(kStart + 10s);
  plan.finished(kJob, kStart + 10s);
  const MonoTime late = kStart + 1h;
  EXPECT_EQ(plan.take_due(late).size(), 1u);
  plan.finished(kJob, late);
  EXPECT_TRUE(plan.take_due(late).empty());
}
TEST(Plan, NeverRunsAJobTwiceAtOnce) {
  Plan plan = plan_of({{kJob, 1min}});
  EXPECT_EQ(plan.take_due(kStart + 10s).size(), 1u);
  EXPECT_TRUE(plan.take_due(kStart + 10min).empty());
  EXPECT_FALSE(plan.next_due());
}
TEST(Plan, LooksSoonerWhenAsked) {
  Plan plan = plan_of({{kJob, 5min}});
  plan.take_due(kStart + 10s);
  plan.finished(kJob, kStart + 10s);
  plan.sooner("serving", "a/b", kStart + 11s);
  EXPECT_EQ(plan.next_due(), kStart + 11s);
}
TEST(Plan, SoonerNeverMeansLater) {
  Plan plan = plan_of({{kJob, 5min}});
  const MonoTime due = plan.next_due().value();
  plan.sooner("serving", "a/b", kStart + 1h);
  EXPECT_EQ(plan.next_due(), due);
}
TEST(Plan, RemembersAWishWhileRunning) {
  Plan plan = plan_of({{kJob, 5min}});
  plan.take_due(kStart + 10s);
  plan.sooner("serving", "a/b", kStart + 40s);
  plan.finished(kJob, kStart + 12s);
  EXPECT_EQ(plan.next_due(), kStart + 40s);
}
TEST(Plan, HonoursRetryAfterEvenWhenAskedSooner) {
  Plan plan = plan_of({{kJob, 1min}});
  plan.take_due(kStart + 10s);
  plan.finished(kJob, kStart + 10s, kStart + 10min);
  plan.sooner("serving", "a/b", kStart + 11s);
  EXPECT_EQ(plan.next_due(), kStart + 10min);
}
TEST(Plan, HonoursRetryAfterThroughAChangeOfInterval) {
  Plan plan = plan_of({{kJob, 5min}});
  plan.take_due(kStart + 10s);
  EXPECT_TRUE(plan.finished(kJob, kStart + 10s, kStart + 1h));
  plan.set_jobs({{kJob, 1min}}, kStart + 20s);
  EXPECT_EQ(plan.next_due(), kStart + 1h);
}
TEST(Plan, TellsWhetherATurnWasPassedOver) {
  Plan plan = plan_of({{kJob, 5min}});
  plan.take_due(kStart + 10s);
  EXPECT_FALSE(plan.finished(kJob, kStart + 10s, kStart + 12s));
}
TEST(Plan, HoldsWhatARestartRemembers) {
  Plan plan = plan_of({{kJob, 1min}});
  plan.hold(kJob, kStart + 10min);
  EXPECT_TRUE(plan.take_due(kStart + 9min).empty());
  EXPECT_EQ(plan.take_due(kStart + 10min).size(), 1u);
}
TEST(Plan, JobsThatStayKeepTheirTimes) {
  Plan plan = plan_of({{kJob, 5min}});
  plan.take_due(kStart + 10s);
  plan.finished(kJob, kStart + 10s);
  const MonoTime due = plan.next_due().value();
  plan.set_jobs({{kJob, 5min}, {{"catalog", "", "all"}, 1min}}, kStart + 20s);
  EXPECT_EQ(plan.size(), 2u);
  plan.set_jobs({{kJob, 5min}}, kStart + 30s);
  EXPECT_EQ(plan.next_due(), due);
}
TEST(Plan, ARunningJobThatIsGoneFinishesUnheard) {
  Plan plan = plan_of({{kJob, 5min}});
  plan.take_due(kStart + 10s);
  plan.set_jobs({}, kStart + 11s);
  plan.finished(kJob, kStart + 12s);
  EXPECT_EQ(plan.size(), 0u);
}
TEST(Plan, TellsHowLateALookIs) {
  Plan plan = plan_of({{kJob, 5min}});
  const MonoTime due = plan.next_due().value();
  EXPECT_EQ(plan.take_due(due + 3s).at(0).late, Duration(3s));
}

}  // namespace
}  // namespace together
