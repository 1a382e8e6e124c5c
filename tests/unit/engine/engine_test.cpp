// The whole path under a manual clock: what a provider does, and what a scrape says of it.
#include "exporter/engine/engine.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/unit/engine/provider.h"

namespace together {
namespace {

using namespace std::chrono_literals;

TEST_F(EngineTest, AHealthyModelIsAvailable) {
  world_.pass(30s);
  EXPECT_EQ(world_.state("a/b"), "available");
  EXPECT_EQ(world_.metric("together_up"), "1");
  EXPECT_EQ(world_.metric("together_model_available{model=\"a/b\"}"), "1");
  EXPECT_EQ(world_.metric("together_model_state{model=\"a/b\",state=\"available\"}"), "1");
  EXPECT_EQ(world_.metric("together_model_fallbacks_available{model=\"a/b\"}"), "1");
  EXPECT_EQ(world_.metric("together_model_price_usd_per_token{model=\"a/b\",direction=\"input\"}"),
            "8.8e-07");
  EXPECT_EQ(world_.metric("together_api_version_info{header=\"x-inference-version\",value=\"v2\"}"),
            "1");
  EXPECT_EQ(world_.metric("together_api_version_header_present{header=\"x-together-api-version\"}"),
            "0");
  EXPECT_TRUE(world_.slot.current()->ready);
}

TEST_F(EngineTest, IsNotReadyBeforeTheFirstCatalogueVerdict) {
  EXPECT_FALSE(world_.slot.current()->ready);
  world_.provider.everything = answer(500, "");
  world_.pass(30s);
  EXPECT_TRUE(world_.slot.current()->ready) << "a bad verdict is a verdict";
  EXPECT_EQ(world_.metric("together_up"), "0");
}

TEST_F(EngineTest, ARemovedModelIsSuspectAfterOneLookAndRemovedAfterThree) {
  world_.pass(30s);
  world_.provider.by_model["a/b"] = answer(404, kGone);
  std::vector<std::string> states{world_.state("a/b")};
  for (int i = 0; i < 10 * 60; ++i) {
    world_.pass(1s);
    if (world_.state("a/b") != states.back()) states.push_back(world_.state("a/b"));
  }
  EXPECT_EQ(states, (std::vector<std::string>{"available", "suspect", "removed"}));
  EXPECT_EQ(world_.metric("together_model_available{model=\"a/b\"}"), "0");
  EXPECT_EQ(world_.metric("together_model_unavailable_info{model=\"a/b\",reason=\"not_found\"}"),
            "1");
  EXPECT_EQ(world_.metric("together_model_state_changes_total{model=\"a/b\",state=\"removed\"}"),
            "1");
  EXPECT_EQ(world_.metric(
                "together_model_fallback_available{model=\"a/b\",fallback=\"c/d\",position=\"1\"}"),
            "1");
}

TEST_F(EngineTest, AConfirmedRemovalTakesThreeLooksAndNotMore) {
  world_.pass(30s);
  world_.provider.by_model["a/b"] = answer(404, kGone);
  world_.pass(10min);
  const auto& looks = world_.engine().ledger().models().at("a/b").looks;
  EXPECT_EQ(looks.absent_in_row, 3 + 1) << "three to confirm, then one an interval";
}

TEST_F(EngineTest, AnOutageOfAnHourRemovesNothing) {
  world_.pass(30s);
  const Exchange outages[] = {answer(500, R"({"error":{"message":"Internal server error"}})"),
                              answer(503, R"({"error":{"message":"Service unavailable"}})"),
                              answer(521, "error code: 521"),
                              answer(200, "<html>maintenance</html>"),
                              lost(TransportError::kTimeout),
                              lost(TransportError::kCutShort),
                              lost(TransportError::kConnect),
                              lost(TransportError::kDns),
                              lost(TransportError::kTls)};
  for (const auto& outage : outages) {
    world_.provider.everything = outage;
    for (int minute = 0; minute < 60; ++minute) {
      world_.pass(1min);
      ASSERT_NE(world_.state("a/b"), "removed");
      ASSERT_NE(world_.state("c/d"), "removed");
    }
    EXPECT_EQ(world_.state("a/b"), "unknown");
    EXPECT_EQ(world_.metric("together_model_available{model=\"a/b\"}"), "");
    world_.provider.everything.reset();
    world_.pass(6min);
    EXPECT_EQ(world_.state("a/b"), "available");
  }
}

TEST_F(EngineTest, NoModelIsCalledDownWhenTheProviderComesBack) {
  world_.pass(30s);
  world_.provider.everything = answer(503, "");
  world_.pass(20min);
  world_.provider.everything.reset();
  for (int i = 0; i < 600; ++i) {
    world_.pass(1s);
    ASSERT_NE(world_.state("a/b"), "down");
    ASSERT_NE(world_.state("c/d"), "down");
  }
}

TEST_F(EngineTest, ARejectedKeyIsUnknownForAllAndOneGate) {
  world_.pass(30s);
  world_.provider.everything =
      answer(401, R"({"error":{"message":"Invalid API key provided.","code":"invalid_api_key"}})");
  world_.pass(6min);
  EXPECT_EQ(world_.state("a/b"), "unknown");
  EXPECT_EQ(world_.state("c/d"), "unknown");
  EXPECT_EQ(world_.metric("together_gate_active{gate=\"key_rejected\"}"), "1");
  EXPECT_EQ(world_.metric("together_gate_active{gate=\"provider_outage\"}"), "0");
  EXPECT_EQ(world_.metric("together_model_available{model=\"a/b\"}"), "");
  world_.provider.everything.reset();
  world_.pass(6min);
  EXPECT_EQ(world_.state("a/b"), "available");
  EXPECT_EQ(world_.metric("together_gate_active{gate=\"key_rejected\"}"), "0");
}

TEST_F(EngineTest, ACreditLimitIsAGate) {
  world_.pass(30s);
  world_.provider.inference = answer(402, R"({"error":{"type":"credit_limit"}})");
  world_.pass(7min);
  EXPECT_EQ(world_.metric("together_gate_active{gate=\"spend_limited\"}"), "1");
  EXPECT_EQ(world_.state("a/b"), "unknown");
}

TEST_F(EngineTest, ThePriceRiseIsSeenWithItsOldValue) {
  world_.pass(30s);
  world_.provider.list =
      R"([{"id":"a/b","type":"chat","pricing":{"input":1.04,"output":0.88}},
          {"id":"c/d","type":"chat","pricing":{"input":0.15,"output":0.6}}])";
  world_.pass(2min);
  const std::string input = "{model=\"a/b\",direction=\"input\"}";
  EXPECT_EQ(world_.metric("together_model_price_usd_per_token" + input), "1.04e-06");
  EXPECT_EQ(world_.metric("together_model_previous_price_usd_per_token" + input), "8.8e-07");
  EXPECT_EQ(world_.metric("together_model_price_changes_total{model=\"a/"
                          "b\",direction=\"input\",change=\"increase\"}"),
            "1");
  EXPECT_EQ(world_.metric("together_model_price_changes_total{model=\"a/"
                          "b\",direction=\"output\",change=\"increase\"}"),
            "0");
}

