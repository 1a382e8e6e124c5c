#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "tests/unit/probes/exchanges.h"
#include "tests/unit/probes/recordings.h"

namespace together {
namespace {

using RecordedLists = Recorded;

CatalogFacts read_list(const std::string& file) {
  const Observation seen = make_probe("catalog")->judge(
      list_target("all"), answer(200, read_recording(file)), "catalog");
  EXPECT_EQ(to_string(seen.outcome), "ok") << seen.detail;
  return std::get<CatalogFacts>(seen.facts);
}

std::map<std::string, ModelPrice> read_prices_of(const std::string& file) {
  const Observation seen = make_probe("pricing")->judge(
      list_target("all"), answer(200, read_recording(file)), "catalog");
  EXPECT_EQ(to_string(seen.outcome), "ok") << seen.detail;
  std::map<std::string, ModelPrice> by_id;
  for (const ModelPrice& price : std::get<PriceFacts>(seen.facts).models) by_id[price.id] = price;
  return by_id;
}

TEST_F(RecordedLists, AreReadWhole) {
  const std::map<std::string, std::size_t> sizes{{"models_2026-08-17_full.json", 281},
                                                 {"models_2026-06-22.json", 275},
                                                 {"models_2026-03-20.json", 271},
                                                 {"models_2025-12-14.json", 133},
                                                 {"models_serverless_2026-08.json", 102}};
  for (const auto& [file, size] : sizes) {
    const CatalogFacts facts = read_list(file);
    EXPECT_EQ(facts.models.size(), size) << file;
    EXPECT_EQ(facts.duplicates, 0) << file;
    EXPECT_EQ(facts.unreadable, 0) << file;
  }
}

TEST_F(RecordedLists, KeepTheirModalities) {
  std::map<Modality, int> full;
  for (const auto& model : read_list("models_2026-08-17_full.json").models) ++full[model.modality];
  EXPECT_EQ(full, (std::map<Modality, int>{{Modality::kChat, 171},
                                           {Modality::kLanguage, 14},
                                           {Modality::kCode, 1},
                                           {Modality::kEmbedding, 2},
                                           {Modality::kRerank, 2},
                                           {Modality::kModeration, 1},
                                           {Modality::kImage, 30},
                                           {Modality::kVideo, 38},
                                           {Modality::kAudio, 15},
                                           {Modality::kTranscribe, 7}}));
  const auto march = read_list("models_2026-03-20.json").models;
  EXPECT_EQ(std::count_if(march.begin(), march.end(),
                          [](const auto& m) { return m.modality == Modality::kUnknown; }),
            163);
}

TEST_F(RecordedLists, KeepNamesAndContextLengths) {
  const auto models = read_list("models_2026-08-17_full.json").models;
  const auto llama = std::find_if(models.begin(), models.end(), [](const CatalogEntry& model) {
    return model.id == "meta-llama/Llama-3.3-70B-Instruct-Turbo";
  });
  ASSERT_NE(llama, models.end());
  EXPECT_EQ(llama->context_length, 131072);
  EXPECT_EQ(llama->organization, "Meta");
}

TEST_F(RecordedLists, GiveTheKnownTokenPrices) {
  auto august = read_prices_of("models_2026-08-17_full.json");
  ASSERT_EQ(august.size(), 281u);
  EXPECT_EQ(august["meta-llama/Llama-3.3-70B-Instruct-Turbo"].per_token,
            (TokenPrices{.input = 1.04e-06, .output = 1.04e-06, .cached_input = std::nullopt}));
  EXPECT_EQ(august["moonshotai/Kimi-K3"].per_token,
            (TokenPrices{.input = 3e-06, .output = 1.5e-05, .cached_input = 3e-07}));
  EXPECT_EQ(august["zai-org/GLM-5.2"].per_token,
            (TokenPrices{.input = 1.4e-06, .output = 4.4e-06, .cached_input = 2.6e-07}));
  EXPECT_EQ(august["deepseek-ai/DeepSeek-V4-Pro"].per_token,
            (TokenPrices{.input = 1.74e-06, .output = 3.48e-06, .cached_input = 2e-07}));
  EXPECT_TRUE(august["meta-llama/Llama-3.3-70B-Instruct"].per_token.empty());
}

TEST_F(RecordedLists, GiveTheKnownUnitPrices) {
  auto august = read_prices_of("models_2026-08-17_full.json");
  const auto only_unit = [&](const std::string& id) {
    EXPECT_TRUE(august[id].per_token.empty()) << id;
    EXPECT_EQ(august[id].per_unit.size(), 1u) << id;
    return august[id].per_unit.empty() ? UnitPrice{} : august[id].per_unit[0];
  };
  EXPECT_EQ(only_unit("openai/whisper-large-v3"), (UnitPrice{"minute", 0.0015}));
  EXPECT_EQ(only_unit("black-forest-labs/FLUX.2-pro"), (UnitPrice{"image", 0.03}));
  EXPECT_EQ(only_unit("black-forest-labs/FLUX.2-max"), (UnitPrice{"megapixel", 0.07}));
  EXPECT_EQ(only_unit("pixverse/pixverse-v5"), (UnitPrice{"video", 0.299}));
  EXPECT_EQ(only_unit("cartesia/sonic-3"), (UnitPrice{"million_characters", 65}));
}

TEST_F(RecordedLists, GiveAsManyPricesAsTheyHold) {
  int by_token = 0;
  std::map<std::string, int> by_unit;
  for (const auto& [id, price] : read_prices_of("models_2026-08-17_full.json")) {
    if (!price.per_token.empty()) ++by_token;
    for (const UnitPrice& unit : price.per_unit) ++by_unit[unit.unit];
  }
  // 75 chat, 2 embedding, 1 language, 1 moderation, 1 rerank; 88 with the media's own.
  EXPECT_EQ(by_token, 80);
  EXPECT_EQ(by_unit, (std::map<std::string, int>{{"image", 25},
                                                 {"megapixel", 5},
                                                 {"million_characters", 6},
                                                 {"minute", 7},
                                                 {"video", 37}}));
}

TEST_F(RecordedLists, HaveNoPriceThatCannotBeRead) {
  for (const char* file : {"models_2026-08-17_full.json", "models_2026-06-22.json",
                           "models_2026-03-20.json", "models_2025-12-14.json"}) {
    for (const auto& [id, price] : read_prices_of(file)) EXPECT_TRUE(price.unread.empty()) << id;
  }
}

TEST_F(RecordedLists, AreRefusedWhereTheyAreCut) {
  const std::string body = read_recording("models_serverless_2026-08.json");
  const auto probe = make_probe("catalog");
  for (std::size_t cut = 0; cut + 1 < body.size(); cut += 97) {
    const Observation seen = probe->judge(list_target("all"), answer(200, body.substr(0, cut)), "");
    ASSERT_EQ(seen.outcome, Outcome::kBadResponse) << cut;
  }
}

}  // namespace
}  // namespace together
