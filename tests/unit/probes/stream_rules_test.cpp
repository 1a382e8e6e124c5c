#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/unit/probes/streams.h"

namespace together {
namespace {

using Names = std::vector<std::string>;

Names broken_in(const std::string& body) {
  return broken_rules(judge_stream_answer(stream_answer(body)));
}

std::map<std::string, double> readings_by_rule(const Observation& seen, const std::string& metric) {
  std::map<std::string, double> values;
  for (const Reading& reading : seen.readings) {
    if (reading.metric->name == metric) values[reading.labels.at(1)] = reading.value;
  }
  return values;
}

TEST(StreamRules, JudgesAllElevenInOrder) {
  const Observation seen = judge_stream_answer(stream_answer(kGoodStream));
  Names names;
  for (const auto& rule : seen.rules) {
    names.push_back(rule.name);
    EXPECT_TRUE(rule.ok) << rule.name << ": " << rule.detail;
    EXPECT_FALSE(rule.detail.empty()) << rule.name;
  }
  EXPECT_EQ(names, (Names{"status", "content_type", "framing", "json", "object", "finish_reason",
                          "done_once_and_last", "no_error", "not_truncated", "usage_plausible",
                          "known_fields"}));
}

TEST(StreamRules, GivesAGaugeAndACounterEach) {
  const Observation seen = judge_stream_answer(stream_answer(content("x") + kDone));
  const auto ok = readings_by_rule(seen, "together_stream_rule_ok");
  const auto violations = readings_by_rule(seen, "together_stream_violations_total");
  EXPECT_EQ(ok.size(), 11u);
  EXPECT_EQ(violations.size(), 11u);
  EXPECT_EQ(ok.at("framing"), 1);
  EXPECT_EQ(violations.at("framing"), 0);
  EXPECT_EQ(ok.at("finish_reason"), 0);
  EXPECT_EQ(violations.at("finish_reason"), 1);
  for (const Reading& reading : seen.readings) EXPECT_EQ(reading.labels.at(0), "a/b");
}

TEST(StreamRules, ContentType) {
  const auto broken_with = [](std::vector<Header> headers) {
    return broken_rules(judge_stream_answer(answer(200, kGoodStream, std::move(headers))));
  };
  EXPECT_EQ(broken_with({{"content-type", "Text/Event-Stream ; charset=utf-8"}}), Names{});
  EXPECT_EQ(broken_with({{"content-type", "application/json"}}), Names{"content_type"});
  EXPECT_EQ(broken_with({{"content-type", "text/event-streams"}}), Names{"content_type"});
  EXPECT_EQ(broken_with({}), Names{"content_type"});
}

TEST(StreamRules, Framing) {
  EXPECT_EQ(broken_in(kGoodStream + "data: {"), Names{"framing"});
  EXPECT_EQ(broken_in(content(std::string(300'000, 'x')) + finish() + kDone), Names{"framing"});
  EXPECT_EQ(broken_in(""),
            (Names{"framing", "finish_reason", "done_once_and_last", "not_truncated"}));
}

TEST(StreamRules, FramingAllowsCommentsAndCrLf) {
  EXPECT_EQ(broken_in(": keep-alive\r\n\r\n" + kGoodStream), Names{});
}

TEST(StreamRules, JsonWantsObjects) {
  EXPECT_EQ(broken_in(event("not json") + finish() + kDone), Names{"json"});
  EXPECT_EQ(broken_in(event("[]") + finish() + kDone), Names{"json"});
  EXPECT_EQ(broken_in("data: {}\ndata: {}\n\n" + finish() + kDone), Names{"json"});
}

TEST(StreamRules, JsonTakesHugeSeeds) {
  EXPECT_EQ(broken_in(event(R"({"object":"chat.completion.chunk","choices":[{"index":0,
      "seed":16176952071919858000,"delta":{"content":""},"finish_reason":"stop"}]})") +
                      kDone),
            (Names{}));
}

TEST(StreamRules, ObjectWantsChunks) {
  EXPECT_EQ(broken_in(event(R"({"object":"completion.chunk","choices":[]})") + finish() + kDone),
            Names{"object"});
  EXPECT_EQ(broken_in(event(R"({"choices":[]})") + finish() + kDone), Names{"object"});
  EXPECT_EQ(broken_in(event(R"({"object":"chat.completion.chunk"})") + finish() + kDone),
            Names{"object"});
  EXPECT_EQ(
      broken_in(event(R"({"object":"chat.completion.chunk","choices":[7]})") + finish() + kDone),
      Names{"object"});
}

TEST(StreamRules, FinishReason) {
  for (const char* known :
       {"stop", "tool_calls", "length", "eos", "function_call", "content_filter"}) {
    EXPECT_EQ(broken_in(finish(known) + kDone), Names{}) << known;
  }
  EXPECT_EQ(broken_in(finish("tool_calls") + finish("stop") + kDone), Names{});
  EXPECT_EQ(broken_in(content("x") + kDone), Names{"finish_reason"});
  EXPECT_EQ(broken_in(finish("tired") + kDone), Names{"finish_reason"});
  EXPECT_EQ(broken_in(chunk("{}", "7") + kDone), Names{"finish_reason"});
  EXPECT_EQ(broken_in(finish("error") + kDone), (Names{"finish_reason", "no_error"}));
}

TEST(StreamRules, DoneOnceAndLast) {
  EXPECT_EQ(broken_in(finish()), Names{"done_once_and_last"});
  EXPECT_EQ(broken_in(finish() + kDone + kDone), Names{"done_once_and_last"});
  EXPECT_EQ(broken_in(finish() + kDone + kUsage), Names{"done_once_and_last"});
}

TEST(StreamRules, NoError) {
  EXPECT_EQ(broken_in(event(R"({"error":{"message":"died"}})") + finish() + kDone),
            Names{"no_error"});
  EXPECT_EQ(broken_in(event(R"({"object":"chat.completion.chunk","choices":[{"error":"x"}]})") +
                      finish() + kDone),
            Names{"no_error"});
  EXPECT_EQ(broken_in("event: error\ndata: died\n\n" + finish() + kDone), Names{"no_error"});
}

TEST(StreamRules, NoErrorTakesTheFormsOfNone) {
  for (const std::string& none : std::vector<std::string>{"null", "false", R"("")"}) {
    EXPECT_EQ(broken_in(event(R"({"object":"chat.completion.chunk","error":)" + none +
                              R"(,"choices":[{"error":)" + none + R"(,"finish_reason":"stop"}]})") +
                        kDone),
              Names{})
        << none;
  }
}

TEST(StreamRules, NotTruncated) {
  EXPECT_EQ(broken_in(content("x")),
            (Names{"finish_reason", "done_once_and_last", "not_truncated"}));
  Exchange cut = stream_answer(kGoodStream);
  cut.error = TransportError::kCutShort;
  EXPECT_EQ(broken_rules(judge_stream_answer(cut)), Names{"not_truncated"});
}

TEST(StreamRules, UsagePlausible) {
  const auto broken_with = [](const std::string& usage) {
    return broken_in(finish() + usage_chunk(usage) + kDone);
  };
  for (
      const char* good : {
          "null",
          "{}",
          R"({"prompt_tokens":9,"completion_tokens":3})",
          R"({"prompt_tokens":0,"completion_tokens":0,"total_tokens":0})",
          R"({"prompt_tokens":95,"total_tokens":115,"completion_tokens":20,"reasoning_tokens":20})",
          R"({"prompt_tokens":9,"completion_tokens":3,"total_tokens":null})",
          R"({"prompt_tokens":9,"completion_tokens":1280,"total_tokens":1289})",
      }) {
    EXPECT_EQ(broken_with(good), Names{}) << good;
  }
  for (const char* bad : {
           "7",
           "[]",
           R"({"prompt_tokens":-1})",
           R"({"completion_tokens":1.5})",
           R"({"prompt_tokens":"9"})",
           R"({"total_tokens":16176952071919858000})",
           R"({"prompt_tokens":9,"completion_tokens":3,"total_tokens":13})",
           R"({"completion_tokens":1281})",
       }) {
    EXPECT_EQ(broken_with(bad), Names{"usage_plausible"}) << bad;
  }
}

TEST(StreamRules, KnownFields) {
  const Observation seen = judge_stream_answer(stream_answer(
      event(R"({"object":"chat.completion.chunk","new_top":1,"choices":[{"new_choice":2,
                "delta":{"new_delta":3,"content":"x"},"finish_reason":"stop"}]})") +
      kDone));
  EXPECT_EQ(broken_rules(seen), Names{"known_fields"});
  EXPECT_EQ(seen.rules.back().detail,
            "unknown: new_top, choices[].new_choice, choices[].delta.new_delta");
  EXPECT_EQ(to_string(seen.outcome), "ok");
}

