#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "probes/json/read.h"
#include "probes/tools/arguments.h"
#include "tests/unit/probes/exchanges.h"
#include "tests/unit/probes/recordings.h"
#include "tests/unit/probes/surfaces.h"

namespace together {
namespace {

constexpr const char* kGoodCall =
    R"({"index":0,"id":"call_1","type":"function","function":{"name":"set_temperature",
        "arguments":"{\"degrees\":21,\"unit\":\"celsius\"}"}})";

Observation judge(const Exchange& exchange) {
  return make_probe("tools")->judge(model_target("a/b"), exchange, "tools");
}

std::string body_of(const std::string& message, const std::string& finish_reason) {
  return R"({"id":"o1","object":"chat.completion","model":"a/b","choices":[{"index":0,"message":)" +
         message + R"(,"logprobs":null,"finish_reason":)" + finish_reason +
         R"(}],"usage":{"prompt_tokens":150,"completion_tokens":20,"total_tokens":170}})";
}
std::string body_of_call(const std::string& call) {
  return body_of(R"({"role":"assistant","content":null,"tool_calls":[)" + call + "]}",
                 R"("tool_calls")");
}
Observation judge_message(const std::string& message,
                          const std::string& finish_reason = R"("tool_calls")") {
  return judge(answer(200, body_of(message, finish_reason)));
}
Observation judge_call(const std::string& call) { return judge(answer(200, body_of_call(call))); }

TEST(Tools, AsksForOneForcedCall) {
  const Request request = make_probe("tools")->request(model_target("a/b"));
  EXPECT_EQ(request.path, "/chat/completions");
  EXPECT_EQ(
      request.body,
      R"({"model":"a/b","messages":[{"role":"user","content":"Set the temperature to 21 degrees celsius."}],)"
      R"("tools":[{"type":"function","function":{"name":"set_temperature",)"
      R"("description":"Sets the temperature of the room.","parameters":{"type":"object",)"
      R"("properties":{"degrees":{"type":"integer"},)"
      R"("unit":{"type":"string","enum":["celsius","fahrenheit"]}},)"
      R"("required":["degrees","unit"],"additionalProperties":false}}}],)"
      R"("tool_choice":{"type":"function","function":{"name":"set_temperature"}},)"
      R"("max_tokens":128,"stream":false})");
}

TEST(Tools, WaitsUntilItIsAskedForAndIsPaid) {
  const ProbeInfo& info = probe_type("tools").info;
  EXPECT_FALSE(info.enabled);
  EXPECT_TRUE(info.paid);
  EXPECT_FALSE(info.authority);
  EXPECT_EQ(info.interval, std::chrono::hours(6));
  const auto most = make_probe("tools")->most_billed(model_target("a/b"));
  EXPECT_EQ(most.prompt, 512);
  EXPECT_EQ(most.completion, 143);
}

TEST(Tools, KeepsEveryRuleOfAGoodCall) {
  const Observation seen = judge_call(kGoodCall);
  EXPECT_EQ(to_string(seen.outcome), "ok");
  EXPECT_EQ(rules_of(seen),
            "tool_calls function arguments_json arguments_schema call_id finish_reason");
  EXPECT_EQ(seen.detail, "called as asked");
  EXPECT_EQ(facts_of(seen).look, Look::kServed);
  EXPECT_FALSE(facts_of(seen).authority);
  EXPECT_TRUE(seen.remarks.empty());
  ASSERT_TRUE(seen.usage);
  EXPECT_EQ(seen.usage->completion_tokens, 20);
}

TEST(Tools, TellsOfEveryRuleAsASeries) {
  const Observation seen = judge_call(kGoodCall);
  ASSERT_EQ(seen.readings.size(), 12u);
  EXPECT_EQ(seen.readings[0].metric->name, "together_surface_rule_ok");
  EXPECT_EQ(seen.readings[0].labels, (std::vector<std::string>{"tools", "a/b", "tool_calls"}));
  EXPECT_EQ(seen.readings[0].value, 1);
  EXPECT_EQ(seen.readings[1].metric->name, "together_surface_violations_total");
  EXPECT_EQ(seen.readings[1].value, 0);
}