TEST_F(EngineTest, RetryAfterIsHonoured) {
  world_.pass(30s);
  world_.provider.by_model["a/b"] = answer(429, "{}", {{"retry-after", "1800"}});
  world_.pass(6min);
  EXPECT_EQ(world_.state("a/b"), "throttled");
  const auto asked = [&] {
    return std::count_if(world_.transport->requests.begin(), world_.transport->requests.end(),
                         [](const Request& request) {
                           return request.body.find("\"a/b\"") != std::string::npos &&
                                  request.body.find("\"stream\":false") != std::string::npos;
                         });
  };
  const auto before = asked();
  world_.pass(20min);
  EXPECT_EQ(asked(), before);
  EXPECT_EQ(world_.metric("together_probe_skipped_total{probe=\"serving\",reason=\"retry_after\"}"),
            "1");
}

TEST(EngineBudget, PaidProbesStopAtTheBudgetAndFreeOnesGoOn) {
  ManualClock clock;
  RecordingStore store;
  World world(store, clock, kTwoModels + "budget: {usd_per_day: 0}\n");
  world.pass(10min);
  for (const auto& request : world.transport->requests) EXPECT_EQ(request.method, Method::kGet);
  EXPECT_FALSE(world.transport->requests.empty());
  EXPECT_NE(world.metric("together_probe_skipped_total{probe=\"serving\",reason=\"budget\"}"), "");
  EXPECT_EQ(world.state("a/b"), "unknown");
}

