#include "exporter/ledger/beliefs.h"

#include <gtest/gtest.h>

namespace together {
namespace {

WallTime at(int seconds) { return WallTime(std::chrono::seconds(seconds)); }

ModelBelief lived() {
  ModelBelief model;
  model.watched.id = "a/b";
  model.entry = {"a/b", Modality::kChat, "Org", "B", 131072};
  model.ever_listed = true;
  fold(model.looks, {Look::kServed, "", true}, at(100));
  fold(model.looks, {Look::kNotFound, "", true}, at(200));
  model.account_worked = true;
  fold(model.prices, {"a/b", {0.88e-6, 0.88e-6, {}}, {{"image", 0.04}}}, at(1));
  fold(model.prices, {"a/b", {1.04e-6, 1.04e-6, {}}, {{"image", 0.04}}}, at(2));
  fold(model.prices, {"a/b", {1.04e-6, {}, {}}, {{"image", 0.05}}}, at(3));
  model.beyond_policy = {"c/d"};
  model.state = ModelState::kSuspect;
  model.state_since = at(200);
  return model;
}

TEST(ModelBelief, SurvivesTheStore) {
  const ModelBelief before = lived();
  ModelBelief after;
  after.watched.id = "a/b";
  ASSERT_TRUE(read_model_belief(model_belief(before).json, after));
  EXPECT_EQ(after.entry, before.entry);
  EXPECT_TRUE(after.ever_listed);
  EXPECT_EQ(after.looks.absent_in_row, 1);
  EXPECT_EQ(after.looks.absent_since, at(200));
  EXPECT_EQ(after.looks.last_served, at(100));
  EXPECT_EQ(after.looks.last_bad, Look::kNotFound);
  EXPECT_TRUE(after.account_worked);
  EXPECT_EQ(after.prices.per_token[0].previous, 0.88e-6);
  EXPECT_EQ(after.prices.per_token[0].current, 1.04e-6);
  EXPECT_EQ(after.prices.per_token[0].changed_at, at(2));
  EXPECT_EQ(after.prices.per_unit.at("image").previous, 0.04);
  EXPECT_EQ(after.prices.per_unit.at("image").current, 0.05);
  EXPECT_EQ(after.prices.per_unit.at("image").changed_at, at(3));
  EXPECT_EQ(after.prices.faulty,
            (std::map<std::string, PriceFault>{{"output", PriceFault::kVanished}}));
  EXPECT_EQ(after.beyond_policy, std::set<std::string>{"c/d"});
  EXPECT_EQ(after.state, ModelState::kSuspect);
  EXPECT_EQ(after.state_since, at(200));
}
TEST(CatalogPricesBelief, OfAnEarlierVersionHasTodaysUnitPrices) {
  const std::string none = R"({"current":null,"last":null,"previous":null,"changed_at":null})";
  const auto prices = read_catalog_prices_belief(
      R"({"a/b":{"seen":true,"per_unit":[{"unit":"image","usd":0.04}],"per_token":[)" + none + "," +
      none + "," + none + "]}}");
  ASSERT_TRUE(prices);
  EXPECT_EQ(prices->at("a/b").per_unit.at("image").current, 0.04);
  EXPECT_EQ(prices->at("a/b").per_unit.at("image").last, 0.04);
}
TEST(ModelBelief, BadBytesDoNotThrow) {
  ModelBelief model = lived();
  model.looks.served_model = "\xFF\xFE";
  ModelBelief after;
  EXPECT_TRUE(read_model_belief(model_belief(model).json, after));
}
TEST(ModelBelief, EveryCutLeavesTheTargetAlone) {
  const std::string json = model_belief(lived()).json;
  for (std::size_t cut = 0; cut < json.size(); ++cut) {
    ModelBelief after;
    after.watched.id = "kept";
    EXPECT_FALSE(read_model_belief(json.substr(0, cut), after)) << cut;
    EXPECT_EQ(after.watched.id, "kept");
  }
}
TEST(ModelBelief, AForeignStateIsRefused) {
  std::string json = model_belief(lived()).json;
  const auto place = json.find("\"state\":");
  json.replace(place, 9, "\"state\":99");
  ModelBelief after;
  EXPECT_FALSE(read_model_belief(json, after));
}
TEST(CatalogBelief, SurvivesTheStore) {
  CatalogList list;
  list.restore({{"a/b", Modality::kImage, "O", "", {}}, {"c/d", Modality::kChat, "", "D", 4096}},
               at(5));
  const auto entries = read_catalog_belief(catalog_belief("all", list).json);
  ASSERT_TRUE(entries);
  ASSERT_EQ(entries->size(), 2u);
  EXPECT_EQ((*entries)[1].context_length, 4096);
  EXPECT_EQ(read_catalog_time_belief(catalog_time_belief("all", at(5)).json), at(5));
}
TEST(CatalogBelief, WhatIsNotOursIsNothing) {
  EXPECT_FALSE(read_catalog_belief("{\"a\":1}"));
  EXPECT_FALSE(read_catalog_belief("no json"));
  EXPECT_FALSE(read_catalog_time_belief("[]"));
}
TEST(HeaderBelief, SurvivesTheStore) {
  const auto stored =
      read_header_belief(header_belief("x-inference-version", "serving", {true, "v2"}).json);
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->header, "x-inference-version");
  EXPECT_EQ(stored->surface, "serving");
  EXPECT_EQ(stored->seen.value, "v2");
}

}  // namespace
}  // namespace together
