#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "exporter/core/text.h"
#include "probes/json/read.h"
#include "tests/unit/probes/exchanges.h"
#include "tests/unit/probes/recordings.h"

namespace together {
namespace {

const std::vector<Header> kBehindGateway{{"x-inference-version", "v2"}};
constexpr const char* kRouted =
    "routed: refused by the engine's input check, nothing was generated";

Observation judge(const Exchange& exchange) {
  return make_probe("routing")->judge(model_target("a/b"), exchange, "routing");
}

const ServingFacts& facts_of(const Observation& seen) { return std::get<ServingFacts>(seen.facts); }

std::string refusal(const std::string& message, const std::string& code = "null") {
  return R"({"id":"o1","error":{"message":")" + message +
         R"(","type":"invalid_request_error","param":null,"code":)" + code + "}}";
}

TEST(Routing, AsksForWhatNoModelGives) {
  const Request request = make_probe("routing")->request(model_target("a/b"));
  EXPECT_EQ(request.method, Method::kPost);
  EXPECT_EQ(request.path, "/chat/completions");
  EXPECT_EQ(request.headers, (std::vector<Header>{{"content-type", "application/json"}}));
  EXPECT_EQ(request.credential, Credential::kTogether);
  EXPECT_EQ(request.body,
            R"({"model":"a/b","messages":[{"role":"user","content":[{"type":"text","text":"hi"},)"
            R"({"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]}],)"
            R"("max_tokens":1,"logprobs":"refuse this","stream":false})");
}
TEST(Routing, EscapesAnyModelId) {
  const Request request = make_probe("routing")->request(model_target("a\"\n\xFF"));
  EXPECT_EQ(request.body.substr(0, 20), "{\"model\":\"a\\\"\\n\uFFFD\",");
}
TEST(Routing, IsFreeAndLeftToThoseWhoWantIt) {
  const ProbeInfo& info = probe_type("routing").info;
  EXPECT_FALSE(info.enabled);
  EXPECT_FALSE(info.paid);
  EXPECT_TRUE(info.for_fallbacks);
  EXPECT_EQ(info.scope, Scope::kModel);
  EXPECT_EQ(info.interval, std::chrono::minutes(5));
  EXPECT_EQ(info.modalities,
            (std::vector<Modality>{Modality::kChat, Modality::kLanguage, Modality::kCode}));
}

TEST(Routing, TakesARefusalFromBehindTheGatewayForRoutedAndNoMore) {
  for (const char* message : {"Input validation error", "a/b is not a multimodal model"}) {
    const Observation seen = judge(answer(400, refusal(message), kBehindGateway));
    EXPECT_EQ(to_string(seen.outcome), "ok") << message;
    EXPECT_EQ(seen.detail, kRouted);
    EXPECT_EQ(facts_of(seen).look, Look::kNothing) << message;
    EXPECT_FALSE(seen.usage);
  }
}
TEST(Routing, TakesARefusalOfAnyFormForRouted) {
  EXPECT_EQ(judge(answer(400, "not JSON at all", kBehindGateway)).detail, kRouted);
  EXPECT_EQ(judge(answer(422, refusal("unprocessable"), kBehindGateway)).detail, kRouted);
}
TEST(Routing, LearnsNothingFromARefusalThatNamesNoReason) {
  const Observation seen = judge(answer(400, refusal("Input validation error")));
  EXPECT_EQ(to_string(seen.outcome), "caller_error");
  EXPECT_EQ(facts_of(seen).look, Look::kNothing);
}
TEST(Routing, TellsOfAnAbsenceWithoutAuthority) {
  const Observation gone = judge(answer(404, refusal("no", R"("model_not_available")")));
  EXPECT_EQ(to_string(gone.outcome), "not_found");
  EXPECT_EQ(facts_of(gone).look, Look::kNotFound);
  EXPECT_FALSE(facts_of(gone).authority);
  const Observation dedicated = judge(answer(400, refusal("no", R"("model_not_available")")));
  EXPECT_EQ(to_string(dedicated.outcome), "non_serverless");
  EXPECT_EQ(facts_of(dedicated).look, Look::kNonServerless);
  EXPECT_FALSE(facts_of(dedicated).authority);
}
TEST(Routing, BelievesTheCodeBeforeTheHeader) {
  const Observation seen =
      judge(answer(400, refusal("no", R"("model_not_available")"), kBehindGateway));
  EXPECT_EQ(to_string(seen.outcome), "non_serverless");
}
TEST(Routing, LeavesOtherRefusalsTheirMeaning) {
  const auto outcome = [](const Exchange& exchange) { return to_string(judge(exchange).outcome); };
  const Observation streams = judge(answer(400, refusal("no", R"("streaming_required")")));
  EXPECT_EQ(to_string(streams.outcome), "ok");
  EXPECT_EQ(facts_of(streams).look, Look::kServed);
  EXPECT_EQ(streams.detail, "HTTP 400: no");
  EXPECT_EQ(outcome(answer(400, refusal("no", R"("dedicated_endpoint_not_running")"))),
            "endpoint_stopped");
  EXPECT_EQ(outcome(answer(403, refusal("no", R"("third_party_data_sharing_blocked")"))),
            "blocked");
  EXPECT_EQ(outcome(answer(401, "")), "unauthorized");
  EXPECT_EQ(outcome(answer(402, "")), "payment_required");
  EXPECT_EQ(outcome(answer(429, "")), "rate_limited");
  EXPECT_EQ(outcome(answer(503, "", kBehindGateway)), "upstream_error");
  EXPECT_EQ(outcome(no_answer(TransportError::kTimeout)), "timeout");
}

