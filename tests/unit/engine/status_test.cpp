#include "exporter/engine/status.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/unit/engine/provider.h"

namespace together {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;

class StatusTest : public testing::Test {
 protected:
  Json model(const std::string& id) const {
    const Json all = Json::parse(world_.slot.current()->pages.at("/api/v1/models").plain);
    for (const auto& one : all.at("data")) {
      if (one.at("id") == id) return one;
    }
    ADD_FAILURE() << "no model " << id;
    return {};
  }
  double value(const std::string& series) const { return std::stod(world_.metric(series)); }
  std::string page() const { return world_.slot.current()->pages.at("/").plain; }
  bool page_has(const std::string& text) const { return page().find(text) != std::string::npos; }

  ManualClock clock_;
  RecordingStore store_;
  World world_{store_, clock_,
               kTwoModels + "probes: {serving: {interval: 10s}, stream: {interval: 1m}}\n"};
};

TEST_F(StatusTest, RemembersTheNewestTwentyLooksOfTheAuthority) {
  world_.pass(5min);
  world_.provider.by_model["a/b"] = answer(404, kGone);
  world_.pass(30s);
  const Json outcomes = model("a/b").at("recent_outcomes");
  ASSERT_EQ(outcomes.size(), kRecentLooks);
  EXPECT_EQ(model("a/b").at("authority"), "serving");
  EXPECT_EQ(outcomes.front(), "ok");
  EXPECT_EQ(outcomes.back(), "not_found");
  EXPECT_TRUE(page_has("; the newest not_found.</title>"));
}

TEST_F(StatusTest, TellsTheRulesThatTheLastStreamBroke) {
  world_.provider.by_model["a/b"] = answer(200, kStream.substr(0, kStream.find("data: [DONE]")),
                                           {{"content-type", "text/event-stream"}});
  world_.pass(2min);
  bool has_stream = false;
  const Json asked = model("a/b");
  for (const auto& result : asked.at("probes")) {
    if (result.at("probe") != "stream") continue;
    has_stream = true;
    EXPECT_EQ(result.at("broken_rules"), std::vector<std::string>{"done_once_and_last"});
  }
  EXPECT_TRUE(has_stream);
  EXPECT_TRUE(page_has("<li>done_once_and_last</li>"));
}

TEST_F(StatusTest, TellsTheLastChangeOfAPrice) {
  world_.pass(2min);
  EXPECT_EQ(model("a/b").at("prices").at(0).at("last_change"), Json());
  world_.provider.list = R"([{"id":"a/b","type":"chat","pricing":{"input":1.1,"output":0.88}},
                             {"id":"c/d","type":"chat","pricing":{"input":0.15,"output":0.6}}])";
  world_.pass(2min);
  const Json price = model("a/b").at("prices").at(0);
  EXPECT_EQ(price.at("name"), "input");
  EXPECT_EQ(price.at("unit"), "million_tokens");
  EXPECT_EQ(price.at("usd"), 1.1);
  EXPECT_EQ(price.at("last_change").at("before_usd"), 0.88);
  EXPECT_EQ(price.at("last_change").at("after_usd"), 1.1);
  EXPECT_TRUE(page_has("input <b>rose</b> from $0.88 to $1.10"));
}

TEST_F(StatusTest, TellsWhatIsLeftOfTheBudgetAndWhatADayWillCost) {
  world_.pass(2min);
  const std::string page = this->page();
  const auto dollars_at = [&](const std::string& what) {
    const auto at = page.find("<dt>" + what + "</dt><dd>$");
    return at == std::string::npos ? -1 : std::stod(page.substr(at + what.size() + 15));
  };
  EXPECT_GT(dollars_at("Spent today (UTC)"), 0);
  EXPECT_NEAR(dollars_at("Left"), value("together_probe_budget_remaining_usd"), 1e-6);
  const double forecast = value("together_probe_forecast_usd_per_day{probe=\"serving\"}") +
                          value("together_probe_forecast_usd_per_day{probe=\"stream\"}");
  EXPECT_NEAR(dollars_at("Forecast"), forecast, forecast < 1 ? 1e-6 : 0.005);
}

TEST_F(StatusTest, SaysWhenAReloadFailed) {
  EXPECT_FALSE(page_has("TogetherConfigReloadFailed"));
  world_.engine().reload_failed();
  world_.pass(1s);
  EXPECT_TRUE(page_has("/alerts/runbooks/TogetherConfigReloadFailed.md"));
}

}  // namespace
}  // namespace together
