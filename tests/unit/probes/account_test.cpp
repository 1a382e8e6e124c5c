#include <gtest/gtest.h>

#include <string>

#include "tests/unit/probes/exchanges.h"
#include "tests/unit/probes/gauges.h"
#include "tests/unit/probes/surfaces.h"

namespace together {
namespace {

Observation judge(const Exchange& exchange) {
  return make_probe("account")->judge(list_target(""), exchange, "account");
}

TEST(Account, AsksWhoItIs) {
  const Request request = make_probe("account")->request(list_target(""));
  EXPECT_EQ(request.method, Method::kGet);
  EXPECT_EQ(request.path, "/whoami");
  EXPECT_EQ(request.credential, Credential::kTogether);
  EXPECT_TRUE(request.body.empty());
}

TEST(Account, IsFreeAndOff) {
  const ProbeInfo& info = probe_type("account").info;
  EXPECT_EQ(info.scope, Scope::kAccount);
  EXPECT_FALSE(info.enabled);
  EXPECT_FALSE(info.paid);
  EXPECT_EQ(info.interval, std::chrono::minutes(5));
}

TEST(Account, KnowsTheKeysProject) {
  const Observation seen = judge(answer(200, R"({"project_id":"proj-1","user_id":"u"})"));
  EXPECT_EQ(verdict_of(seen), "ok: the key belongs to project proj-1");
  EXPECT_EQ(rules_of(seen), "identity");
  EXPECT_TRUE(std::holds_alternative<std::monostate>(seen.facts));
  ASSERT_EQ(seen.readings.size(), 2u);
  EXPECT_EQ(seen.readings[0].labels, (std::vector<std::string>{"account", "", "identity"}));
  EXPECT_EQ(seen.readings[0].value, 1);
}

TEST(Account, WantsAProject) {
  for (const char* body : {"{}", R"({"project_id":""})", R"({"project_id":7})"}) {
    const Observation seen = judge(answer(200, body));
    EXPECT_EQ(verdict_of(seen), "bad_response: the answer has no project_id") << body;
    EXPECT_EQ(rules_of(seen), "-identity") << body;
  }
  EXPECT_EQ(verdict_of(judge(answer(200, "[]"))), "bad_response: the answer is no object");
}

TEST(Account, TellsARejectedKey) {
  const Observation seen = judge(answer(401, R"({"error":{"message":"Unauthorized"}})"));
  EXPECT_EQ(verdict_of(seen), "unauthorized: HTTP 401: Unauthorized");
  EXPECT_TRUE(seen.readings.empty());
}

TEST(Account, TellsEveryOtherFailure) {
  EXPECT_EQ(to_string(judge(answer(429, "")).outcome), "rate_limited");
  EXPECT_EQ(to_string(judge(answer(503, "")).outcome), "upstream_error");
  EXPECT_EQ(to_string(judge(answer(200, R"({"error":"x"})")).outcome), "in_band_error");
  EXPECT_EQ(to_string(judge(answer(200, "<html>")).outcome), "bad_response");
  EXPECT_EQ(to_string(judge(no_answer(TransportError::kDns)).outcome), "dns_failed");
}

TEST(Account, IsNeverWellByARefusalThatProvesAModel) {
  const Observation seen =
      judge(answer(400, R"({"error":{"message":"no","code":"streaming_required"}})"));
  EXPECT_EQ(to_string(seen.outcome), "caller_error");
}

TEST(Account, JudgesEveryPrefixOfAnAnswer) {
  const std::string body = R"({"project_id":"proj-1"})";
  for (std::size_t size = 0; size < body.size(); ++size) {
    EXPECT_EQ(to_string(judge(answer(200, body.substr(0, size))).outcome), "bad_response") << size;
  }
}

TEST(Account, ShowsOneLineOfAHostileProject) {
  const std::string body = R"({"project_id":"a\nb)" + std::string(5000, 'x') + "\"}";
  const Observation seen = judge(answer(200, body));
  EXPECT_EQ(seen.detail.find('\n'), std::string::npos);
  EXPECT_LT(seen.detail.size(), 200u);
}

}  // namespace
}  // namespace together