TEST(Tools, TakesAStopForAGoodEnd) {
  const std::string message = R"({"tool_calls":[)" + std::string(kGoodCall) + "]}";
  EXPECT_EQ(to_string(judge_message(message, R"("stop")").outcome), "ok");
  const Observation other = judge_message(message, R"("tool_use")");
  EXPECT_EQ(rules_of(other),
            "tool_calls function arguments_json arguments_schema call_id -finish_reason");
  EXPECT_EQ(other.detail, "finish_reason is tool_use");
  ASSERT_EQ(other.remarks.size(), 1u);
  EXPECT_EQ(other.remarks[0].kind, "finish_reason");
  EXPECT_EQ(other.remarks[0].text, "tool_use");
  EXPECT_EQ(judge_message(message, "null").detail, "the answer has no finish_reason");
}

TEST(Tools, MissesTheCall) {
  const auto detail = [](const char* message) {
    const Observation seen = judge_message(message);
    EXPECT_EQ(to_string(seen.outcome), "bad_response") << message;
    EXPECT_EQ(rules_of(seen), "-tool_calls finish_reason") << message;
    EXPECT_EQ(facts_of(seen).look, Look::kFailing) << message;
    return seen.detail;
  };
  EXPECT_EQ(detail(R"({"content":"Done."})"), "the message has no tool_calls");
  EXPECT_EQ(detail(R"({"content":"Done.","tool_calls":[]})"), "tool_calls is empty");
  EXPECT_EQ(detail(R"({"tool_calls":{"id":"x"}})"), "tool_calls is object, no array");
  EXPECT_EQ(detail(R"({"content":"{\"name\":\"set_temperature\"}","tool_calls":[]})"),
            "the call stands in the content");
  EXPECT_EQ(detail(R"({"function_call":{"name":"set_temperature","arguments":"{}"}})"),
            "the call came in the old form, as function_call");
}

TEST(Tools, MissesTheMessage) {
  const Observation seen =
      judge(answer(200, R"({"choices":[{"text":"hi","finish_reason":"stop"}]})"));
  EXPECT_EQ(rules_of(seen), "-tool_calls finish_reason");
  EXPECT_EQ(seen.detail, "the answer has no message");
}

TEST(Tools, JudgesThePartsOfACallOneByOne) {
  const Observation other = judge_call(
      R"({"id":"c","type":"function","function":{"name":"cool","arguments":"{\"degrees\":2,\"unit\":\"celsius\"}"}})");
  EXPECT_EQ(rules_of(other),
            "tool_calls -function arguments_json arguments_schema call_id finish_reason");
  EXPECT_EQ(other.detail, "the call names another function: cool");
  const Observation object = judge_call(
      R"({"id":"c","type":"function","function":{"name":"set_temperature","arguments":{"degrees":2}}})");
  EXPECT_EQ(rules_of(object), "tool_calls function -arguments_json call_id finish_reason");
  EXPECT_EQ(object.detail, "the arguments are object, not a string");
  const Observation cut = judge_call(
      R"({"id":"c","type":"function","function":{"name":"set_temperature","arguments":"{\"degrees\":2"}})");
  EXPECT_EQ(rules_of(cut), "tool_calls function -arguments_json call_id finish_reason");
  EXPECT_EQ(cut.detail, "the arguments: not JSON, or cut");
  const Observation misfit = judge_call(
      R"({"id":null,"type":"function","function":{"name":"set_temperature","arguments":"{\"degrees\":2}"}})");
  EXPECT_EQ(rules_of(misfit),
            "tool_calls function arguments_json -arguments_schema -call_id finish_reason");
  EXPECT_EQ(misfit.detail, "the arguments: unit is missing");
  EXPECT_EQ(rules_of(judge_call("7")),
            "tool_calls -function -arguments_json -call_id finish_reason");
}

