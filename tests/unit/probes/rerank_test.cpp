#include <gtest/gtest.h>

#include <string>

#include "tests/unit/probes/exchanges.h"
#include "tests/unit/probes/surfaces.h"

namespace together {
namespace {

constexpr const char* kGood =
    R"({"object":"rerank","id":"o1","model":"a/b","results":[
        {"index":1,"relevance_score":0.99,"document":{"text":"Paris is the capital of France."}},
        {"index":0,"relevance_score":0.01}],
        "usage":{"prompt_tokens":30,"completion_tokens":0,"total_tokens":30}})";

Observation judge(const Exchange& exchange) {
  return make_probe("rerank")->judge(model_target("a/b"), exchange, "rerank");
}
Observation judge_results(const std::string& results) {
  return judge(answer(200, R"({"model":"a/b","results":)" + results + "}"));
}

TEST(Rerank, AsksToRankTwoDocuments) {
  const Request request = make_probe("rerank")->request(model_target("a/b"));
  EXPECT_EQ(request.method, Method::kPost);
  EXPECT_EQ(request.path, "/rerank");
  EXPECT_EQ(request.body,
            R"({"model":"a/b","query":"What is the capital of France?",)"
            R"("documents":["Bananas are yellow.","Paris is the capital of France."],"top_n":2})");
}

TEST(Rerank, IsTheAuthorityOnItsModels) {
  const ProbeInfo& info = probe_type("rerank").info;
  EXPECT_TRUE(info.enabled);
  EXPECT_TRUE(info.paid);
  EXPECT_TRUE(info.authority);
  EXPECT_TRUE(info.for_fallbacks);
  EXPECT_EQ(info.modalities, (std::vector<Modality>{Modality::kRerank}));
  EXPECT_EQ(make_probe("rerank")->most_billed(model_target("a/b")).prompt, 128);
}

TEST(Rerank, KeepsEveryRule) {
  const Observation seen = judge(answer(200, kGood));
  EXPECT_EQ(to_string(seen.outcome), "ok");
  EXPECT_EQ(rules_of(seen), "results index order relevance");
  EXPECT_EQ(facts_of(seen).look, Look::kServed);
  EXPECT_TRUE(facts_of(seen).authority);
  EXPECT_TRUE(seen.remarks.empty());
  EXPECT_EQ(seen.readings.size(), 8u);
  ASSERT_TRUE(seen.usage);
  EXPECT_EQ(seen.usage->prompt_tokens, 30);
}

TEST(Rerank, JudgesOrderAndRelevanceApart) {
  const Observation flipped =
      judge_results(R"([{"index":0,"relevance_score":0.1},{"index":1,"relevance_score":0.9}])");
  EXPECT_EQ(rules_of(flipped), "results index -order relevance");
  EXPECT_EQ(flipped.detail, "the scores do not descend");
  const Observation wrong =
      judge_results(R"([{"index":0,"relevance_score":0.9},{"index":1,"relevance_score":0.1}])");
  EXPECT_EQ(rules_of(wrong), "results index order -relevance");
  EXPECT_EQ(wrong.detail, "the document that fits does not come first");
  const Observation level =
      judge_results(R"([{"index":1,"relevance_score":0.5},{"index":0,"relevance_score":0.5}])");
  EXPECT_EQ(rules_of(level), "results index order -relevance");
  EXPECT_EQ(facts_of(level).look, Look::kServed);
}

TEST(Rerank, WantsEachDocumentOnce) {
  for (const char* results :
       {R"([{"index":1,"relevance_score":2},{"index":1,"relevance_score":1}])",
        R"([{"index":2,"relevance_score":2},{"index":1,"relevance_score":1}])",
        R"([{"relevance_score":2},{"index":0,"relevance_score":1}])"}) {
    const Observation seen = judge_results(results);
    EXPECT_EQ(rules_of(seen), "results -index order") << results;
    EXPECT_EQ(to_string(seen.outcome), "bad_response") << results;
  }
}

TEST(Rerank, RefusesWhatIsNoRanking) {
  for (const char* results :
       {"null", "{}", "[]", R"([{"index":1,"relevance_score":1}])", "[1,2]",
        R"([{"index":1,"score":1},{"index":0,"score":0}])",
        R"([{"index":1,"relevance_score":"1"},{"index":0,"relevance_score":"0"}])"}) {
    const Observation seen = judge_results(results);
    EXPECT_EQ(to_string(seen.outcome), "bad_response") << results;
    EXPECT_EQ(rules_of(seen), "-results") << results;
    EXPECT_EQ(facts_of(seen).look, Look::kFailing) << results;
  }
}

TEST(Rerank, RemarksOnNewFields) {
  const Observation seen = judge_results(
      R"([{"index":1,"relevance_score":2,"logit":4},{"index":0,"relevance_score":1}])");
  ASSERT_EQ(seen.remarks.size(), 1u);
  EXPECT_EQ(seen.remarks[0].text, "results[].logit");
}

TEST(Rerank, LetsTheApiSayWhyNot) {
  const Observation gone =
      judge(answer(400, R"({"error":{"message":"no","code":"model_not_available"}})"));
  EXPECT_EQ(facts_of(gone).look, Look::kNonServerless);
  EXPECT_TRUE(facts_of(gone).authority);
  EXPECT_EQ(to_string(judge(answer(200, R"({"error":{"message":"x"}})")).outcome), "in_band_error");
}

TEST(Rerank, JudgesEveryPrefixOfAnAnswer) {
  const std::string body = kGood;
  for (std::size_t size = 0; size < body.size(); ++size) {
    EXPECT_EQ(to_string(judge(answer(200, body.substr(0, size))).outcome), "bad_response") << size;
  }
}

}  // namespace
}  // namespace together
