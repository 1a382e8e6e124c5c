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
      R"("price_usd_per_million_tokens":{"input":1.4,"output":4.4},)"
      R"("probes":[{"probe":"serving","outcome":"non_serverless",)"
      R"("detail":"status 400: Unable to access non-serverless model",)"
      R"("at":"2025-11-21T01:39:20Z"}]}]})"
      "\n");
}

TEST(RenderModelsJson, WritesNullForWhatIsNotKnown) {
  StatusView view;
  view.models = {{"m", "unknown", {}, {}, "", {}, {}, {}, {}}};
  EXPECT_EQ(render_models_json(view),
            R"({"status":"success","data":[{"id":"m","state":"unknown","state_since":null,)"
            R"("last_served":null,"reason":"","fallbacks":[],)"
            R"("price_usd_per_million_tokens":{"input":null,"output":null},"probes":[]}]})"
            "\n");
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
  const auto json = nlohmann::json::parse(render_models_json(view));
  EXPECT_EQ(json["data"][0]["id"], "\uFFFD\"\n<script>");
  EXPECT_EQ(json["data"][0]["reason"].get<std::string>().size(), 1024u);
}

TEST(RenderEventsJson, WritesEachEvent) {
  StatusView view;
  view.events = {{7, from_unix_seconds(1763689200), "state", "m", "It is gone."}};
  EXPECT_EQ(render_events_json(view),
            R"({"status":"success","data":[{"at":"2025-11-21T01:40:00Z","kind":"state",)"
            R"("model":"m","text":"It is gone."}]})"
            "\n");
}

TEST(RenderEventsJson, IsAnEmptyListWithoutEvents) {
  EXPECT_EQ(render_events_json({}), "{\"status\":\"success\",\"data\":[]}\n");
}

}  // namespace
}  // namespace together