TEST(Tools, BlamesItsOwnLimitForACutAnswer) {
  const Observation seen = judge_message(R"({"content":"","tool_calls":[]})", R"("length")");
  EXPECT_EQ(to_string(seen.outcome), "bad_response");
  EXPECT_EQ(rules_of(seen), "-finish_reason");
  EXPECT_EQ(seen.detail, "finish_reason is length: 128 tokens did not suffice; raise max_tokens");
}

TEST(Tools, RemarksOnNewFieldsOfACall) {
  const Observation seen = judge_call(
      R"({"id":"c","type":"function","signature":"x","function":{"name":"set_temperature","strict":true,
          "arguments":"{\"degrees\":2,\"unit\":\"celsius\"}"}})");
  EXPECT_EQ(to_string(seen.outcome), "ok");
  ASSERT_EQ(seen.remarks.size(), 2u);
  EXPECT_EQ(seen.remarks[0].kind, "field");
  EXPECT_EQ(seen.remarks[0].text, "choices[].message.tool_calls[].signature");
  EXPECT_EQ(seen.remarks[1].text, "choices[].message.tool_calls[].function.strict");
}

TEST(Tools, LearnsNothingFromAModelThatTakesNoTools) {
  const Observation seen = judge(answer(
      400,
      R"({"error":{"message":"\"auto\" tool choice requires --enable-auto-tool-choice","code":null}})",
      {{"x-inference-version", "v2"}}));
  EXPECT_EQ(to_string(seen.outcome), "caller_error");
  EXPECT_EQ(facts_of(seen).look, Look::kNothing);
  EXPECT_TRUE(seen.rules.empty());
  EXPECT_TRUE(seen.readings.empty());
  const Observation streams =
      judge(answer(400, R"({"error":{"code":"streaming_required","message":"streams only"}})"));
  EXPECT_EQ(to_string(streams.outcome), "caller_error");
  EXPECT_EQ(facts_of(streams).look, Look::kNothing);
}

TEST(Tools, LeavesFailuresTheirMeaning) {
  const auto outcome = [](const Exchange& exchange) {
    const Observation seen = judge(exchange);
    EXPECT_TRUE(seen.rules.empty());
    EXPECT_FALSE(facts_of(seen).authority);
    return to_string(seen.outcome);
  };
  EXPECT_EQ(outcome(answer(404, R"({"error":{"code":"model_not_available"}})")), "not_found");
  EXPECT_EQ(outcome(answer(429, "")), "rate_limited");
  EXPECT_EQ(outcome(answer(503, "")), "upstream_error");
  EXPECT_EQ(outcome(answer(200, R"({"error":{"message":"engine died"}})")), "in_band_error");
  EXPECT_EQ(outcome(answer(200, "<html>")), "bad_response");
  EXPECT_EQ(outcome(no_answer(TransportError::kTimeout)), "timeout");
}

TEST(Tools, SeesWhoAnswers) {
  std::string body = body_of_call(kGoodCall);
  body.replace(body.find(R"("a/b")"), 5, R"("c/d")");
  const Observation seen = judge(answer(200, body));
  EXPECT_EQ(facts_of(seen).look, Look::kServedByOther);
  EXPECT_EQ(seen.detail, "called as asked; answered by c/d");
}

TEST(Tools, JudgesEveryPrefixOfAnAnswer) {
  const std::string body = body_of_call(kGoodCall);
  for (std::size_t size = 0; size < body.size(); ++size) {
    EXPECT_EQ(to_string(judge(answer(200, body.substr(0, size))).outcome), "bad_response") << size;
  }
}

using RecordedTools = Recorded;

TEST_F(RecordedTools, HoldACallOfAnotherFunction) {
  const auto samples = parse_json(read_recording("chat_nonstream_samples.json"));
  ASSERT_TRUE(samples);
  int calls = 0;
  for (const Json& sample : *samples) {
    const Json& body = sample.at("body");
    if (body.at("choices").at(0).value("finish_reason", "") != "tool_calls") continue;
    const Observation seen = judge(answer(200, body.dump()));
    EXPECT_EQ(rules_of(seen),
              "tool_calls -function arguments_json -arguments_schema call_id finish_reason");
    EXPECT_EQ(seen.detail, "the call names another function: square_root");
    EXPECT_TRUE(seen.remarks.empty());
    ++calls;
  }
  EXPECT_EQ(calls, 1);
}

