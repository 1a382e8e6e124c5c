#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/probes/exchanges.h"

namespace together {
namespace {

Observation judge(const Exchange& exchange) {
  return make_probe("serving")->judge(model_target("a/b"), exchange, "serving");
}
Observation judge(const std::string& body) { return judge(answer(200, body)); }

const ServingFacts& facts_of(const Observation& seen) { return std::get<ServingFacts>(seen.facts); }

TEST(Serving, TakesAPlainAnswerForServed) {
  const Observation seen = judge(
      R"({"id":"o1","object":"chat.completion","created":1,"model":"a/b","prompt":[],
          "choices":[{"index":0,"message":{"role":"assistant","content":"Hi","tool_calls":[]},
          "logprobs":null,"finish_reason":"length","seed":16176952071919858000}],
          "usage":{"prompt_tokens":9,"total_tokens":10,"completion_tokens":1}})");
  EXPECT_EQ(to_string(seen.outcome), "ok");
  EXPECT_EQ(facts_of(seen).look, Look::kServed);
  EXPECT_EQ(facts_of(seen).served_model, "a/b");
  ASSERT_TRUE(seen.usage);
  EXPECT_EQ(seen.usage->prompt_tokens, 9);
  EXPECT_EQ(seen.usage->completion_tokens, 1);
}

TEST(Serving, TakesSilentModelsForServed) {
  for (const char* body : {
           R"({"choices":[{"message":{"content":""},"finish_reason":"length"}]})",
           R"({"choices":[{"message":{"content":null,"reasoning":"We"}}]})",
           R"({"choices":[{"message":{"reasoning_content":"The"},"finish_reason":"length"}]})",
           R"({"choices":[{"message":{}}]})",
           R"({"choices":[{"text":""}]})",
           R"({"choices":[{"message":{"content":"x"}}],"error":null,"usage":null})",
           R"({"choices":[{"message":{"content":"x"},"error":null}],"error":false})",
           R"({"choices":[{"message":{"content":"x"},"error":false}],"error":""})",
           R"({"choices":[{"message":{"content":"x"},"error":""}]})",
       }) {
    const Observation seen = judge(body);
    EXPECT_EQ(to_string(seen.outcome), "ok") << body;
    EXPECT_EQ(facts_of(seen).look, Look::kServed) << body;
    EXPECT_FALSE(seen.usage) << body;
  }
}

TEST(Serving, IsTheAuthorityHoweverItEnds) {
  EXPECT_TRUE(facts_of(judge(R"({"choices":[{"message":{}}]})")).authority);
  EXPECT_TRUE(facts_of(judge("<html>")).authority);
  EXPECT_TRUE(
      facts_of(judge(answer(404, R"({"error":{"code":"model_not_available"}})"))).authority);
}

TEST(Serving, SeesWhoAnswers) {
  const Observation other = judge(R"({"model":"a/b-2","choices":[{"message":{}}]})");
  EXPECT_EQ(to_string(other.outcome), "ok");
  EXPECT_EQ(facts_of(other).look, Look::kServedByOther);
  EXPECT_EQ(facts_of(other).served_model, "a/b-2");
  EXPECT_EQ(other.detail, "answered by a/b-2");
  EXPECT_EQ(facts_of(judge(R"({"model":"A/B","choices":[{"message":{}}]})")).look, Look::kServed);
  EXPECT_EQ(facts_of(judge(R"({"model":7,"choices":[{"message":{}}]})")).look, Look::kServed);
}

TEST(Serving, SeesAnErrorInsideASuccess) {
  for (const char* body : {
           R"({"error":{"message":"engine died","code":"model_not_available"}})",
           R"({"error":"engine died"})",
           R"({"choices":[{"message":{"content":""},"finish_reason":"error"}]})",
           R"({"choices":[{"message":{"content":""},"error":"[object Object]"}]})",
           R"({"choices":[{"message":{"content":"x"}}],"error":{"message":"late"}})",
       }) {
    const Observation seen = judge(body);
    EXPECT_EQ(to_string(seen.outcome), "in_band_error") << body;
    EXPECT_EQ(facts_of(seen).look, Look::kFailing) << body;
  }
}

TEST(Serving, RefusesWhatIsNoAnswer) {
  for (const char* body :
       {"", "null", "[]", "{}", "<html>", R"({"choices":null})", R"({"choices":[]})",
        R"({"choices":{}})", R"({"choices":[7]})", R"({"choices":[{}]})",
        R"({"choices":[{"message":null}]})", R"({"choices":[{"message":"hi"}]})",
        R"({"choices":[{"message":{"content":"Hi")", "data: {}\n\n"}) {
    const Observation seen = judge(body);
    EXPECT_EQ(to_string(seen.outcome), "bad_response") << body;
    EXPECT_EQ(facts_of(seen).look, Look::kFailing) << body;
    EXPECT_FALSE(seen.detail.empty()) << body;
  }
}

TEST(Serving, LetsTheApiSayWhyNot) {
  const Observation gone = judge(answer(
      404, R"({"error":{"message":"Unable to access model a/b.","code":"model_not_available"}})"));
  EXPECT_EQ(to_string(gone.outcome), "not_found");
  EXPECT_EQ(facts_of(gone).look, Look::kNotFound);
  EXPECT_EQ(gone.detail, "HTTP 404: Unable to access model a/b.");
  const Observation streaming =
      judge(answer(400, R"({"error":{"code":"streaming_required","message":"streams only"}})"));
  EXPECT_EQ(to_string(streaming.outcome), "ok");
  EXPECT_EQ(facts_of(streaming).look, Look::kServed);
  const Observation gated = judge(answer(401, ""));
  EXPECT_EQ(facts_of(gated).look, Look::kNothing);
}

TEST(Serving, NeverTrustsACutAnswer) {
  Exchange cut = answer(200, R"({"choices":[{"message":{}}]})");
  cut.error = TransportError::kCutShort;
  EXPECT_EQ(to_string(judge(cut).outcome), "truncated");
  EXPECT_EQ(facts_of(judge(cut)).look, Look::kFailing);
}

TEST(Serving, AsksForOneToken) {
  const Request request = make_probe("serving")->request(model_target("a/b"));
  EXPECT_NE(request.body.find(R"("max_tokens":1,)"), std::string::npos);
  EXPECT_EQ(request.timeout, Duration::zero());
}

TEST(Serving, BoundsWhatARunBills) {
  const auto most = make_probe("serving")->most_billed(model_target("a/b"));
  EXPECT_EQ(most.prompt, 128);
  EXPECT_EQ(most.completion, 16);
}

}  // namespace
}  // namespace together