TEST(Routing, OwnsUpToAnAnswerThatMayBeBilled) {
  const Observation seen =
      judge(answer(200, R"({"model":"a/b","choices":[{"message":{"content":"A"}}],
              "usage":{"prompt_tokens":270,"completion_tokens":1}})",
                   kBehindGateway));
  EXPECT_EQ(to_string(seen.outcome), "ok");
  EXPECT_EQ(seen.detail,
            "answered by the model, which took what it should refuse and may have billed it");
  EXPECT_EQ(facts_of(seen).look, Look::kServed);
  EXPECT_FALSE(facts_of(seen).authority);
  ASSERT_TRUE(seen.usage);
  EXPECT_EQ(seen.usage->prompt_tokens, 270);
}
TEST(Routing, SeesWhoAnswers) {
  const Observation seen =
      judge(answer(200, R"({"model":"c/d","choices":[{"message":{"content":"A"}}]})"));
  EXPECT_EQ(facts_of(seen).look, Look::kServedByOther);
  EXPECT_EQ(facts_of(seen).served_model, "c/d");
}
TEST(Routing, TakesNoErrorInsideASuccessForAnAnswer) {
  for (const char* body : {R"({"error":{"message":"engine died"}})", "<html>", "{}",
                           R"({"choices":[{"message":{},"finish_reason":"error"}]})"}) {
    const Observation seen = judge(answer(200, body));
    EXPECT_NE(to_string(seen.outcome), "ok") << body;
    EXPECT_EQ(facts_of(seen).look, Look::kFailing) << body;
    EXPECT_FALSE(facts_of(seen).authority) << body;
  }
}

using RecordedRefusals = Recorded;

TEST_F(RecordedRefusals, AreRoutedExactlyWhereTheyCameFromBehindTheGateway) {
  const auto recorded = parse_json(read_recording("errors.json"));
  ASSERT_TRUE(recorded);
  int routed = 0;
  int not_routed = 0;
  for (const Json& error : recorded->at("errors")) {
    if (error.at("status") != 400 || !error.at("headers").is_object()) continue;
    Exchange exchange = answer(400, error.at("body_json").dump());
    for (const auto& [name, value] : error.at("headers").items()) {
      exchange.headers.emplace_back(lower_ascii(name), value.get<std::string>());
    }
    const Observation seen = judge(exchange);
    const bool behind = exchange.header("x-inference-version").has_value();
    EXPECT_EQ(seen.detail == kRouted, behind) << error.at("body_json");
    EXPECT_EQ(seen.outcome == Outcome::kOk, behind) << error.at("body_json");
    ++(behind ? routed : not_routed);
  }
  EXPECT_EQ(routed, 12);
  EXPECT_EQ(not_routed, 5);
}

}  // namespace
}  // namespace together
