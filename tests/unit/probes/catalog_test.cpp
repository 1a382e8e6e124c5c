#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/probes/exchanges.h"

namespace together {
namespace {

Observation judge_list(const Exchange& exchange, const std::string& part = "all") {
  return make_probe("catalog")->judge(list_target(part), exchange, "catalog");
}

CatalogFacts facts_of(const std::string& body) {
  const Observation seen = judge_list(answer(200, body));
  EXPECT_EQ(to_string(seen.outcome), "ok") << seen.detail;
  return std::get<CatalogFacts>(seen.facts);
}

std::string entry(const std::string& id) { return R"({"id":")" + id + R"(","type":"chat"})"; }

TEST(Catalog, AsksForBothLists) {
  const auto probe = make_probe("catalog");
  EXPECT_EQ(probe->request(list_target("all")).path, "/models");
  EXPECT_EQ(probe->request(list_target("serverless")).path, "/models?serverless=true");
  EXPECT_EQ(probe->request(list_target("all")).max_body_bytes, 16u << 20);
  EXPECT_EQ(probe->request(list_target("all")).method, Method::kGet);
}

TEST(Catalog, ReadsABareArray) {
  const CatalogFacts facts = facts_of(R"([{"id":"a/b","object":"model","created":0,"type":"chat",
      "running":false,"display_name":"A B","organization":"A","context_length":131072,
      "config":{"chat_template":null,"stop":[]},"pricing":{"hourly":0,"input":0}}])");
  EXPECT_EQ(facts.list, "all");
  ASSERT_EQ(facts.models.size(), 1u);
  EXPECT_EQ(facts.models[0], (CatalogEntry{.id = "a/b",
                                           .modality = Modality::kChat,
                                           .organization = "A",
                                           .display_name = "A B",
                                           .context_length = 131072}));
}

TEST(Catalog, ReadsAListInsideAnObject) {
  const CatalogFacts facts =
      facts_of(R"({"object":"list","data":[{"id":"a/b"}],"next_cursor":""})");
  ASSERT_EQ(facts.models.size(), 1u);
  EXPECT_EQ(facts.models[0].id, "a/b");
}

TEST(Catalog, NamesTheListItRead) {
  const Observation seen = judge_list(answer(200, "[]"), "serverless");
  EXPECT_EQ(std::get<CatalogFacts>(seen.facts).list, "serverless");
}

TEST(Catalog, TakesAnEmptyListForAValidOne) { EXPECT_TRUE(facts_of("[]").models.empty()); }

TEST(Catalog, ToleratesMissingAndOddFields) {
  const CatalogFacts facts = facts_of(R"([{"id":"only/id"},
      {"id":"odd/types","type":7,"display_name":null,"organization":["x"],"context_length":"8192"},
      {"id":"new/type","type":"hologram","context_length":0},
      {"id":"odd/length","context_length":-1}])");
  ASSERT_EQ(facts.models.size(), 4u);
  EXPECT_EQ(facts.models[0], (CatalogEntry{.id = "only/id",
                                           .modality = Modality::kUnknown,
                                           .organization = "",
                                           .display_name = "",
                                           .context_length = std::nullopt}));
  EXPECT_EQ(facts.models[1].context_length, 8192);
  EXPECT_EQ(facts.models[2].modality, Modality::kUnknown);
  EXPECT_EQ(facts.models[2].context_length, std::nullopt);
  EXPECT_EQ(facts.models[3].context_length, std::nullopt);
}

TEST(Catalog, KeepsTheFirstOfADuplicate) {
  const CatalogFacts facts = facts_of(
      R"([{"id":"a/b","display_name":"first"},{"id":"A/B"},{"id":"a/b","display_name":"second"}])");
  ASSERT_EQ(facts.models.size(), 2u);
  EXPECT_EQ(facts.models[0].display_name, "first");
  EXPECT_EQ(facts.models[1].id, "A/B");
  EXPECT_EQ(facts.duplicates, 1);
}

TEST(Catalog, LeavesOutEntriesWithoutUsableId) {
  const std::vector<std::string> hostile{
      R"({})",
      R"({"id":""})",
      R"({"id":null})",
      R"({"id":7})",
      R"({"id":["a/b"]})",
      R"("a/b")",
      R"(null)",
      entry(std::string(257, 'x')),
      entry(std::string(1 << 20, 'x')),
      entry("a\\nb"),
      entry("a\\u0000b"),
      entry("a\\u007fb"),
      entry("a\\u0085b"),
      entry("a\xFF"),
      entry("a\xC0\x80"),
  };
  for (const std::string& bad : hostile) {
    const CatalogFacts facts = facts_of("[" + entry("good/one") + "," + bad + "]");
    ASSERT_EQ(facts.models.size(), 1u) << bad.substr(0, 60);
    EXPECT_EQ(facts.models[0].id, "good/one");
    EXPECT_EQ(facts.unreadable, 1) << bad.substr(0, 60);
  }
}

