#include <gtest/gtest.h>

#include "simulator/chat.h"
#include "simulator/schema_value.h"
#include "tests/unit/simulator/builders.h"

namespace together::simulator {
namespace {

Script ask(const std::string& format) {
  const auto request = parse_chat_request(
      R"({"model":"a/b","messages":[{"role":"user","content":"hi"}],"response_format":)" + format +
      "}");
  if (!request) {
    ADD_FAILURE() << request.error().message;
    return {};
  }
  return answer_chat(world_of(""), *request, {1, 0, kNoon});
}

std::string content_of(const Script& script) {
  return Json::parse(body_of(script))["choices"][0]["message"]["content"];
}

std::string fitting(const std::string& schema) {
  return value_for(nlohmann::json::parse(schema)).dump();
}

TEST(ChatJson, ASchemaIsKept) {
  const std::string schema = R"({"type":"object","properties":{"ok":{"type":"boolean"}}})";
  EXPECT_EQ(content_of(ask(R"({"type":"json_schema","json_schema":{"name":"n","schema":)" + schema +
                           "}}")),
            R"({"ok":true})");
  EXPECT_EQ(content_of(ask(R"({"type":"json_schema","schema":)" + schema + "}")), R"({"ok":true})");
}
TEST(ChatJson, WithoutASchemaAnyObjectWillDo) {
  EXPECT_EQ(content_of(ask(R"({"type":"json_object"})")), R"({"answer":"harbor"})");
}
TEST(ChatJson, TextIsText) {
  EXPECT_TRUE(content_of(ask(R"({"type":"text"})")).starts_with("Hello!"));
}
TEST(ChatJson, AnUnknownFormatIsRefused) { EXPECT_EQ(ask(R"({"type":"xml"})").status, 400); }
TEST(ChatJson, ASchemaThatIsMissingIsRefused) {
  EXPECT_EQ(ask(R"({"type":"json_schema"})").status, 400);
}
TEST(ChatJson, SurvivesADeepSchema) {
  std::string schema = R"({"type":"string"})";
  for (int i = 0; i < 1000; ++i) schema = R"({"anyOf":[)" + schema + "]}";
  EXPECT_EQ(content_of(ask(R"({"type":"json_object","schema":)" + schema + "}")),
            R"({"answer":"harbor"})");
}

TEST(SchemaValue, FillsEveryType) {
  EXPECT_EQ(fitting(R"({"type":"string"})"), R"("harbor")");
  EXPECT_EQ(fitting(R"({"type":"integer"})"), "3");
  EXPECT_EQ(fitting(R"({"type":"number"})"), "2.5");
  EXPECT_EQ(fitting(R"({"type":"boolean"})"), "true");
  EXPECT_EQ(fitting(R"({"type":"null"})"), "null");
  EXPECT_EQ(fitting(R"({"type":["null","integer"]})"), "3");
}
TEST(SchemaValue, TakesTheFirstOfAnEnum) { EXPECT_EQ(fitting(R"({"enum":["b","a"]})"), R"("b")"); }
TEST(SchemaValue, TakesAConst) { EXPECT_EQ(fitting(R"({"const":7})"), "7"); }
TEST(SchemaValue, KeepsBounds) {
  EXPECT_EQ(fitting(R"({"type":"integer","minimum":10})"), "10");
  EXPECT_EQ(fitting(R"({"type":"integer","maximum":2})"), "2");
  EXPECT_EQ(fitting(R"({"type":"string","minLength":8})"), R"("harborxx")");
  EXPECT_EQ(fitting(R"({"type":"array","items":{"type":"integer"},"minItems":2})"), "[3,3]");
}
TEST(SchemaValue, TakesTheFirstOfSeveralSchemas) {
  EXPECT_EQ(fitting(R"({"anyOf":[{"type":"boolean"},{"type":"string"}]})"), "true");
}
TEST(SchemaValue, BoundsInTheWrongOrderDoNoHarm) {
  EXPECT_EQ(fitting(R"({"type":"integer","minimum":9,"maximum":2})"), "9");
}

}  // namespace
}  // namespace together::simulator