TEST_F(RecordedTools, SayNothingOfModelsThatTakeNone) {
  const auto recorded = parse_json(read_recording("errors.json"));
  ASSERT_TRUE(recorded);
  int refusals = 0;
  for (const Json& error : recorded->at("errors")) {
    const std::string body = error.at("body_json").dump();
    if (body.find("tool choice") == std::string::npos) continue;
    const Observation seen = judge(answer(error.at("status").get<int>(), body));
    EXPECT_EQ(to_string(seen.outcome), "caller_error") << body;
    EXPECT_EQ(facts_of(seen).look, Look::kNothing) << body;
    ++refusals;
  }
  EXPECT_EQ(refusals, 2);
}

TEST(ToolArguments, FitTheSchema) {
  EXPECT_FALSE(arguments_fault(R"({"degrees":21,"unit":"celsius"})"));
  EXPECT_FALSE(arguments_fault(" {\"unit\":\"fahrenheit\",\"degrees\":-4}\n"));
  EXPECT_FALSE(arguments_fault(R"({"degrees":21.0,"unit":"celsius"})"));
}

TEST(ToolArguments, AreNamedWhereTheyDoNotFit) {
  const auto fault = [](std::string_view text) { return arguments_fault(text).value_or("none"); };
  EXPECT_EQ(fault(R"({"unit":"celsius"})"), "degrees is missing");
  EXPECT_EQ(fault(R"({"degrees":"21","unit":"celsius"})"), "degrees is no integer but a string");
  EXPECT_EQ(fault(R"({"degrees":21.5,"unit":"celsius"})"), "degrees is no integer but a number");
  EXPECT_EQ(fault(R"({"degrees":null,"unit":"celsius"})"), "degrees is no integer but null");
  EXPECT_EQ(fault(R"({"degrees":21})"), "unit is missing");
  EXPECT_EQ(fault(R"({"degrees":21,"unit":["celsius"]})"), "unit is no string but an array");
  EXPECT_EQ(fault(R"({"degrees":21,"unit":"kelvin"})"), "unit is not in its enum: kelvin");
  EXPECT_EQ(fault(R"({"degrees":21,"unit":"celsius","room":1})"),
            "a key that nobody asked for: room");
}

TEST(ToolArguments, AreOneObject) {
  EXPECT_EQ(object_fault(""), "empty");
  EXPECT_EQ(object_fault(" \n"), "empty");
  EXPECT_EQ(object_fault("[1]"), "no object but an array");
  EXPECT_EQ(object_fault("null"), "no object but null");
  EXPECT_EQ(object_fault("\"{}\""), "no object but a string");
  EXPECT_EQ(object_fault("{}{}"), "not JSON, or cut");
  EXPECT_EQ(object_fault("{\"a\":"), "not JSON, or cut");
  EXPECT_EQ(object_fault("<tool>"), "not JSON, or cut");
  EXPECT_EQ(object_fault("```json\n{}\n```"), "in a code fence");
  EXPECT_FALSE(object_fault("{}"));
}

TEST(ToolArguments, SurviveHostileText) {
  EXPECT_EQ(arguments_fault(std::string(100'000, '[')), "not JSON, or cut");
  EXPECT_EQ(arguments_fault(std::string("{\"degrees\":1e999,\"unit\":\"celsius\"}")),
            "not JSON, or cut");
  EXPECT_EQ(arguments_fault("{\"degrees\":1,\"unit\":\"\xFF\"}"),
            "unit is not in its enum: \xEF\xBF\xBD");
  EXPECT_EQ(arguments_fault(std::string("\0{}", 3)), "not JSON, or cut");
}

}  // namespace
}  // namespace together
