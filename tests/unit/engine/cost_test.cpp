// What prices and workloads look like on the page.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/unit/engine/provider.h"

namespace together {
namespace {

using namespace std::chrono_literals;

std::string list_of(const std::string& a_b, const std::string& c_d) {
  return R"([{"id":"a/b","type":"chat","pricing":)" + a_b +
         R"(},{"id":"c/d","type":"chat","pricing":)" + c_d +
         R"(},{"id":"f/image","type":"image","pricing":{"image":{"example_price":0.04}}}])";
}

const std::string kRecordings = std::string(TE_SOURCE_DIR) + "/../shared/data/together/";
const std::string kFaults = "together_model_price_faults_total{model=\"a/b\",fault=";

TEST_F(EngineTest, AUnitPriceThatFallsIsSeenWithItsOldValue) {
  ASSERT_TRUE(world_.engine().reload(config_of("models: [{id: f/image}]\nstate: {path: \"\"}\n")));
  world_.provider.list = list_of("{}", "{}");
  world_.pass(2min);
  world_.provider.list.replace(world_.provider.list.find("0.04"), 4, "0.03");
  world_.pass(2min);
  const std::string image = "{model=\"f/image\",unit=\"image\"";
  EXPECT_EQ(world_.metric("together_model_price_usd" + image + "}"), "0.03");
  EXPECT_EQ(world_.metric("together_model_previous_price_usd" + image + "}"), "0.04");
  EXPECT_EQ(
      world_.metric("together_model_unit_price_changes_total" + image + ",change=\"decrease\"}"),
      "1");
  EXPECT_EQ(
      world_.metric("together_model_unit_price_changes_total" + image + ",change=\"increase\"}"),
      "0");
  EXPECT_NE(world_.metric("together_model_unit_price_last_change_timestamp_seconds" + image + "}"),
            "");
}

TEST_F(EngineTest, ACatalogueFaultIsCountedAndNoPriceChange) {
  const std::string good = R"({"input":1,"output":1})";
  world_.provider.list = list_of(good, good);
  world_.pass(2min);
  EXPECT_EQ(world_.metric(kFaults + "\"vanished\"}"), "0");
  world_.provider.list = list_of(R"({"input":0,"output":0})", good);
  world_.pass(5min);
  EXPECT_EQ(world_.metric(kFaults + "\"vanished\"}"), "1");
  world_.provider.list = list_of(good, good);
  world_.pass(5min);
  EXPECT_EQ(world_.metric(kFaults + "\"returned\"}"), "1");
  world_.provider.list = list_of(R"({"input":{"usd":1},"output":-1})", good);
  world_.pass(5min);
  EXPECT_EQ(world_.metric(kFaults + "\"kind\"}"), "1");
  EXPECT_EQ(world_.metric(kFaults + "\"unreadable\"}"), "1");
  EXPECT_EQ(world_.metric(kFaults + "\"vanished\"}"), "1");
  const std::string input = "{model=\"a/b\",direction=\"input\"";
  EXPECT_EQ(world_.metric("together_model_price_changes_total" + input + ",change=\"increase\"}"),
            "0");
  EXPECT_EQ(world_.metric("together_model_price_changes_total" + input + ",change=\"decrease\"}"),
            "0");
}

TEST_F(EngineTest, ARedirectHasAPriceRatio) {
  world_.pass(2min);
  EXPECT_EQ(world_.metrics().find("together_model_redirect_price_ratio"), std::string::npos);
  world_.provider.by_model["a/b"] = answer(
      200,
      R"({"model":"c/d","choices":[{"message":{"content":"Hi"}}],"usage":{"prompt_tokens":9,"completion_tokens":1,"total_tokens":10}})");
  world_.provider.list = list_of(R"({"input":1,"output":1})", R"({"input":1.25,"output":0.5})");
  world_.pass(10min);
  ASSERT_EQ(world_.state("a/b"), "redirected");
  const std::string to = "together_model_redirect_price_ratio{model=\"a/b\",to=\"c/d\",direction=";
  EXPECT_DOUBLE_EQ(std::stod(world_.metric(to + "\"input\"}")), 1.25);
  EXPECT_EQ(world_.metric(to + "\"output\"}"), "0.5");
}

/// A recorded list, as the ledger is told of it.
std::vector<Observation> recorded(const std::string& name, WallTime at) {
  std::ifstream file(kRecordings + name);
  std::stringstream text;
  text << file.rdbuf();
  std::vector<Observation> seen;
  for (const char* probe : {"catalog", "pricing"}) {
    const auto type = std::find_if(probe_types().begin(), probe_types().end(),
                                   [&](const ProbeType& t) { return t.info.name == probe; });
    const Target all{"", "all", Modality::kUnknown, {}};
    seen.push_back(type->make({Settings(type->info.settings), {}, {}})
                       ->judge(all, answer(200, text.str()), "catalog"));
    seen.back().probe = probe;
    seen.back().target = all;
    seen.back().at = at;
  }
  return seen;
}

TEST(RecordedPrices, AFaultOfTheCatalogueIsOneEventAndRealChangesAreTheirOwn) {
  if (!std::filesystem::exists(kRecordings)) GTEST_SKIP() << "no recordings at " << kRecordings;
  const std::vector<std::string> ids{"meta-llama/Llama-3.3-70B-Instruct-Turbo",
                                     "Qwen/Qwen2.5-72B-Instruct-Turbo"};
  std::vector<WatchedModel> watched;
  for (const auto& id : ids) watched.push_back({.id = id, .tracked = true});
  WallTime now = from_unix_seconds(1'790'000'000);
  Ledger ledger(LedgerSettings{}, watched, now);
  std::vector<std::string> told;
  for (const char* name : {"models_2025-12-14.json", "models_2026-03-20.json",
                           "models_2026-06-22.json", "models_2026-08-17_full.json"}) {
    for (int i = 0; i < 4; ++i) {  // a list that lost much must say so for half an hour
      now += 15min;
      for (const auto& event : ledger.apply(recorded(name, now), now).changes.events) {
        if (event.kind.starts_with("price")) told.push_back(event.kind + ": " + event.text);
      }
    }
  }
  const std::string rise = "price: \"meta-llama/Llama-3.3-70B-Instruct-Turbo\" changed its price: ";
  EXPECT_EQ(
      told,
      (std::vector<std::string>{
          "price_fault: a fault of the model list: prices of 12 of 271 models are gone, 1 of them "
          "watched",
          rise + "input 0.88 -> 1.04 USD per million tokens, +18 %",
          rise + "output 0.88 -> 1.04 USD per million tokens, +18 %",
          "price_fault: a fault of the model list: of \"Qwen/Qwen2.5-72B-Instruct-Turbo\" the "
          "prices \"input\", \"output\" are back"}));
}

/// One workload that reads its input from Prometheus and knows its output.
class WorkloadTest : public testing::Test {
 protected:
  static std::string config(const std::string& query) {
    return kTwoModels + "prometheus_url: http://127.0.0.1:9090\nworkloads:\n" +
           "  - {name: bot, model: a/b, output_tokens_per_day: 1e6, query: {input: \"" + query +
           "\"}}\n";
  }
  void says(const std::string& expression, const std::string& number) {
    const std::string url = "http://127.0.0.1:9090/api/v1/query?query=" + expression;
    numbers_[url] = number;
    world_.provider.elsewhere = [this](const std::string& asked) {
      if (!numbers_.contains(asked)) return answer(400, "");
      return answer(200, R"({"status":"success","data":{"resultType":"vector","result":[)"
                         R"({"metric":{},"value":[1,")" +
                             numbers_.at(asked) + R"("]}]}})");
    };
  }
  std::string tokens(const std::string& direction) {
    return world_.metric("together_workload_tokens_per_day{workload=\"bot\",direction=\"" +
                         direction + "\"}");
  }
  std::string cost() {
    return world_.metric(
        "together_workload_cost_usd_per_day{workload=\"bot\",model=\"a/b\",pricing=\"current\"}");
  }

  std::map<std::string, std::string> numbers_;
  ManualClock clock_;
  RecordingStore store_;
  World world_{store_, clock_, config("one")};
};

