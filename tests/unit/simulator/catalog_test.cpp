#include "simulator/catalog.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace together::simulator {
namespace {

int count_if(const std::vector<Model>& models, bool (*test)(const Model&)) {
  int n = 0;
  for (const auto& model : models) n += test(model) ? 1 : 0;
  return n;
}

TEST(Catalog, HasTheRecordedNumberOfEachModality) {
  std::map<std::string, int> kinds;
  for (const auto& model : generate_catalog(1)) ++kinds[model.kind];
  const std::map<std::string, int> expected{
      {"chat", 171},     {"video", 38},    {"image", 30}, {"audio", 15}, {"language", 14},
      {"transcribe", 7}, {"embedding", 2}, {"rerank", 2}, {"code", 1},   {"moderation", 1}};
  EXPECT_EQ(kinds, expected);
}

TEST(Catalog, Has102ServerlessModels) {
  EXPECT_EQ(count_if(generate_catalog(1), [](const Model& m) { return m.serverless; }), 102);
}

TEST(Catalog, IdsAreUniqueForManySeeds) {
  for (const std::uint64_t seed : {1U, 2U, 3U, 99U}) {
    std::set<std::string> ids;
    for (const auto& model : generate_catalog(seed)) ids.insert(model.id);
    EXPECT_EQ(ids.size(), 281U) << "seed " << seed;
  }
}

TEST(Catalog, SameSeedSameBytes) {
  const auto a = generate_catalog(7);
  const auto b = generate_catalog(7);
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i].listing.dump(), b[i].listing.dump());
}

TEST(Catalog, OtherSeedOtherInventions) {
  EXPECT_NE(generate_catalog(1).back().listing.dump(), generate_catalog(2).back().listing.dump());
}

TEST(Catalog, IsSeveralHundredKilobytes) {
  std::size_t bytes = 0;
  for (const auto& model : generate_catalog(1)) bytes += model.listing.dump().size();
  EXPECT_GT(bytes, 300'000U);
  EXPECT_LT(bytes, 700'000U);
}

TEST(Catalog, KeepsTheOddities) {
  const auto models = generate_catalog(1);
  const auto entries = [&](bool (*test)(const Model&)) { return count_if(models, test); };
  EXPECT_GT(entries([](const Model& m) { return !m.listing.contains("type"); }), 0);
  EXPECT_GT(entries([](const Model& m) { return m.listing["created"] == 0; }), 10);
  EXPECT_GT(entries([](const Model& m) { return m.listing["display_name"] == ""; }), 0);
  EXPECT_GT(entries([](const Model& m) { return m.listing["pricing"]["image"].is_object(); }), 0);
  EXPECT_GT(entries([](const Model& m) { return m.listing["pricing"]["video"].is_object(); }), 0);
  EXPECT_GT(entries([](const Model& m) { return m.listing["pricing"]["transcribe"].is_object(); }),
            0);
  EXPECT_GT(entries([](const Model& m) { return m.listing["pricing"].contains("cached_input"); }),
            10);
  EXPECT_GT(entries([](const Model& m) { return !m.listing.contains("context_length"); }), 60);
  EXPECT_GT(entries([](const Model& m) { return m.listing.value("context_length", 9) == 0; }), 0);
  EXPECT_GT(entries([](const Model& m) { return m.listing.value("context_length", 9) == 1; }), 0);
  EXPECT_EQ(entries([](const Model& m) { return m.listing["running"] == true; }), 0);
  EXPECT_GT(entries([](const Model& m) {
              return m.listing["pricing"]["input"] == 0 && m.listing["pricing"]["output"] == 0;
            }),
            100);
}

TEST(Catalog, WritesFloatDustAsTheServiceDoes) {
  const auto models = generate_catalog(1);
  EXPECT_EQ(models.front().id, "meta-llama/Llama-3.3-70B-Instruct-Turbo");
  EXPECT_NE(models.front().listing.dump().find("\"input\":1.0399999999999998"), std::string::npos);
}

TEST(Catalog, WritesWholePricesAsIntegers) {
  for (const auto& model : generate_catalog(1)) {
    if (model.id != "moonshotai/Kimi-K3") continue;
    EXPECT_NE(model.listing.dump().find("\"input\":3,\"output\":15,"), std::string::npos);
  }
}

}  // namespace
}  // namespace together::simulator
