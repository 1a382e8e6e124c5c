#include <gtest/gtest.h>

#include <string>

#include "probes/json/read.h"
#include "tests/unit/probes/exchanges.h"
#include "tests/unit/probes/recordings.h"
#include "tests/unit/probes/surfaces.h"

namespace together {
namespace {

Observation judge(const Exchange& exchange) {
  return make_probe("json_mode")->judge(model_target("a/b"), exchange, "json_mode");
}

Observation judge_message(const std::string& message,
                          const std::string& finish_reason = R"("stop")") {
  return judge(answer(200, R"({"model":"a/b","choices":[{"index":0,"message":)" + message +
                               R"(,"finish_reason":)" + finish_reason +
                               R"(}],"usage":{"prompt_tokens":40,"completion_tokens":12}})"));
}

TEST(JsonMode, BindsTheAnswerToASchema) {
  const Request request = make_probe("json_mode")->request(model_target("a/b"));
  EXPECT_EQ(request.path, "/chat/completions");
  EXPECT_NE(request.body.find(
                R"("response_format":{"type":"json_schema","json_schema":{"name":"temperature",)"
                R"("schema":{"type":"object","properties":{"degrees":{"type":"integer"},)"),
            std::string::npos)
      << request.body;
  EXPECT_NE(request.body.find(R"("max_tokens":128)"), std::string::npos);
}

TEST(JsonMode, WaitsUntilItIsAskedForAndIsPaid) {
  const ProbeInfo& info = probe_type("json_mode").info;
  EXPECT_FALSE(info.enabled);
  EXPECT_TRUE(info.paid);
  EXPECT_FALSE(info.authority);
  EXPECT_EQ(make_probe("json_mode")->most_billed(model_target("a/b")).completion, 143);
}

TEST(JsonMode, TakesWhatFits) {
  const Observation seen =
      judge_message(R"({"content":" {\"degrees\": 21, \"unit\": \"celsius\"}\n"})");
  EXPECT_EQ(to_string(seen.outcome), "ok");
  EXPECT_EQ(rules_of(seen), "json schema finish_reason");
  EXPECT_EQ(facts_of(seen).look, Look::kServed);
  EXPECT_EQ(seen.readings.size(), 6u);
  EXPECT_EQ(seen.readings[0].labels, (std::vector<std::string>{"json_mode", "a/b", "json"}));
  ASSERT_TRUE(seen.usage);
  EXPECT_EQ(seen.usage->prompt_tokens, 40);
}

TEST(JsonMode, SeesWhatDoesNotParse) {
  const auto detail = [](const char* message) {
    const Observation seen = judge_message(message);
    EXPECT_EQ(to_string(seen.outcome), "bad_response") << message;
    EXPECT_EQ(rules_of(seen), "-json finish_reason") << message;
    return seen.detail;
  };
  EXPECT_EQ(detail(R"({"content":"```json\n{\"degrees\":21,\"unit\":\"celsius\"}\n```"})"),
            "the content: in a code fence");
  EXPECT_EQ(detail(R"({"content":"It has 21 degrees."})"), "the content: not JSON, or cut");
  EXPECT_EQ(detail(R"({"content":"[21]"})"), "the content: no object but an array");
  EXPECT_EQ(detail(R"({"content":""})"), "the content: empty");
  EXPECT_EQ(detail(R"({"content":null})"), "the message has no content");
  EXPECT_EQ(detail(R"({"content":{"degrees":21}})"), "the message has no content");
  EXPECT_EQ(detail("{}"), "the message has no content");
}

TEST(JsonMode, SeesWhatDoesNotFit) {
  const Observation seen = judge_message(R"({"content":"{\"degrees\":\"21\"}"})");
  EXPECT_EQ(rules_of(seen), "json -schema finish_reason");
  EXPECT_EQ(seen.detail, "the content: degrees is no integer but a string");
  EXPECT_EQ(facts_of(seen).look, Look::kFailing);
  EXPECT_FALSE(facts_of(seen).authority);
}

TEST(JsonMode, JudgesTheFinishReason) {
  const std::string good = R"({"content":"{\"degrees\":21,\"unit\":\"celsius\"}"})";
  EXPECT_EQ(to_string(judge_message(good, R"("eos")").outcome), "ok");
  EXPECT_EQ(rules_of(judge_message(good, R"("tool_calls")")), "json schema -finish_reason");
  const Observation fresh = judge_message(good, R"("grammar_end")");
  EXPECT_EQ(fresh.detail, "finish_reason is grammar_end");
  ASSERT_EQ(fresh.remarks.size(), 1u);
  EXPECT_EQ(fresh.remarks[0].text, "grammar_end");
}

TEST(JsonMode, BlamesItsOwnLimitForACutAnswer) {
  const Observation seen = judge_message(R"({"content":"{\"deg"})", R"("length")");
  EXPECT_EQ(rules_of(seen), "-finish_reason");
}

TEST(JsonMode, LearnsNothingFromARefusal) {
  const Observation seen = judge(
      answer(400, R"({"error":{"message":"response_format is not supported by this model"}})"));
  EXPECT_EQ(to_string(seen.outcome), "caller_error");
  EXPECT_TRUE(seen.rules.empty());
  EXPECT_EQ(facts_of(seen).look, Look::kNothing);
}

using RecordedJsonMode = Recorded;

TEST_F(RecordedJsonMode, ParsesWhereItWasAskedForAndFitsAnotherSchema) {
  const auto samples = parse_json(read_recording("chat_nonstream_samples.json"));
  ASSERT_TRUE(samples);
  int objects = 0;
  for (const Json& sample : *samples) {
    const std::string body = sample.at("body").dump();
    if (body.find("is_fruit") == std::string::npos) continue;
    const Observation seen = judge(answer(200, body));
    EXPECT_EQ(rules_of(seen), "json -schema finish_reason");
    EXPECT_EQ(seen.detail, "the content: degrees is missing");
    ++objects;
  }
  EXPECT_EQ(objects, 1);
}

TEST(JsonMode, JudgesAnyBytes) {
  for (const char* body : {"", "{}", "[]", "<html>", R"({"choices":[]})", R"({"choices":[7]})"}) {
    EXPECT_EQ(to_string(judge(answer(200, body)).outcome), "bad_response") << body;
  }
}

}  // namespace
}  // namespace together