TEST(Catalog, KeepsIdsThatAreMerelyUgly) {
  const std::string longest(256, 'x');
  const CatalogFacts facts = facts_of("[" + entry("<script>alert('1')</script>") + "," +
                                      entry("a \\\"quoted\\\" \\\\ id") + "," + entry("模型/é") +
                                      "," + entry(longest) + "]");
  ASSERT_EQ(facts.models.size(), 4u);
  EXPECT_EQ(facts.models[0].id, "<script>alert('1')</script>");
  EXPECT_EQ(facts.models[1].id, "a \"quoted\" \\ id");
  EXPECT_EQ(facts.models[2].id, "模型/é");
  EXPECT_EQ(facts.models[3].id, longest);
}

TEST(Catalog, BoundsNames) {
  const CatalogFacts facts =
      facts_of(R"([{"id":"a/b","display_name":"x\ny)" + std::string(10'000, 'z') + R"("}])");
  EXPECT_EQ(facts.models[0].display_name.size(), 256u);
  EXPECT_EQ(facts.models[0].display_name.substr(0, 4), "x yz");
}

TEST(Catalog, RefusesWhatIsNoList) {
  const std::vector<std::string> bodies{
      "",
      "null",
      "17",
      "\"list\"",
      "{}",
      R"({"models":[]})",
      R"({"data":{"id":"a/b"}})",
      "<!DOCTYPE html><html><body>Just a moment...</body></html>",
      "[{\"id\":\"a/b\"},]",
      "[{}]",
      "[1,2,3]",
      R"({"data":[{"id":"a/b"}],"next_cursor":"2"})",
      R"({"data":[{"id":"a/b"}],"has_more":true})",
      std::string(1 << 20, '['),
  };
  for (const std::string& body : bodies) {
    const Observation seen = judge_list(answer(200, body));
    EXPECT_EQ(to_string(seen.outcome), "bad_response") << body.substr(0, 60);
    EXPECT_TRUE(std::holds_alternative<std::monostate>(seen.facts));
    EXPECT_FALSE(seen.detail.empty());
  }
}

TEST(Catalog, RefusesEveryCutOfAList) {
  std::string body = "[";
  for (int i = 0; i < 14; ++i) {
    const std::string n = std::to_string(i);
    body += (i == 0 ? "" : ",") + (R"({"id":"org/模型-)" + n) +
            R"(","object":"model","created":0,"type":"chat","running":false,"display_name":"M )" +
            n +
            R"(","config":{"chat_template":"{%- \"\\n\" %}","stop":["</s>"],"bos_token":null},)" +
            R"("pricing":{"hourly":0,"input":1.0399999999999998,"output":0,"image":{}}})";
  }
  body += "]";
  ASSERT_GT(body.size(), 2000u);
  ASSERT_EQ(facts_of(body).models.size(), 14u);
  const auto probe = make_probe("catalog");
  const auto rider = make_probe("pricing");
  const Target target = list_target("all");
  for (std::size_t cut = 0; cut < body.size(); ++cut) {
    const Exchange exchange = answer(200, body.substr(0, cut));
    const Observation seen = probe->judge(target, exchange, "catalog");
    ASSERT_EQ(seen.outcome, Outcome::kBadResponse) << cut;
    ASSERT_TRUE(std::holds_alternative<std::monostate>(seen.facts)) << cut;
    ASSERT_EQ(rider->judge(target, exchange, "catalog").outcome, Outcome::kBadResponse) << cut;
  }
}

TEST(Catalog, PassesOnWhyThereIsNoAnswer) {
  const auto outcome = [](const Exchange& exchange) {
    return std::string(to_string(judge_list(exchange).outcome));
  };
  EXPECT_EQ(outcome(answer(401, R"({"error":{"message":"Unauthorized"}})")), "unauthorized");
  EXPECT_EQ(outcome(answer(503, "")), "upstream_error");
  EXPECT_EQ(outcome(answer(404, "<html>")), "bad_response");
  EXPECT_EQ(outcome(answer(200, R"({"error":{"message":"no"}})")), "in_band_error");
  EXPECT_EQ(outcome(no_answer(TransportError::kDns)), "dns_failed");
  Exchange cut = answer(200, "[{\"id\":\"a/b\"}]");
  cut.error = TransportError::kCutShort;
  EXPECT_EQ(outcome(cut), "truncated");
}

TEST(Catalog, NeverTakesARefusalForAList) {
  const Observation seen =
      judge_list(answer(400, R"({"error":{"code":"streaming_required","message":""}})"));
  EXPECT_EQ(to_string(seen.outcome), "bad_response");
}

TEST(Catalog, SaysWhatItRead) {
  const Observation seen =
      judge_list(answer(200, "[" + entry("a/b") + "," + entry("a/b") + ",{}]"));
  EXPECT_EQ(seen.detail, "1 models, 1 listed twice, 1 without usable id");
}

}  // namespace
}  // namespace together
