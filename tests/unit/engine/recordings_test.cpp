// The main job on what Together really sent: the recorded catalogue through the whole engine.
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/unit/engine/provider.h"

namespace together {
namespace {

using namespace std::chrono_literals;

const std::string kRecordings = std::string(TE_SOURCE_DIR) + "/../shared/data/together/";

std::string recorded(const std::string& name) {
  std::ifstream file(kRecordings + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

class Recordings : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kRecordings)) GTEST_SKIP() << "no recordings at " << kRecordings;
  }
  ManualClock clock_;
  RecordingStore store_;
};

TEST_F(Recordings, All281ModelsOfTheCatalogueAreExported) {
  World world(store_, clock_, "catalog: {export: all}\nstate: {path: \"\"}\n");
  world.provider.list = recorded("models_2026-08-17_full.json");
  world.pass(30s);
  std::size_t models = 0;
  std::istringstream lines(world.metrics());
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("together_model_info{")) ++models;
  }
  EXPECT_EQ(models, 281u);
  EXPECT_EQ(world.metric("together_catalog_models{list=\"all\",modality=\"chat\"}"), "171");
  EXPECT_EQ(world.metric("together_catalog_models{list=\"all\",modality=\"video\"}"), "38");
  EXPECT_EQ(world.metric("together_model_price_usd_per_token{model=\"meta-llama/"
                         "Llama-3.3-70B-Instruct-Turbo\",direction=\"input\"}"),
            "1.04e-06");
}

TEST_F(Recordings, TheCatalogueCutAnywhereRemovesNothing) {
  World world(store_, clock_, "models: [{id: openai/gpt-oss-120b}]\nstate: {path: \"\"}\n");
  const std::string whole = recorded("models_2026-08-17_full.json");
  world.provider.list = whole;
  world.pass(30s);
  ASSERT_EQ(world.state("openai/gpt-oss-120b"), "available");
  for (int i = 1; i < 40; ++i) {
    world.provider.list = whole.substr(0, whole.size() * static_cast<std::size_t>(i) / 40);
    world.pass(1min);
    ASSERT_EQ(world.state("openai/gpt-oss-120b"), "available");
    ASSERT_EQ(world.metric("together_model_listed{model=\"openai/gpt-oss-120b\",list=\"all\"}"),
              "1");
    ASSERT_EQ(world.metric("together_up"), "0");
  }
}

TEST_F(Recordings, ShapesOfPlainAnswersInTurnGiveNoFalseAlarm) {
  const auto samples = nlohmann::json::parse(recorded("chat_nonstream_samples.json"));
  World world(store_, clock_,
              "models: [{id: a/b, probes: [serving]}]\nstate: {path: \"\"}\nadaptive: false\n");
  const auto answer_with = [&](std::size_t i) {
    nlohmann::json body = samples.at(i % samples.size()).at("body");
    body["model"] = "a/b";
    world.provider.by_model["a/b"] = answer(200, body.dump());
    world.pass(5min);
  };
  for (std::size_t i = 0; i < 2 * 72; ++i) answer_with(i);  // twelve hours, six of them learning
  const std::string changes =
      "together_response_shape_changes_total{surface=\"serving\",model=\"a/b\"}";
  EXPECT_EQ(world.metric(changes), "0");
  nlohmann::json body = samples.at(0).at("body");
  body["model"] = "a/b";
  body["usage"]["audio_tokens"] = 0;
  world.provider.by_model["a/b"] = answer(200, body.dump());
  world.pass(5min);
  EXPECT_EQ(world.metric(changes), "1");
}

TEST_F(Recordings, ThePriceRiseBetweenTwoCataloguesIsFound) {
  World world(store_, clock_,
              "models: [{id: meta-llama/Llama-3.3-70B-Instruct-Turbo}, {id: openai/gpt-oss-120b}]\n"
              "state: {path: \"\"}\n");
  world.provider.list = recorded("models_2025-12-14.json");
  world.pass(30s);
  world.provider.list = recorded("models_2026-08-17_full.json");
  world.pass(40min);  // more than a tenth of the old list is gone: believed after half an hour
  EXPECT_EQ(world.metric("together_catalog_suspect{list=\"all\"}"), "0");
  const std::string model =
      "{model=\"meta-llama/Llama-3.3-70B-Instruct-Turbo\",direction=\"input\"";
  EXPECT_EQ(world.metric("together_model_previous_price_usd_per_token" + model + "}"), "8.8e-07");
  EXPECT_EQ(world.metric("together_model_price_usd_per_token" + model + "}"), "1.04e-06");
  EXPECT_EQ(world.metric("together_model_price_changes_total" + model + ",change=\"increase\"}"),
            "1");
  EXPECT_EQ(world.metric("together_model_price_changes_total{model=\"openai/gpt-oss-120b\","
                         "direction=\"input\",change=\"increase\"}"),
            "0");
}

}  // namespace
}  // namespace together