TEST_F(WorkloadTest, TakesWhatPrometheusSays) {
  says("one", "2e6");
  world_.pass(6min);
  EXPECT_EQ(tokens("input"), "2e+06");
  EXPECT_EQ(tokens("output"), "1e+06");
  EXPECT_EQ(tokens("cached_input"), "0");
  EXPECT_EQ(cost(), "2.64") << "three million tokens at 0.88 USD a million";
  EXPECT_EQ(world_.metric("together_probe_success{probe=\"workload\",model=\"\"}"), "1");
}

TEST_F(WorkloadTest, IsUnknownBeforePrometheusAnswers) {
  world_.provider.elsewhere = [](const std::string&) { return lost(TransportError::kConnect); };
  world_.pass(6min);
  EXPECT_EQ(tokens("input"), "");
  EXPECT_EQ(tokens("output"), "1e+06");
  EXPECT_EQ(cost(), "");
  EXPECT_EQ(world_.metric("together_probe_success{probe=\"workload\",model=\"\"}"), "0");
  EXPECT_EQ(world_.state("a/b"), "available") << "Prometheus says nothing of the account";
  EXPECT_EQ(world_.metric("together_gate_active{gate=\"offline\"}"), "0");
}

TEST_F(WorkloadTest, OutlivesThreeIntervalsAndNoMore) {
  says("one", "2e6");
  world_.pass(6min);
  const std::string success =
      "together_workload_query_last_success_timestamp_seconds{workload=\"bot\",direction="
      "\"input\"}";
  const std::string at = world_.metric(success);
  ASSERT_NE(at, "");
  says("one", "NaN");
  world_.pass(8min);
  EXPECT_EQ(cost(), "2.64");
  world_.pass(10min);
  EXPECT_EQ(cost(), "");
  EXPECT_EQ(tokens("input"), "");
  EXPECT_NE(world_.metric(success), "") << "it says since when";
  says("one", "1e6");
  world_.pass(6min);
  EXPECT_EQ(cost(), "1.76");
}

TEST_F(WorkloadTest, AskedAnotherQueryForgetsTheOldAnswer) {
  says("one", "2e6");
  world_.pass(6min);
  world_.provider.elsewhere = [](const std::string&) { return answer(503, ""); };
  ASSERT_TRUE(world_.engine().reload(config_of(config("two"))));
  world_.pass(1s);
  EXPECT_EQ(cost(), "");
  says("two", "5e6");
  world_.pass(6min);
  EXPECT_EQ(tokens("input"), "5e+06");
}

}  // namespace
}  // namespace together
