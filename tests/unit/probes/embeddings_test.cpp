#include <gtest/gtest.h>

#include <string>

#include "tests/unit/probes/exchanges.h"
#include "tests/unit/probes/surfaces.h"

namespace together {
namespace {

constexpr const char* kGood =
    R"({"object":"list","model":"a/b","data":[{"object":"embedding","index":0,
        "embedding":[0.5,-0.25,0]}],"usage":{"prompt_tokens":3,"total_tokens":3}})";

Observation judge(const Exchange& exchange) {
  return make_probe("embeddings")->judge(model_target("a/b"), exchange, "embeddings");
}
Observation judge(const std::string& body) { return judge(answer(200, body)); }
Observation judge_vector(const std::string& vector) {
  return judge(R"({"object":"list","data":[{"object":"embedding","index":0,"embedding":)" + vector +
               "}]}");
}

TEST(Embeddings, EmbedOneLetter) {
  const Request request = make_probe("embeddings")->request(model_target("a/b"));
  EXPECT_EQ(request.method, Method::kPost);
  EXPECT_EQ(request.path, "/embeddings");
  EXPECT_EQ(request.headers, (std::vector<Header>{{"content-type", "application/json"}}));
  EXPECT_EQ(request.body, R"({"model":"a/b","input":"a"})");
  EXPECT_EQ(make_probe("embeddings")->request(model_target("\xFF")).body,
            "{\"model\":\"\xEF\xBF\xBD\",\"input\":\"a\"}");
}

TEST(Embeddings, AreTheAuthorityOnTheirModels) {
  const ProbeInfo& info = probe_type("embeddings").info;
  EXPECT_TRUE(info.enabled);
  EXPECT_TRUE(info.paid);
  EXPECT_TRUE(info.authority);
  EXPECT_TRUE(info.for_fallbacks);
  EXPECT_EQ(info.modalities, (std::vector<Modality>{Modality::kEmbedding}));
  EXPECT_EQ(info.interval, std::chrono::minutes(5));
  EXPECT_TRUE(facts_of(judge(kGood)).authority);
  EXPECT_TRUE(facts_of(judge("<html>")).authority);
  const auto most = make_probe("embeddings")->most_billed(model_target("a/b"));
  EXPECT_EQ(most.prompt, 16);
  EXPECT_EQ(most.completion, 0);
}

TEST(Embeddings, KeepEveryRule) {
  const Observation seen = judge(kGood);
  EXPECT_EQ(to_string(seen.outcome), "ok");
  EXPECT_EQ(seen.detail, "embedded in 3 dimensions");
  EXPECT_EQ(rules_of(seen), "object data vector");
  EXPECT_EQ(facts_of(seen).look, Look::kServed);
  EXPECT_TRUE(seen.remarks.empty());
  ASSERT_TRUE(seen.usage);
  EXPECT_EQ(seen.usage->prompt_tokens, 3);
  EXPECT_EQ(seen.usage->completion_tokens, 0);
}

TEST(Embeddings, TellTheirDimensions) {
  const Observation seen = judge(kGood);
  ASSERT_EQ(seen.readings.size(), 7u);
  EXPECT_EQ(seen.readings.back().metric->name, "together_embedding_dimensions");
  EXPECT_EQ(seen.readings.back().labels, (std::vector<std::string>{"a/b"}));
  EXPECT_EQ(seen.readings.back().value, 3);
}

TEST(Embeddings, DoWithoutUsage) {
  EXPECT_FALSE(judge_vector("[1]").usage);
  EXPECT_FALSE(judge(R"({"data":[],"usage":{"prompt_tokens":-3}})").usage);
  EXPECT_FALSE(judge(R"({"data":[],"usage":{"prompt_tokens":20000000}})").usage);
}

TEST(Embeddings, SeeWhoAnswers) {
  std::string body = kGood;
  body.replace(body.find("a/b"), 3, "c/d");
  const Observation seen = judge(body);
  EXPECT_EQ(to_string(seen.outcome), "ok");
  EXPECT_EQ(facts_of(seen).look, Look::kServedByOther);
  EXPECT_EQ(facts_of(seen).served_model, "c/d");
  EXPECT_EQ(seen.detail, "embedded in 3 dimensions; answered by c/d");
}

