#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "probes/pricing/prices.h"
#include "tests/unit/probes/exchanges.h"

namespace together {
namespace {

ModelPrice prices(const std::string& entry) { return read_prices("a/b", Json::parse(entry)); }

TEST(RoundPrice, DropsTheDustOfFloats) {
  EXPECT_EQ(round_price(1.0399999999999998 / 1e6), 1.04e-06);
  EXPECT_EQ(round_price(0.25999999999999995 / 1e6), 2.6e-07);
  EXPECT_EQ(round_price(0.060000000000000005 / 1e6), 6e-08);
}

TEST(RoundPrice, KeepsTwelveDigits) {
  EXPECT_EQ(round_price(1.234567890123456), 1.23456789012);
  EXPECT_EQ(round_price(0), 0);
}

TEST(ReadPrices, NormalisesToUsdPerToken) {
  const ModelPrice read = prices(
      R"({"type":"chat","pricing":{"hourly":0,"input":1.0399999999999998,"output":4.4,
          "cached_input":0.25999999999999995,"base":0,"finetune":0,"image":0,"transcribe":0}})");
  EXPECT_EQ(read.id, "a/b");
  EXPECT_EQ(read.per_token,
            (TokenPrices{.input = 1.04e-06, .output = 4.4e-06, .cached_input = 2.6e-07}));
  EXPECT_TRUE(read.per_unit.empty());
}

TEST(ReadPrices, LeavesOutWhatIsNoPrice) {
  for (const char* value : {"0", "0.0", "-1", "null", "true", "\"\"", "\"free\"", "\"nan\"", "{}",
                            "{\"price\":1}", "[1]", "1e-320"}) {
    const ModelPrice read =
        prices(R"({"type":"chat","pricing":{"input":)" + std::string(value) + R"(,"output":2}})");
    EXPECT_EQ(read.per_token.input, std::nullopt) << value;
    EXPECT_EQ(read.per_token.output, 2e-06) << value;
  }
}

TEST(ReadPrices, ReadsNumbersWrittenAsText) {
  EXPECT_EQ(prices(R"({"type":"chat","pricing":{"input":"0.88"}})").per_token.input, 8.8e-07);
}

TEST(ReadPrices, ToleratesAMissingPricing) {
  for (const char* entry :
       {R"({})", R"({"pricing":null})", R"({"pricing":[]})", R"({"pricing":3})"}) {
    EXPECT_TRUE(prices(entry).per_token.empty()) << entry;
    EXPECT_TRUE(prices(entry).per_unit.empty()) << entry;
  }
}

TEST(ReadPrices, ReadsUnitPrices) {
  EXPECT_EQ(prices(R"({"type":"image","pricing":{"image":{"example_price":0.03,
                       "example_description":"per image"}}})")
                .per_unit,
            (std::vector<UnitPrice>{{"image", 0.03}}));
  EXPECT_EQ(prices(R"({"type":"video","pricing":{"video":{"example_price":0.299}}})").per_unit,
            (std::vector<UnitPrice>{{"video", 0.299}}));
  EXPECT_EQ(prices(R"({"type":"image","pricing":{"image":0,
                       "image_pixel":{"price_per_megapixel":0.07,"min_steps":50}}})")
                .per_unit,
            (std::vector<UnitPrice>{{"megapixel", 0.07}}));
  EXPECT_EQ(prices(R"({"type":"chat","pricing":{"hourly":2.5}})").per_unit,
            (std::vector<UnitPrice>{{"hour", 2.5}}));
}

TEST(ReadPrices, KnowsNoPriceInAnEmptyObject) {
  EXPECT_TRUE(prices(R"({"type":"video","pricing":{"video":{}}})").per_unit.empty());
}

TEST(ReadPrices, IgnoresTheTokenPricesOfMedia) {
  const ModelPrice whisper = prices(R"({"type":"transcribe","pricing":{"input":0.27,"output":0.85,
                                        "transcribe":{"price_per_minute":0.0015}}})");
  EXPECT_TRUE(whisper.per_token.empty());
  EXPECT_EQ(whisper.per_unit, (std::vector<UnitPrice>{{"minute", 0.0015}}));
  EXPECT_TRUE(prices(R"({"type":"image","pricing":{"input":1}})").per_token.empty());
  EXPECT_TRUE(prices(R"({"type":"video","pricing":{"input":1}})").per_token.empty());
}

TEST(ReadPrices, TakesTheInputOfAudioForCharacters) {
  const ModelPrice read = prices(R"({"type":"audio","pricing":{"input":65,"output":0}})");
  EXPECT_TRUE(read.per_token.empty());
  EXPECT_EQ(read.per_unit, (std::vector<UnitPrice>{{"million_characters", 65}}));
}