TEST_F(EngineTest, SpendIsCountedByUsage) {
  world_.pass(15s);
  const double usd = 9 * 0.88e-6 + 1 * 0.88e-6;
  EXPECT_DOUBLE_EQ(
      std::stod(world_.metric("together_probe_spend_usd_total{probe=\"serving\",model=\"a/b\"}")),
      usd);
  ASSERT_FALSE(store_.spend.empty());
  EXPECT_EQ(store_.spend[0].day, "2026-09-21");
}

TEST_F(EngineTest, AReloadIsAllOrNothing) {
  world_.pass(30s);
  world_.transport_error = "no key";
  const auto reloaded =
      world_.engine().reload(config_of("models: [{id: e/f}]\nstate: {path: \"\"}\n"));
  ASSERT_FALSE(reloaded);
  EXPECT_EQ(reloaded.error().message, "no key");
  world_.pass(2s);
  EXPECT_EQ(world_.state("a/b"), "available");
  EXPECT_EQ(world_.metric("together_exporter_config_last_reload_successful"), "0");

  world_.transport_error.clear();
  EXPECT_TRUE(world_.engine().reload(config_of("models: [{id: c/d}]\nstate: {path: \"\"}\n")));
  world_.pass(2s);
  EXPECT_EQ(world_.state("c/d"), "available") << "what was believed stays";
  EXPECT_EQ(world_.metrics().find("\"a/b\""), std::string::npos) << "what is gone leaves no series";
  EXPECT_EQ(world_.metric("together_exporter_config_last_reload_successful"), "1");
}

TEST_F(EngineTest, ADisabledProbeLeavesNoGauge) {
  world_.pass(30s);
  const std::string rule = "together_stream_rule_ok{model=\"a/b\",rule=\"json\"}";
  const std::string success = "together_probe_success{probe=\"stream\",model=\"a/b\"}";
  ASSERT_EQ(world_.metric(rule), "1");
  ASSERT_EQ(world_.metric(success), "1");
  ASSERT_TRUE(
      world_.engine().reload(config_of(kTwoModels + "probes: {stream: {enabled: false}}\n")));
  world_.pass(2s);
  EXPECT_EQ(world_.metric(rule), "");
  EXPECT_EQ(world_.metric(success), "");
  EXPECT_EQ(world_.metric("together_probe_success{probe=\"serving\",model=\"a/b\"}"), "1");
}

TEST_F(EngineTest, TheStatePathCannotChangeInFlight) {
  const auto reloaded = world_.engine().reload(config_of("state: {path: other.db}\n"));
  ASSERT_FALSE(reloaded);
  EXPECT_EQ(reloaded.error().message,
            "state.path cannot change while the exporter runs: restart it");
}

TEST_F(EngineTest, TellsThatNothingIsWritten) {
  store_.is_writable = false;
  world_.pass(10s);
  EXPECT_EQ(world_.metric("together_exporter_state_writable"), "0");
}

