#include "exporter/web/api.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/unit/web/sample_view.h"

namespace together {
namespace {

TEST(RenderModelsJson, WritesOneModelInFull) {
  StatusView view = sample_view();
  view.models = {view.models[1]};
  EXPECT_EQ(
      render_models_json(view),
      R"({"status":"success","data":[{"id":"zai-org/GLM-5.1","state":"removed",)"
      R"("state_since":"2025-11-21T01:09:00Z","last_served":"2025-11-20T22:40:00Z",)"
      R"("reason":"non_serverless","fallbacks":[{"id":"zai-org/GLM-5.2","state":"available"},)"
      R"({"id":"moonshotai/Kimi-K3","state":"suspect"}],)"
      R"("retirements":[{"surface":"inference","date":"2025-11-20","days_left":-1,)"
      R"("source":"together","replacement":"zai-org/GLM-5.2","announced":"2025-11-04T09:40:00Z"}],)"
      R"("replacements":[],"successor":null,"did_you_mean":[],)"
      R"("price_usd_per_million_tokens":{"input":1.4,"output":4.4},)"
      R"("probes":[{"probe":"serving","outcome":"non_serverless",)"
      R"("detail":"status 400: Unable to access non-serverless model",)"
      R"("at":"2025-11-21T01:39:20Z","broken_rules":[]}],"prices":[],)"
      R"("fallbacks_available":1,"authority":null,"recent_outcomes":[]}]})"
      "\n");
}

TEST(RenderModelsJson, WritesNullForWhatIsNotKnown) {
  StatusView view;
  view.models = {{"m", "unknown", {}, {}, "", {}, {}, {}, {}}};
  EXPECT_EQ(render_models_json(view),
            R"({"status":"success","data":[{"id":"m","state":"unknown","state_since":null,)"
            R"("last_served":null,"reason":"","fallbacks":[],"retirements":[],"replacements":[],)"
            R"("successor":null,"did_you_mean":[],)"
            R"("price_usd_per_million_tokens":{"input":null,"output":null},"probes":[],)"
            R"("prices":[],"fallbacks_available":0,"authority":null,"recent_outcomes":[]}]})"
            "\n");
}

TEST(RenderModelsJson, TellsWhatBecomesOfAModel) {
  StatusView view;
  view.now = from_unix_seconds(1763689200);  // 2025-11-21T01:40:00Z
  view.models = {{"m", "available", {}, {}, "", {}, {}, {}, {}}};
  auto& model = view.models[0];
  model.retirements = {{"inference", parse_day("2025-12-03").value(), "together", "n", view.now},
                       {"fine_tuning", parse_day("2025-11-20").value(), "ours", "", {}}};
  model.replacements = {{"n", "together", "removed", 1.5, {}, 0.25}};
  model.successor = "o";
  model.nearest = {"k", "l"};
  const auto json = nlohmann::json::parse(render_models_json(view)).at("data").at(0);
  EXPECT_EQ(json.at("retirements"), nlohmann::json::parse(R"([
      {"surface":"inference","date":"2025-12-03","days_left":12,"source":"together",
       "replacement":"n","announced":"2025-11-21T01:40:00Z"},
      {"surface":"fine_tuning","date":"2025-11-20","days_left":-1,"source":"ours",
       "replacement":null,"announced":null}])"));
  EXPECT_EQ(json.at("replacements"), nlohmann::json::parse(R"([
      {"id":"n","source":"together","state":"removed","input_price_ratio":1.5,
       "output_price_ratio":null,"context_length_ratio":0.25}])"));
  EXPECT_EQ(json.at("successor"), "o");
  EXPECT_EQ(json.at("did_you_mean"), (std::vector<std::string>{"k", "l"}));
}

TEST(RenderModelsJson, TellsPricesRulesAndLooks) {
  StatusView view;
  const WallTime at = from_unix_seconds(1763689200);  // 2025-11-21T01:40:00Z
  view.models = {{"m", "available", {}, {}, "", {}, {}, {}, {{"stream", "ok", "", at, {"json"}}}}};
  auto& model = view.models[0];
  model.prices = {{"input", "million_tokens", 0.3, StatusView::PriceStep{0.2, 0.3, at}},
                  {"image", "image", {}, {}}};
  model.authority = "serving";
  model.recent_outcomes = {Outcome::kNotFound, Outcome::kOk};
  const auto json = nlohmann::json::parse(render_models_json(view)).at("data").at(0);
  EXPECT_EQ(json.at("probes").at(0).at("broken_rules"), std::vector<std::string>{"json"});
  EXPECT_EQ(json.at("prices"), nlohmann::json::parse(R"([
      {"name":"input","unit":"million_tokens","usd":0.3,"last_change":
       {"before_usd":0.2,"after_usd":0.3,"at":"2025-11-21T01:40:00Z"}},
      {"name":"image","unit":"image","usd":null,"last_change":null}])"));
  EXPECT_EQ(json.at("authority"), "serving");
  EXPECT_EQ(json.at("recent_outcomes"), (std::vector<std::string>{"not_found", "ok"}));
}

TEST(RenderModelsJson, PutsWhatNeedsAttentionFirst) {
  const auto json = nlohmann::json::parse(render_models_json(sample_view()));
  std::vector<std::string> states;
  for (const auto& model : json.at("data")) states.push_back(model.at("state"));
  EXPECT_EQ(states, (std::vector<std::string>{"removed", "blocked", "suspect", "unknown",
                                              "throttled", "available"}));
}

TEST(RenderModelsJson, SurvivesHostileTexts) {
  StatusView view;
  view.models = {
      {"\xFF\"\n<script>", "sta\xC0te", {}, {}, std::string(1 << 20, 'r'), {}, {}, {}, {}}};
  view.models[0].retirements = {{"\xFF", Day{}, "\xFF", "\xFF", {}}};
  view.models[0].replacements = {{"\xFF", "\xFF", "\xFF", {}, {}, {}}};
  view.models[0].successor = "\xFF";
  view.models[0].nearest = {"\xFF"};
  const auto json = nlohmann::json::parse(render_models_json(view));
  EXPECT_EQ(json["data"][0]["id"], "\uFFFD\"\n<script>");
  EXPECT_EQ(json["data"][0]["reason"].get<std::string>().size(), 1024u);
}

}  // namespace
}  // namespace together