TEST(Embeddings, RefuseWhatIsNoVector) {
  for (const char* vector :
       {"[]", "[0,0.0,-0]", R"(["1"])", "[1,null]", R"("AAAA")", "{}", "null"}) {
    const Observation seen = judge_vector(vector);
    EXPECT_EQ(to_string(seen.outcome), "bad_response") << vector;
    EXPECT_EQ(rules_of(seen), "object data -vector") << vector;
    EXPECT_EQ(facts_of(seen).look, Look::kFailing) << vector;
    EXPECT_EQ(seen.readings.size(), 6u) << vector;
  }
  EXPECT_EQ(judge_vector("[0,0]").detail, "the vector is all zero");
}

TEST(Embeddings, RefuseNumbersThatAreNotFinite) {
  EXPECT_EQ(to_string(judge_vector("[NaN]").outcome), "bad_response");
  EXPECT_EQ(to_string(judge_vector("[1e999]").outcome), "bad_response");
}

TEST(Embeddings, JudgeTheListApart) {
  const Observation other =
      judge(R"({"object":"embeddings","data":[{"object":"embedding","index":0,"embedding":[1]}]})");
  EXPECT_EQ(rules_of(other), "-object data vector");
  EXPECT_EQ(other.detail, "object is embeddings");
  EXPECT_EQ(facts_of(other).look, Look::kServed);
  const Observation vector = judge(R"({"object":"list","data":[{"object":"vector","index":0,
                                       "embedding":[1]}]})");
  EXPECT_EQ(rules_of(vector), "object -data vector");
  EXPECT_EQ(rules_of(judge(R"({"object":"list","data":[{"object":"embedding","index":1,
                               "embedding":[1]}]})")),
            "object -data vector");
  EXPECT_EQ(rules_of(judge(R"({"object":"list","data":[]})")), "object -data");
  EXPECT_EQ(rules_of(judge(R"({"object":"list","data":[7]})")), "object -data -vector");
  EXPECT_EQ(facts_of(judge(R"({"object":"list","data":[]})")).look, Look::kFailing);
}

TEST(Embeddings, RemarkOnNewFields) {
  const Observation seen = judge(
      R"({"object":"list","warnings":[],"data":[{"object":"embedding","index":0,"embedding":[1],
          "norm":1}]})");
  EXPECT_EQ(to_string(seen.outcome), "ok");
  ASSERT_EQ(seen.remarks.size(), 2u);
  EXPECT_EQ(seen.remarks[0].text, "warnings");
  EXPECT_EQ(seen.remarks[1].text, "data[].norm");
}

TEST(Embeddings, LetTheApiSayWhyNot) {
  const Observation gone =
      judge(answer(400, R"({"error":{"message":"no","code":"model_not_available"}})"));
  EXPECT_EQ(to_string(gone.outcome), "non_serverless");
  EXPECT_EQ(facts_of(gone).look, Look::kNonServerless);
  EXPECT_TRUE(gone.rules.empty());
  EXPECT_TRUE(gone.readings.empty());
  EXPECT_EQ(facts_of(judge(answer(429, ""))).look, Look::kThrottled);
  EXPECT_EQ(facts_of(judge(answer(401, ""))).look, Look::kNothing);
  EXPECT_EQ(to_string(judge(R"({"error":"engine died"})").outcome), "in_band_error");
  Exchange cut = answer(200, kGood);
  cut.error = TransportError::kCutShort;
  EXPECT_EQ(to_string(judge(cut).outcome), "truncated");
}

TEST(Embeddings, JudgeEveryPrefixOfAnAnswer) {
  const std::string body = kGood;
  for (std::size_t size = 0; size < body.size(); ++size) {
    const Observation seen = judge(body.substr(0, size));
    EXPECT_EQ(to_string(seen.outcome), "bad_response") << size;
    EXPECT_EQ(facts_of(seen).look, Look::kFailing) << size;
  }
}

}  // namespace
}  // namespace together