TEST(EnginePartialOutage, TheDeadAreDownAndTheOthersAvailable) {
  ManualClock clock;
  RecordingStore store;
  std::string yaml = "state: {path: \"\"}\nprobes: {stream: {enabled: false}}\nmodels:\n";
  for (int i = 0; i < 10; ++i) yaml += "  - {id: m/" + std::to_string(i) + "}\n";
  World world(store, clock, yaml);
  world.pass(1min);
  for (int i = 0; i < 6; ++i) world.provider.by_model["m/" + std::to_string(i)] = answer(503, "");
  world.pass(10min);
  const auto before = world.transport->requests.size();
  const double entered = std::stod(
      world.metric("together_model_state_changes_total{model=\"m/0\",state=\"available\"}"));
  for (int minute = 0; minute < 60; ++minute) {
    world.pass(1min);
    for (int i = 0; i < 10; ++i) {
      ASSERT_EQ(world.state("m/" + std::to_string(i)), i < 6 ? "down" : "available") << minute;
    }
  }
  EXPECT_EQ(std::stod(world.metric(
                "together_model_state_changes_total{model=\"m/0\",state=\"available\"}")),
            entered);
  EXPECT_LE(world.transport->requests.size() - before, 10u * 12 + 2 * 60 + 5) << "no flood";
}

TEST(EngineOffline, EndsWithoutACatalogueProbeToo) {
  ManualClock clock;
  RecordingStore store;
  World world(store, clock, kTwoModels + "probes: {catalog: {enabled: false}}\n");
  world.pass(1min);
  EXPECT_TRUE(world.slot.current()->ready);
  world.provider.everything = lost(TransportError::kDns);
  world.pass(20min);
  ASSERT_EQ(world.metric("together_gate_active{gate=\"offline\"}"), "1");
  world.provider.everything.reset();
  world.pass(6min);
  EXPECT_EQ(world.metric("together_gate_active{gate=\"offline\"}"), "0");
  EXPECT_EQ(world.state("a/b"), "available");
}

TEST_F(EngineTest, ARejectedKeyIsNotHammered) {
  world_.pass(30s);
  world_.provider.everything = answer(401, "{}");
  world_.pass(10min);
  const auto before = world_.transport->requests.size();
  world_.pass(1h);
  EXPECT_LE(world_.transport->requests.size() - before, 2u * 12 + 2 * 60 + 5);
}

TEST_F(EngineTest, AnImageModelIsNeverAskedToChatAtTheStart) {
  ManualClock clock;
  RecordingStore store;
  World world(store, clock, "models: [{id: e/picture}]\nstate: {path: \"\"}\n");
  world.provider.list = R"([{"id":"e/picture","type":"image"}])";
  world.pass(10min);
  for (const auto& request : world.transport->requests) {
    EXPECT_EQ(request.path.find("/chat/"), std::string::npos) << request.path;
  }
}

std::size_t looks_at(const World& world, const std::string& what) {
  return static_cast<std::size_t>(std::count_if(
      world.transport->requests.begin(), world.transport->requests.end(),
      [&](const Request& request) { return request.body.find(what) != std::string::npos; }));
}