TEST(ReadPrices, JudgesAnEntryWithoutTypeByItsUnitPrices) {
  EXPECT_TRUE(prices(R"({"pricing":{"input":0.27,"transcribe":{"price_per_minute":0.0015}}})")
                  .per_token.empty());
  EXPECT_EQ(prices(R"({"pricing":{"input":0.27,"transcribe":0}})").per_token.input, 2.7e-07);
}

using Unread = std::vector<UnreadPrice>;

TEST(ReadPrices, NamesAPriceOfAnotherKind) {
  for (const char* value : {"{}", "{\"price\":1}", "[1]", "[]", "true", "false"}) {
    EXPECT_EQ(prices(R"({"type":"chat","pricing":{"input":)" + std::string(value) + "}}").unread,
              (Unread{{"input", PriceFault::kKind}}))
        << value;
  }
}

TEST(ReadPrices, NamesAPriceThatIsUnreadable) {
  for (const char* value : {"-1", "\"free\"", "\"nan\"", "\"-0.5\"", "\"1,04\""}) {
    EXPECT_EQ(
        prices(R"({"type":"chat","pricing":{"cached_input":)" + std::string(value) + "}}").unread,
        (Unread{{"cached_input", PriceFault::kUnreadable}}))
        << value;
  }
}

TEST(ReadPrices, TakesWhatTheListWritesForNoPriceForNoFault) {
  for (const char* value : {"0", "0.0", "null", "\"\"", "\"0\"", "1e-320"}) {
    EXPECT_TRUE(
        prices(R"({"type":"chat","pricing":{"output":)" + std::string(value) + "}}").unread.empty())
        << value;
  }
  EXPECT_TRUE(prices(R"({"type":"image","pricing":{"image":0,"video":{},"image_pixel":null}})")
                  .unread.empty());
  EXPECT_TRUE(prices(R"({"type":"chat","pricing":null})").unread.empty());
  EXPECT_TRUE(prices(R"({"type":"chat"})").unread.empty());
}

TEST(ReadPrices, NamesAMediaPriceThatBecameANumber) {
  EXPECT_EQ(prices(R"({"type":"image","pricing":{"image":0.04}})").unread,
            (Unread{{"image", PriceFault::kKind}}));
  EXPECT_EQ(prices(R"({"type":"video","pricing":{"video":{"example_price":[1]}}})").unread,
            (Unread{{"video", PriceFault::kKind}}));
  EXPECT_EQ(prices(R"({"type":"audio","pricing":{"input":{"usd":65}}})").unread,
            (Unread{{"million_characters", PriceFault::kKind}}));
  EXPECT_EQ(prices(R"({"type":"chat","pricing":{"hourly":-2}})").unread,
            (Unread{{"hour", PriceFault::kUnreadable}}));
}

TEST(ReadPrices, NamesAPricingThatIsNoObject) {
  EXPECT_EQ(prices(R"({"type":"chat","pricing":[]})").unread,
            (Unread{{"pricing", PriceFault::kKind}}));
  EXPECT_EQ(prices(R"({"type":"chat","pricing":1.04})").unread,
            (Unread{{"pricing", PriceFault::kKind}}));
}

TEST(ReadPrices, DoesNotReadWhatIsNoPriceOfTheModality) {
  EXPECT_TRUE(
      prices(R"({"type":"image","pricing":{"input":{"usd":1},"output":-1}})").unread.empty());
}

TEST(Pricing, GivesEveryModelOfTheFullList) {
  const Observation seen = make_probe("pricing")->judge(
      list_target("all"),
      answer(200, R"([{"id":"a/b","type":"chat","pricing":{"input":1}},{"id":"c/d"},{}])"),
      "catalog");
  ASSERT_EQ(to_string(seen.outcome), "ok");
  const auto& facts = std::get<PriceFacts>(seen.facts);
  ASSERT_EQ(facts.models.size(), 2u);
  EXPECT_EQ(facts.models[0].id, "a/b");
  EXPECT_EQ(facts.models[0].per_token.input, 1e-06);
  EXPECT_EQ(facts.models[1].id, "c/d");
  EXPECT_TRUE(facts.models[1].per_token.empty());
  EXPECT_EQ(seen.detail, "1 of 2 models carry a price");
}

TEST(Pricing, LeavesTheServerlessListAlone) {
  const Observation seen =
      make_probe("pricing")->judge(list_target("serverless"), answer(200, "broken"), "catalog");
  EXPECT_EQ(to_string(seen.outcome), "ok");
  EXPECT_TRUE(std::holds_alternative<std::monostate>(seen.facts));
}

TEST(Pricing, FailsAsTheCatalogueFails) {
  const Observation seen =
      make_probe("pricing")->judge(list_target("all"), answer(503, ""), "catalog");
  EXPECT_EQ(to_string(seen.outcome), "upstream_error");
  EXPECT_TRUE(std::holds_alternative<std::monostate>(seen.facts));
}

}  // namespace
}  // namespace together
