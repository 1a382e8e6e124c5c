// A restart shows what was believed, with its age, and not zeros.
#include <gtest/gtest.h>

#include "tests/unit/engine/provider.h"

namespace together {
namespace {

using namespace std::chrono_literals;

TEST(Restart, ShowsTheRestoredStateBeforeAnyLook) {
  ManualClock clock;
  RecordingStore store;
  std::string since;
  {
    World world(store, clock);
    world.pass(30s);
    world.provider.by_model["a/b"] = answer(404, kGone);
    world.pass(7min);
    ASSERT_EQ(world.state("a/b"), "removed");
    since = world.metric("together_model_state_since_timestamp_seconds{model=\"a/b\"}");
  }
  clock.advance(1min);
  World world(store, clock);
  EXPECT_EQ(world.metric("together_model_state{model=\"a/b\",state=\"removed\"}"), "1");
  EXPECT_EQ(world.metric("together_model_state_since_timestamp_seconds{model=\"a/b\"}"), since);
  EXPECT_EQ(world.metric("together_model_price_usd_per_token{model=\"a/b\",direction=\"input\"}"),
            "8.8e-07");
  EXPECT_EQ(world.metric("together_model_listed{model=\"a/b\",list=\"all\"}"), "1");
  EXPECT_TRUE(world.transport->requests.empty());
  EXPECT_EQ(world.metric("together_up"), "") << "not known before the first call";
}

TEST(Restart, RemembersCountsInTheMiddleOfARow) {
  ManualClock clock;
  RecordingStore store;
  {
    World world(store, clock);
    world.pass(30s);
    world.provider.by_model["a/b"] = answer(404, kGone);
    while (world.state("a/b") != "suspect") world.pass(1s);
  }
  World world(store, clock);
  EXPECT_EQ(world.state("a/b"), "suspect");
  world.provider.by_model["a/b"] = answer(404, kGone);
  while (world.engine().ledger().models().at("a/b").looks.absent_in_row < 3) world.pass(1s);
  world.pass(1min);
  EXPECT_EQ(world.state("a/b"), "removed");
}

TEST(Restart, AfterAKillWhatMayHaveBeenSpentCountsAsSpent) {
  ManualClock clock;
  RecordingStore store;
  RecordingStore killed;
  double left = 0;
  {
    World world(store, clock);
    world.pass(30s);
    killed = store;  // what the disk held at that moment, less what was still on its way
    killed.spend.clear();
    left = std::stod(world.metric("together_probe_budget_remaining_usd"));
  }
  ASSERT_LT(left, 1.0);
  World after(killed, clock);
  EXPECT_LE(std::stod(after.metric("together_probe_budget_remaining_usd")), left);
  World orderly(store, clock);
  EXPECT_DOUBLE_EQ(std::stod(orderly.metric("together_probe_budget_remaining_usd")), left);
}

TEST(Restart, AfterALongTimeTheStateIsUnknownAndTheLastAnswerIsNot) {
  ManualClock clock;
  RecordingStore store;
  std::string served;
  {
    World world(store, clock);
    world.pass(30s);
    served = world.metric("together_model_last_served_timestamp_seconds{model=\"a/b\"}");
    ASSERT_NE(served, "");
  }
  clock.advance(2h);
  World world(store, clock);
  EXPECT_EQ(world.state("a/b"), "unknown");
  EXPECT_EQ(world.metric("together_model_last_served_timestamp_seconds{model=\"a/b\"}"), served);
}

TEST(Restart, TheDaysSpendIsNotForgotten) {
  ManualClock clock;
  RecordingStore store;
  {
    World world(store, clock, kTwoModels + "budget: {usd_per_day: 0.01}\n");
    world.pass(1h);
  }
  World world(store, clock, kTwoModels + "budget: {usd_per_day: 0.01}\n");
  double spent = 0;
  for (const auto& entry : store.spend) spent += entry.usd;
  EXPECT_GT(spent, 0);
  EXPECT_NEAR(std::stod(world.metric("together_probe_budget_remaining_usd")), 0.01 - spent, 1e-12);
}

TEST(Restart, ARetryAfterIsNotForgotten) {
  ManualClock clock;
  RecordingStore store;
  {
    World world(store, clock);
    world.provider.by_model["a/b"] = answer(429, "{}", {{"retry-after", "1800"}});
    world.pass(30s);
  }
  World world(store, clock);
  world.pass(20min);
  for (const auto& request : world.transport->requests) {
    EXPECT_EQ(request.body.find("\"a/b\""), std::string::npos);
  }
}

TEST(Restart, ADatabaseThatCannotBeReadIsAnEvent) {
  ManualClock clock;
  RecordingStore store;
  store.not_restored = "nothing could be restored";
  World world(store, clock);
  ASSERT_EQ(store.events.size(), 1u);
  EXPECT_EQ(store.events[0].text, "nothing could be restored");
}

TEST(Restart, AMovedDatabaseIsAnEvent) {
  ManualClock clock;
  RecordingStore store;
  store.moved_aside = "state.db was damaged and is now state.db.corrupt";
  World world(store, clock);
  ASSERT_EQ(store.events.size(), 1u);
  EXPECT_EQ(store.events[0].kind, "store");
  EXPECT_EQ(store.events[0].text, "state.db was damaged and is now state.db.corrupt");
}

}  // namespace
}  // namespace together