TEST_F(EngineTest, WhatIsLongWellIsLookedAtLessOften) {
  world_.pass(3h);
  EXPECT_EQ(world_.metric("together_probe_interval_seconds{probe=\"serving\",model=\"a/b\"}"),
            "3600");
  const auto before = looks_at(world_, "\"max_tokens\":1,");
  world_.pass(3h);
  EXPECT_EQ(looks_at(world_, "\"max_tokens\":1,") - before, 6U) << "two models, an hour apart";
  EXPECT_EQ(world_.state("a/b"), "available") << "its evidence lasts as long";
}
TEST_F(EngineTest, WhatIsOddIsLookedAtSoonAgain) {
  world_.pass(6h);
  world_.provider.by_model["a/b"] = answer(503, "{}");
  world_.pass(70min);
  EXPECT_EQ(world_.state("a/b"), "down");
  EXPECT_EQ(world_.metric("together_probe_interval_seconds{probe=\"serving\",model=\"a/b\"}"),
            "300");
  EXPECT_EQ(world_.metric("together_probe_interval_seconds{probe=\"serving\",model=\"c/d\"}"),
            "3600");
}
TEST_F(EngineTest, AStretchedPaceOutlivesARestart) {
  world_.pass(6h);
  World after(store_, clock_);
  EXPECT_EQ(after.state("a/b"), "available") << "evidence of an hour ago is not old";
}
TEST(Engine, AModelWithoutAnAuthorityKeepsItsPaceAndItsState) {
  ManualClock clock;
  RecordingStore store;
  World world(store, clock, "models: [{id: a/b, probes: [stream]}]\nstate: {path: \"\"}\n");
  world.pass(30s);
  for (int i = 0; i < 12; ++i) {
    world.pass(1h);
    ASSERT_EQ(world.state("a/b"), "available");
  }
}
TEST(Engine, AFreePictureThatWasDrawnIsBookedAndNotAskedForAgainThatDay) {
  ManualClock clock;
  RecordingStore store;
  World world(store, clock, "models: [{id: e/picture}]\nstate: {path: \"\"}\n");
  world.provider.list =
      R"([{"id":"e/picture","type":"image","pricing":{"image":{"example_price":0.03}}}])";
  world.provider.by_model["e/picture"] =
      answer(200, R"({"id":"x","object":"list","data":[{"index":0,"url":"https://x.example/1"}]})");
  world.pass(3h);
  EXPECT_EQ(world.metric("together_probe_spend_usd_total{probe=\"image\",model=\"e/picture\"}"),
            "0.03");
  EXPECT_EQ(looks_at(world, "e/picture"), 1U);
}
TEST(Engine, AdaptiveLookingIsOffByOneLine) {
  ManualClock clock;
  RecordingStore store;
  World world(store, clock, kTwoModels + "adaptive: false\n");
  world.pass(3h);
  EXPECT_EQ(world.metric("together_probe_interval_seconds{probe=\"serving\",model=\"a/b\"}"),
            "300");
}
TEST(Engine, AConfiguredIntervalIsKept) {
  ManualClock clock;
  RecordingStore store;
  World world(store, clock, kTwoModels + "probes: {serving: {interval: 2m}}\n");
  world.pass(3h);
  EXPECT_EQ(world.metric("together_probe_interval_seconds{probe=\"serving\",model=\"a/b\"}"),
            "120");
}
TEST(Engine, WhereMoneyIsShortTheCostliestYield) {
  ManualClock clock;
  RecordingStore store;
  World world(store, clock, kTwoModels + "adaptive: false\nbudget: {usd_per_day: 0.01}\n");
  world.pass(1min);
  const auto interval = [&](const std::string& probe, const std::string& model) {
    return std::stod(world.metric("together_probe_interval_seconds{probe=\"" + probe +
                                  "\",model=\"" + model + "\"}"));
  };
  EXPECT_GT(interval("serving", "a/b"), interval("serving", "c/d"));
  EXPECT_EQ(interval("catalog", ""), 60);
  world.pass(24h);
  EXPECT_EQ(world.metric("together_probe_skipped_total{probe=\"serving\",reason=\"budget\"}"), "");
}

TEST(EngineExport, TheWholeCatalogueWhereAsked) {
  ManualClock clock;
  RecordingStore store;
  World world(store, clock,
              "models: [{id: a/b}]\ncatalog: {export: all, max_models: 1}\nstate: {path: \"\"}\n");
  world.pass(30s);
  EXPECT_EQ(world.metric("together_exporter_models_dropped"), "1");
  EXPECT_EQ(world.metrics().find("model=\"c/d\""), std::string::npos);
}

}  // namespace
}  // namespace together
