#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/probes/streams.h"

namespace together {
namespace {

std::string outcome_of(const std::string& body) {
  return std::string(to_string(judge_stream_answer(stream_answer(body)).outcome));
}

const ServingFacts& facts_of(const Observation& seen) { return std::get<ServingFacts>(seen.facts); }

// The four shapes that Together's engines are known to send, each with its way to end.
const std::string kTextTwice =
    event(R"({"id":"o1","object":"chat.completion.chunk","created":1,"choices":[{"index":0,
      "text":"Hi","logprobs":null,"finish_reason":null,"seed":null,"delta":{"token_id":9906,
      "role":"assistant","content":"Hi","reasoning":null}}],"model":"a/b"})") +
    event(R"({"id":"o1","object":"chat.completion.chunk","created":1,"choices":[{"index":0,
      "text":"","logprobs":null,"finish_reason":"stop","seed":15924764223251450000,"delta":
      {"token_id":128009,"role":"assistant","content":""}}],"model":"a/b",
      "usage":{"prompt_tokens":45,"completion_tokens":3,"total_tokens":48,"cached_tokens":0}})") +
    kDone;
const std::string kMatchedStop =
    event(R"({"id":"o1","object":"chat.completion.chunk","created":1,"choices":[{"index":0,
      "text":"final","logprobs":null,"finish_reason":null,"matched_stop":null,"delta":
      {"token_id":null,"role":"assistant","content":"final"}}],"model":"a/b","usage":null})") +
    event(R"({"id":"o1","object":"chat.completion.chunk","created":1,"choices":[{"index":0,
      "text":"","logprobs":null,"finish_reason":"stop","matched_stop":200002,"delta":
      {"token_id":null,"role":"assistant","content":""}}],"model":"a/b","usage":null})") +
    usage_chunk(R"({"prompt_tokens":9,"total_tokens":11,"completion_tokens":2})") + kDone;
const std::string kReasoningContent =
    event(R"({"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"a/b",
      "system_fingerprint":"default","choices":[{"index":0,"delta":{"reasoning_content":"The"},
      "logprobs":null,"finish_reason":null}]})") +
    event(R"({"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"a/b",
      "system_fingerprint":"default","choices":[{"index":0,"delta":{},"logprobs":null,
      "finish_reason":"length"}]})") +
    kDone;
const std::string kStopReason =
    event(R"({"id":"chatcmpl-2","object":"chat.completion.chunk","created":1,"choices":[{"index":0,
      "delta":{"token_id":null,"role":"assistant","content":" ","tool_calls":null},
      "logprobs":null,"finish_reason":"stop","stop_reason":106}],"model":"a/b"})") +
    kDone;

TEST(StreamVerdict, AcceptsEveryEngineShape) {
  for (const std::string& body : {kTextTwice, kMatchedStop, kReasoningContent, kStopReason}) {
    const Observation seen = judge_stream_answer(stream_answer(body));
    EXPECT_EQ(to_string(seen.outcome), "ok") << seen.detail << body;
    EXPECT_EQ(facts_of(seen).look, Look::kServed);
    EXPECT_EQ(broken_rules(seen), std::vector<std::string>{});
  }
}

TEST(StreamVerdict, AcceptsEveryWayToEnd) {
  EXPECT_EQ(outcome_of(finish("tool_calls") + finish("stop") + kUsage + kDone), "ok");
  EXPECT_EQ(outcome_of(finish() + kDone), "ok");
  EXPECT_EQ(outcome_of(finish()), "ok");
  EXPECT_EQ(outcome_of(content("x") + kDone), "ok");
  EXPECT_EQ(outcome_of(finish("tired") + kDone), "ok");
}

TEST(StreamVerdict, SeesAnErrorInsideTheStream) {
  const Observation seen = judge_stream_answer(stream_answer(
      content("") +
      event(R"({"id":"","object":"chat.completion.chunk","created":1,"choices":[{"index":0,
        "text":"","error":"[object Object]","finish_reason":"error","delta":{"content":""}}]})") +
      kDone));
  EXPECT_EQ(to_string(seen.outcome), "in_band_error");
  EXPECT_EQ(facts_of(seen).look, Look::kFailing);
  EXPECT_EQ(seen.detail, "[object Object]");
  EXPECT_EQ(outcome_of(event(R"({"error":{"message":"died"}})")), "in_band_error");
  EXPECT_EQ(outcome_of(finish("error")), "in_band_error");
}

TEST(StreamVerdict, SeesAnErrorThatIsNoStream) {
  const Observation seen = judge_stream_answer(answer(200, R"({"error":{"message":"no capacity"}})",
                                                      {{"content-type", "application/json"}}));
  EXPECT_EQ(to_string(seen.outcome), "in_band_error");
  EXPECT_EQ(seen.detail, "no capacity");
}

TEST(StreamVerdict, PrefersTheErrorToTheCut) {
  Exchange cut = stream_answer(event(R"({"error":"died"})"));
  cut.error = TransportError::kCutShort;
  EXPECT_EQ(to_string(judge_stream_answer(cut).outcome), "in_band_error");
}

