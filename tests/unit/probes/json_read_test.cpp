#include "probes/json/read.h"

#include <gtest/gtest.h>

#include <string>

namespace together {
namespace {

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + "1" + std::string(depth, ']');
}

TEST(ParseJson, TakesSixtyFourLevels) { EXPECT_TRUE(parse_json(nested(64))); }

TEST(ParseJson, RefusesSixtyFiveLevels) {
  const auto json = parse_json(nested(65));
  ASSERT_FALSE(json);
  EXPECT_EQ(json.error().message, "the JSON is nested deeper than 64 levels");
}

TEST(ParseJson, RefusesADepthBombOfAMegabyte) {
  EXPECT_FALSE(parse_json(std::string(1 << 20, '[')));
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  EXPECT_FALSE(parse_json(objects));
}

TEST(ParseJson, CountsNoBracketsInsideStrings) {
  EXPECT_TRUE(parse_json("[\"" + std::string(1000, '[') + "\\\"[[\"]"));
}

TEST(ParseJson, RefusesTooManyValues) {
  std::string many = "[0";
  for (std::size_t i = 0; i < kMaxJsonValues; ++i) many += ",0";
  const auto json = parse_json(many + "]");
  ASSERT_FALSE(json);
  EXPECT_EQ(json.error().message, "the JSON holds more than 500000 values");
}

TEST(ParseJson, KeepsIntegersAboveInt64) {
  const auto json = parse_json(R"({"seed":16176952071919858000})");
  ASSERT_TRUE(json);
  EXPECT_EQ(json->at("seed").get<unsigned long long>(), 16176952071919858000ULL);
}

TEST(ParseJson, TakesIntegersAboveUint64AsDoubles) {
  const auto json = parse_json("[99999999999999999999999]");
  ASSERT_TRUE(json);
  EXPECT_EQ(number_of(&json->front()), 99999999999999999999999.0);
}

TEST(ParseJson, RefusesANumberNoDoubleHolds) { EXPECT_FALSE(parse_json("[1e999]")); }

TEST(ParseJson, ReplacesInvalidUtf8InStrings) {
  const auto json = parse_json("{\"id\":\"a\xFF\"}");
  ASSERT_TRUE(json);
  EXPECT_EQ(json->at("id"), "a\uFFFD");
}

TEST(ParseJson, NamesWhatElseTheBodyIs) {
  EXPECT_EQ(parse_json(" \n").error().message, "the body is empty");
  EXPECT_EQ(parse_json("\n<!DOCTYPE html><html>").error().message,
            "the body is an HTML page, not JSON");
  EXPECT_EQ(parse_json("error code: 521").error().message, "the body is not JSON, or is cut");
}

TEST(ParseJson, RefusesTextAfterTheValue) { EXPECT_FALSE(parse_json("{} {}")); }

TEST(Member, IsNullWhereThereIsNone) {
  const Json json{{"a", {{"b", 1}}}};
  EXPECT_EQ(*member(member(&json, "a"), "b"), 1);
  EXPECT_EQ(member(member(&json, "x"), "b"), nullptr);
  EXPECT_EQ(member(member(member(&json, "a"), "b"), "c"), nullptr);
}

TEST(TextOf, IsEmptyForAnythingButText) {
  const Json json = Json::array({"text", 1, nullptr, Json::object()});
  EXPECT_EQ(text_of(&json[0]), "text");
  EXPECT_EQ(text_of(&json[1]), "");
  EXPECT_EQ(text_of(&json[2]), "");
  EXPECT_EQ(text_of(&json[3]), "");
  EXPECT_EQ(text_of(nullptr), "");
}

TEST(NumberOf, ReadsNumbersAndTheirTexts) {
  const Json json = Json::array({1.5, "0.27", "1e3", "", "1.5 USD", "inf", "nan", true, nullptr});
  EXPECT_EQ(number_of(&json[0]), 1.5);
  EXPECT_EQ(number_of(&json[1]), 0.27);
  EXPECT_EQ(number_of(&json[2]), 1000.0);
  for (std::size_t i = 3; i < json.size(); ++i) {
    EXPECT_EQ(number_of(&json[i]), std::nullopt) << json[i];
  }
}

TEST(CountOf, ReadsWholeNumbersUpTo2To53) {
  const Json json = Json::array({131072, 131072.0, "8192", 9007199254740992.0});
  EXPECT_EQ(count_of(&json[0]), 131072);
  EXPECT_EQ(count_of(&json[1]), 131072);
  EXPECT_EQ(count_of(&json[2]), 8192);
  EXPECT_EQ(count_of(&json[3]), 9007199254740992LL);
}

TEST(CountOf, RefusesEverythingElse) {
  const Json json = Json::array({-1, 1.5, 16176952071919858000ULL, 1e300, "many", Json::array()});
  for (const Json& value : json) EXPECT_EQ(count_of(&value), std::nullopt) << value;
}

}  // namespace
}  // namespace together
