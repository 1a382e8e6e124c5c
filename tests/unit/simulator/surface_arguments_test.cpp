// Events of single surfaces, read strictly.
#include <gtest/gtest.h>

#include "simulator/scenario.h"

namespace together::simulator {
namespace {

std::string error_of(const std::string& event) {
  const auto scenario = parse_scenario("events:\n  - {at: 0s, " + event + "}", "s.yml");
  return scenario ? "" : scenario.error().message;
}

Json operations_of(const std::string& ops) {
  const auto scenario = parse_scenario(
      "events:\n  - {at: 0s, action: patch, surface: whoami, ops: " + ops + "}", "s.yml");
  if (!scenario) {
    ADD_FAILURE() << scenario.error().message;
    return nullptr;
  }
  return scenario->events[0].operations;
}

TEST(SurfaceArguments, ValuesKeepTheirKind) {
  EXPECT_EQ(
      operations_of("[{op: add, path: /a, value: [1, 1.5, '1', yes, true, null, ~, -3]}]").dump(),
      R"([{"op":"add","path":"/a","value":[1,1.5,"1","yes",true,null,null,-3]}])");
}
TEST(SurfaceArguments, ValuesOfJsonKeepTheirKind) {
  const auto event = parse_event_json(
      R"({"action":"patch","surface":"whoami","ops":[{"op":"add","path":"/a","value":["1",1,{}]}]})");
  ASSERT_TRUE(event) << event.error().message;
  EXPECT_EQ(event->operations[0]["value"].dump(), R"(["1",1,{}])");
}
TEST(SurfaceArguments, APatchNeedsGoodOperations) {
  EXPECT_EQ(error_of("action: patch, surface: chat, ops: [{op: copy, path: /a}]"),
            "s.yml:2: ops: op must be add, remove, replace or test");
  EXPECT_EQ(error_of("action: patch, surface: chat"), "s.yml:2: patch: needs the key \"ops\"");
}
TEST(SurfaceArguments, APatchOfASurfaceWithoutModelTakesNone) {
  EXPECT_EQ(error_of("action: patch, surface: batches, model: a/b, ops: [{op: remove, path: /0}]"),
            "s.yml:2: model: requests of this surface name no model");
  EXPECT_EQ(
      error_of("action: patch, surface: fine_tunes, model: a/b, ops: [{op: remove, path: /0}]"),
      "s.yml:2: model: the jobs of this surface are listed for all models");
}
TEST(SurfaceArguments, ASurfaceIsOneOfThose) {
  EXPECT_EQ(error_of("action: header, surface: files, name: a, value: b"),
            "s.yml:2: surface: \"files\" is none of chat, stream, embeddings, rerank, images, "
            "batches, fine_tunes, fine_tune_limits, fine_tune_models, endpoints, hardware, whoami, "
            "models");
}
TEST(SurfaceArguments, AHeaderIsOneLine) {
  EXPECT_EQ(error_of("action: header, surface: chat, name: Sunset, value: b"),
            "s.yml:2: name: must be a header name in lower case");
  EXPECT_EQ(error_of("action: header, surface: chat, name: sunset, value: \"a\\nb\""),
            "s.yml:2: value: must be printable");
}
TEST(SurfaceArguments, ADressNeedsSomething) {
  EXPECT_EQ(error_of("action: stream_dress, model: a/b"),
            "s.yml:2: stream_dress: needs \"event\", \"comment\", \"line_ends\" or \"bom\"");
}
TEST(SurfaceArguments, AnEventAndItsDataBelongTogether) {
  const std::string error = "s.yml:2: data: belongs to an event, and an event needs it";
  EXPECT_EQ(error_of("action: stream_dress, model: a/b, event: ping"), error);
  EXPECT_EQ(error_of("action: stream_dress, model: a/b, bom: true, data: x"), error);
  EXPECT_EQ(error_of("action: stream_dress, model: a/b, event: ''"), "");
}
TEST(SurfaceArguments, AnEventsTypeIsOneLine) {
  EXPECT_EQ(error_of("action: stream_dress, model: a/b, event: \"a\\nb\", data: x"),
            "s.yml:2: event: must be one line");
}
TEST(SurfaceArguments, ARefusalIsAnError) {
  EXPECT_EQ(error_of("action: refuse, model: a/b, surface: chat, status: 200, message: x"),
            "s.yml:2: status: must be from 400 to 599");
  EXPECT_EQ(error_of("action: refuse, model: a/b, surface: models, status: 400, message: x"),
            "s.yml:2: model: requests of this surface name no model");
}
TEST(SurfaceArguments, RequiredFieldsAreNames) {
  EXPECT_EQ(error_of("action: fine_tuning, form: flat, required: tier"),
            "s.yml:2: required: must be a list of names");
  EXPECT_EQ(error_of("action: fine_tuning, form: round"),
            "s.yml:2: form: \"round\" is none of flat, nested");
}
TEST(SurfaceArguments, SlowNeedsSomething) {
  EXPECT_EQ(error_of("action: slow, model: a/b"),
            "s.yml:2: slow: needs \"first_byte\", \"first_token\" or \"token\"");
  EXPECT_EQ(error_of("action: slow, model: a/b, first_byte: 0ms"), "");
}
TEST(SurfaceArguments, DimensionsAreBounded) {
  EXPECT_EQ(error_of("action: add, model: a/b, type: embedding, dimensions: 0"),
            "s.yml:2: dimensions: must be from 1 to 16384");
}

}  // namespace
}  // namespace together::simulator