TEST(StreamVerdict, SeesTruncation) {
  EXPECT_EQ(outcome_of(content("x")), "truncated");
  EXPECT_EQ(outcome_of(content("x") + "data: {\"id\""), "truncated");
  EXPECT_EQ(outcome_of(""), "truncated");
  Exchange cut = stream_answer(kGoodStream);
  cut.error = TransportError::kCutShort;
  EXPECT_EQ(to_string(judge_stream_answer(cut).outcome), "truncated");
  EXPECT_EQ(facts_of(judge_stream_answer(cut)).look, Look::kFailing);
}

TEST(StreamVerdict, NeverTakesACutStreamForAGoodOne) {
  const std::string before_the_end = content("One") + content(" two");
  for (std::size_t cut = 0; cut <= before_the_end.size(); ++cut) {
    ASSERT_EQ(outcome_of(before_the_end.substr(0, cut)), "truncated") << cut;
  }
}

TEST(StreamVerdict, KeepsTheTimeOut) {
  Exchange slow = stream_answer(content("x"));
  slow.error = TransportError::kTimeout;
  EXPECT_EQ(to_string(judge_stream_answer(slow).outcome), "timeout");
  EXPECT_EQ(facts_of(judge_stream_answer(slow)).look, Look::kFailing);
}

TEST(StreamVerdict, SaysNothingOfAStreamWeStopped) {
  Exchange stopped = stream_answer(content("x"));
  stopped.error = TransportError::kCancelled;
  const Observation seen = judge_stream_answer(stopped);
  EXPECT_EQ(to_string(seen.outcome), "internal");
  EXPECT_EQ(facts_of(seen).look, Look::kNothing);
  EXPECT_TRUE(seen.readings.empty());
}

TEST(StreamVerdict, RefusesBrokenStreams) {
  EXPECT_EQ(outcome_of(kGoodStream + "data: {"), "bad_response");
  EXPECT_EQ(outcome_of(event("no json") + finish() + kDone), "bad_response");
  EXPECT_EQ(outcome_of(event(R"({"object":"completion.chunk","choices":[]})") + finish() + kDone),
            "bad_response");
  EXPECT_EQ(outcome_of(finish() + kDone + kDone), "bad_response");
  EXPECT_EQ(outcome_of(finish() + kDone + kUsage), "bad_response");
  EXPECT_EQ(outcome_of(event(std::string(100'000, '[')) + finish() + kDone), "bad_response");
  const Observation page =
      judge_stream_answer(answer(200, "<html>", {{"content-type", "text/html"}}));
  EXPECT_EQ(facts_of(page).look, Look::kFailing);
  const Observation plain = judge_stream_answer(
      answer(200, R"({"choices":[{"message":{}}]})", {{"content-type", "application/json"}}));
  EXPECT_EQ(to_string(plain.outcome), "bad_response");
}

TEST(StreamVerdict, LetsTheApiSayWhyNot) {
  const Observation seen = judge_stream_answer(answer(
      404, R"({"error":{"message":"Unable to access model a/b.","code":"model_not_available"}})"));
  EXPECT_EQ(to_string(seen.outcome), "not_found");
  EXPECT_EQ(facts_of(seen).look, Look::kNotFound);
  EXPECT_EQ(to_string(judge_stream_answer(no_answer(TransportError::kTls)).outcome), "tls_failed");
}

TEST(StreamVerdict, SeesWhoAnswers) {
  const Observation seen =
      make_probe("stream")->judge(model_target("old/name"), stream_answer(kGoodStream), "stream");
  EXPECT_EQ(to_string(seen.outcome), "ok");
  EXPECT_EQ(facts_of(seen).look, Look::kServedByOther);
  EXPECT_EQ(facts_of(seen).served_model, "a/b");
}

TEST(StreamVerdict, ReadsTheUsage) {
  const Observation seen = judge_stream_answer(stream_answer(kGoodStream));
  ASSERT_TRUE(seen.usage);
  EXPECT_EQ(seen.usage->prompt_tokens, 9);
  EXPECT_EQ(seen.usage->completion_tokens, 3);
  EXPECT_FALSE(judge_stream_answer(stream_answer(finish() + kDone)).usage);
}

TEST(StreamVerdict, FitsTheLongestStreamIntoTheBody) {
  const SettingDef max_tokens = probe_type("stream").info.settings.at(0);
  ASSERT_EQ(max_tokens.name, "max_tokens");
  const std::size_t longest_chunk = 450;  // bytes, of recorded streams
  EXPECT_LT(static_cast<std::size_t>(max_tokens.most) * longest_chunk,
            make_probe("stream")->request(model_target("a/b")).max_body_bytes);
}

TEST(StreamVerdict, AsksForAsManyTokensAsConfigured) {
  Settings settings(probe_type("stream").info.settings);
  settings.set("max_tokens", 100LL);
  const auto probe = probe_type("stream").make({settings, {}});
  const std::string body = probe->request(model_target("a/b")).body;
  EXPECT_NE(body.find(R"("max_tokens":100,"stream":true)"), std::string::npos) << body;
  EXPECT_EQ(probe->most_billed(model_target("a/b")).completion, 115);
}

}  // namespace
}  // namespace together