TEST(StreamRules, StaySmallOnHostileStreams) {
  std::string fields;
  for (int i = 0; i < 10'000; ++i) {
    fields += ",\"" + std::string(i < 20 ? 500 : 1, 'f') + std::to_string(i) + "\":0";
  }
  const Observation seen = judge_stream_answer(
      stream_answer(event(R"({"object":"chat.completion.chunk","choices":[])" + fields + "}") +
                    finish() + kDone));
  EXPECT_EQ(broken_rules(seen), Names{"known_fields"});
  for (const auto& rule : seen.rules) EXPECT_LT(rule.detail.size(), 400u) << rule.name;
}

TEST(StreamRules, StopAtAStatusThatIsNot200) {
  const Observation seen = judge_stream_answer(answer(500, "Internal server error"));
  ASSERT_EQ(seen.rules.size(), 1u);
  EXPECT_EQ(seen.rules[0].name, "status");
  EXPECT_FALSE(seen.rules[0].ok);
  EXPECT_EQ(readings_by_rule(seen, "together_stream_rule_ok"),
            (std::map<std::string, double>{{"status", 0}}));
}

TEST(StreamRules, StopAtAnAnswerThatIsNoStream) {
  const Observation seen =
      judge_stream_answer(answer(200, "<html></html>", {{"content-type", "text/html"}}));
  EXPECT_EQ(broken_rules(seen), Names{"content_type"});
  EXPECT_EQ(seen.rules.size(), 2u);
}

TEST(StreamRules, AreNotJudgedWhereNothingSpeaksOfTheModel) {
  for (const Exchange& exchange :
       {answer(401, ""), answer(402, ""), answer(429, ""),
        answer(400, R"({"error":{"message":"a/b only supports WebSocket streaming"}})"),
        answer(400, R"({"error":{"message":"Input validation error"}})",
               {{"x-inference-version", "v2"}}),
        no_answer(TransportError::kDns), no_answer(TransportError::kCancelled)}) {
    const Observation seen = judge_stream_answer(exchange);
    EXPECT_TRUE(seen.rules.empty()) << exchange.status << exchange.body;
    EXPECT_TRUE(seen.readings.empty()) << exchange.status << exchange.body;
  }
}

}  // namespace
}  // namespace together
