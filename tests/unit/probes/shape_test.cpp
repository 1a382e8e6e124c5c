#include <gtest/gtest.h>

#include <set>
#include <string>

#include "probes/json/read.h"
#include "tests/unit/probes/exchanges.h"
#include "tests/unit/probes/recordings.h"
#include "tests/unit/probes/streams.h"

namespace together {
namespace {

Observation shape_of(const Exchange& exchange, const std::string& part = "") {
  Target target = model_target("a/b");
  target.part = part;
  return make_probe("shape")->judge(target, exchange, "serving");
}

bool has_shape(const Exchange& exchange) {
  return std::holds_alternative<ShapeFacts>(shape_of(exchange).facts);
}

TEST(Shape, OfAPlainAnswerIsNamedAfterItsSurface) {
  const Observation seen = shape_of(answer(200, R"({"id":"x"})"));
  const auto& facts = std::get<ShapeFacts>(seen.facts);
  EXPECT_EQ(facts.surface, "serving");
  EXPECT_EQ(facts.fingerprint.size(), 16U);
  EXPECT_EQ(facts.paths, (std::vector<ShapePath>{{"", "object"}, {"id", "string"}}));
  EXPECT_EQ(std::get<ShapeFacts>(shape_of(answer(200, "[]"), "all").facts).surface, "serving_all");
}
TEST(Shape, OfAStreamIsThatOfAllItsChunks) {
  const std::string body =
      "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}\n\n"
      "data: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
  const Observation seen = shape_of(stream_answer(body));
  const auto& paths = std::get<ShapeFacts>(seen.facts).paths;
  EXPECT_NE(std::find(paths.begin(), paths.end(), ShapePath{"choices[].delta.content", "string"}),
            paths.end());
}
TEST(Shape, IsNotJudgedWhereTheAnswerIsNoGoodOne) {
  EXPECT_FALSE(has_shape(answer(404, R"({"error":{"message":"no"}})")));
  EXPECT_FALSE(has_shape(answer(200, R"({"error":{"message":"no"}})")));
  EXPECT_FALSE(has_shape(answer(200, "<html>")));
  EXPECT_FALSE(has_shape(answer(200, "")));
  EXPECT_FALSE(has_shape(no_answer(TransportError::kTimeout)));
}
TEST(Shape, IsNotJudgedWhereAStreamBreaksOff) {
  EXPECT_FALSE(has_shape(
      stream_answer("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: {\"cho")));
  EXPECT_FALSE(has_shape(stream_answer(
      "data: {\"choices\":[{\"error\":\"x\",\"finish_reason\":\"error\"}]}\n\ndata: [DONE]\n\n")));
}

using RecordedShapes = Recorded;

TEST_F(RecordedShapes, OfStreamsAreStable) {
  for (const char* file :
       {"stream_deepseek-v4-pro_2026-05-31.sse", "stream_gpt-oss-120b_2026-05-31.sse",
        "stream_gpt-oss-120b_otherbackend_2026-05-31.sse",
        "stream_gpt-oss-120b_toolcalls_2026-05-31.sse", "stream_llama-3.3-70b_2026-04-28.sse",
        "stream_no_usage_2025.sse"}) {
    const Exchange exchange = stream_answer(read_recording(file));
    const Observation first = shape_of(exchange);
    ASSERT_TRUE(std::holds_alternative<ShapeFacts>(first.facts)) << file;
    EXPECT_EQ(std::get<ShapeFacts>(first.facts).fingerprint,
              std::get<ShapeFacts>(shape_of(exchange).facts).fingerprint);
  }
}
TEST_F(RecordedShapes, OfStreamsThatBreakOffAreNotJudged) {
  EXPECT_FALSE(
      has_shape(stream_answer(read_recording("stream_inband_error_apriel-1.5_2025-12-14.sse"))));
  EXPECT_FALSE(has_shape(stream_answer(read_recording("stream_kimi-k3_fragment_2026-10-06.sse"))));
}
TEST_F(RecordedShapes, OfPlainAnswersAreSeveralAndDoNotDependOnTheText) {
  const auto samples = parse_json(read_recording("chat_nonstream_samples.json"));
  ASSERT_TRUE(samples);
  std::set<std::string> fingerprints;
  for (const Json& sample : *samples) {
    Json body = sample.at("body");
    const auto print = [&] {
      return std::get<ShapeFacts>(shape_of(answer(200, body.dump())).facts).fingerprint;
    };
    const std::string before = print();
    fingerprints.insert(before);
    body["id"] = "another";
    body["created"] = 1;
    EXPECT_EQ(print(), before);
  }
  EXPECT_GT(fingerprints.size(), 5U);
}

}  // namespace
}  // namespace together
