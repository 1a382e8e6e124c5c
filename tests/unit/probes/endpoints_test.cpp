#include <gtest/gtest.h>

#include <string>

#include "tests/unit/probes/exchanges.h"
#include "tests/unit/probes/gauges.h"
#include "tests/unit/probes/surfaces.h"

namespace together {
namespace {

constexpr const char* kEndpoints =
    R"({"object":"list","data":[
        {"object":"endpoint","id":"e1","name":"n1","model":"a/b","type":"dedicated","owner":"o",
         "state":"STARTED","created_at":"2026-11-02T08:15:04.000Z","hardware":"1x_h100"},
        {"object":"endpoint","id":"e2","name":"n2","model":"c/d","type":"dedicated","owner":"o",
         "state":"STOPPED","created_at":"2026-11-02T08:15:04.000Z"},
        {"object":"endpoint","id":"e3","name":"n3","model":"e/f","type":"serverless",
         "owner":"together","state":"STARTED","created_at":"2024-02-28T21:34:35.444Z"}]})";
constexpr const char* kHardware =
    R"({"object":"list","data":[
        {"object":"hardware","id":"1x_h100","pricing":{"cents_per_minute":5.5}},
        {"object":"hardware","id":"8x_h100","pricing":{"cents_per_minute":44}}]})";

Observation judge(const std::string& part, const Exchange& exchange) {
  return make_probe("endpoints")->judge(list_target(part), exchange, "endpoints");
}
Observation judge_list(const std::string& items) {
  return judge("list", answer(200, R"({"object":"list","data":)" + items + "}"));
}
Observation judge_hardware(const std::string& items) {
  return judge("hardware", answer(200, R"({"object":"list","data":)" + items + "}"));
}

TEST(Endpoints, AskForTheAccountsOwnAndForHardware) {
  const auto probe = make_probe("endpoints");
  EXPECT_EQ(probe->request(list_target("list")).path, "/endpoints?type=dedicated&mine=true");
  EXPECT_EQ(probe->request(list_target("hardware")).path, "/hardware");
  EXPECT_EQ(probe->request(list_target("list")).method, Method::kGet);
}

TEST(Endpoints, AreFreeAndOff) {
  const ProbeInfo& info = probe_type("endpoints").info;
  EXPECT_EQ(info.scope, Scope::kAccount);
  ASSERT_EQ(info.parts.size(), 2u);
  EXPECT_EQ(info.parts[0].name, "list");
  EXPECT_EQ(info.parts[1].name, "hardware");
  EXPECT_FALSE(info.enabled);
  EXPECT_FALSE(info.paid);
  EXPECT_EQ(info.interval, std::chrono::minutes(5));
}

TEST(Endpoints, CountTheDedicatedByState) {
  const Observation seen = judge("list", answer(200, kEndpoints));
  EXPECT_EQ(verdict_of(seen), "ok: 2 endpoints: 1 started, 1 stopped");
  EXPECT_EQ(rules_of(seen), "list items state_values");
  EXPECT_EQ(gauges(seen, "together_endpoints"),
            "pending=0 starting=0 started=1 stopping=0 stopped=1 error=0 other=0");
}

TEST(Endpoints, NameWhatRunsWhere) {
  const Observation seen = judge("list", answer(200, kEndpoints));
  EXPECT_EQ(gauges(seen, "together_endpoint_info"), "e1,a/b,started,1x_h100=1 e2,c/d,stopped,=1");
  EXPECT_EQ(gauges(seen, "together_endpoint_price_usd_per_hour"), "");
}

TEST(Endpoints, ReadAPriceOfTheListItself) {
  const Observation seen = judge_list(
      R"([{"id":"e1","model":"a/b","state":"STARTED","pricing":{"cents_per_minute":5.5}}])");
  EXPECT_EQ(gauges(seen, "together_endpoint_price_usd_per_hour"), "e1,a/b=3.3");
}

TEST(Endpoints, NameAnUnknownState) {
  const Observation seen =
      judge_list(R"([{"id":"e1","model":"a/b","type":"dedicated","state":"PAUSED"}])");
  EXPECT_EQ(rules_of(seen), "list items -state_values");
  EXPECT_EQ(verdict_of(seen), "bad_response: unknown state PAUSED; 1 endpoint: 1 other");
  EXPECT_EQ(remarks_of(seen), "endpoint_state: PAUSED");
  EXPECT_EQ(gauges(seen, "together_endpoint_info"), "e1,a/b,other,=1");
}

TEST(Endpoints, ReadABareArrayAllTheSame) {
  const Observation seen =
      judge("list", answer(200, R"([{"id":"e1","model":"a/b","state":"ERROR"}])"));
  EXPECT_EQ(rules_of(seen), "-list items state_values");
  EXPECT_EQ(gauges(seen, "together_endpoint_info"), "e1,a/b,error,=1");
}

TEST(Endpoints, NameAtMostTwoHundred) {
  std::string items = "[";
  for (int i = 0; i < 300; ++i) {
    items += R"({"id":"e)" + std::to_string(i) + R"(","state":"STARTED"},)";
  }
  items.back() = ']';
  const Observation seen = judge_list(items);
  int named = 0;
  for (const auto& reading : seen.readings) {
    if (reading.metric->name == "together_endpoint_info") ++named;
  }
  EXPECT_EQ(named, 200);
  EXPECT_EQ(seen.detail, "300 endpoints: 300 started");
}

TEST(Endpoints, NameEachIdOnce) {
  const Observation seen =
      judge_list(R"([{"id":"e1","state":"STARTED"},{"id":"e1","state":"STOPPED"}])");
  EXPECT_EQ(gauges(seen, "together_endpoint_info"), "e1,,started,=1");
}

TEST(Endpoints, PriceHardwareByTheHour) {
  const Observation seen = judge("hardware", answer(200, kHardware));
  EXPECT_EQ(verdict_of(seen), "ok: 2 kinds of hardware");
  EXPECT_EQ(rules_of(seen), "list prices");
  EXPECT_EQ(gauges(seen, "together_hardware_price_usd_per_hour"), "1x_h100=3.3 8x_h100=26.4");
}

TEST(Endpoints, TellHardwareWithoutAPrice) {
  for (const char* item :
       {R"({"id":"h"})", R"({"id":"h","pricing":{"cents_per_minute":0}})",
        R"({"id":"h","pricing":{"cents_per_minute":-1}})", R"({"id":"h","pricing":5})",
        R"({"pricing":{"cents_per_minute":1}})", "null", "[]"}) {
    const Observation seen = judge_hardware("[" + std::string(item) + "]");
    EXPECT_EQ(rules_of(seen), "list -prices") << item;
    EXPECT_EQ(verdict_of(seen),
              "bad_response: 1 of 1 kinds of hardware without an id or a price; 1 kind of hardware")
        << item;
    EXPECT_EQ(gauges(seen, "together_hardware_price_usd_per_hour"), "") << item;
  }
}

TEST(Endpoints, RefuseWhatIsNoList) {
  for (const char* part : {"list", "hardware"}) {
    for (const char* body : {"null", "{}", "7", R"({"data":null})", R"({"data":{}})"}) {
      const Observation seen = judge(part, answer(200, body));
      EXPECT_EQ(verdict_of(seen), "bad_response: the answer has no array data") << part << body;
      EXPECT_EQ(rules_of(seen), "-list") << part << body;
    }
  }
}

TEST(Endpoints, LabelRulesByTheirPart) {
  const Observation seen = judge("hardware", answer(200, kHardware));
  EXPECT_EQ(gauges(seen, "together_surface_rule_ok"),
            "endpoints_hardware,,list=1 endpoints_hardware,,prices=1");
}

TEST(Endpoints, TellARejectedKey) {
  const Observation seen = judge("list", answer(401, R"({"error":{"message":"Unauthorized"}})"));
  EXPECT_EQ(verdict_of(seen), "unauthorized: HTTP 401: Unauthorized");
  EXPECT_TRUE(seen.readings.empty());
}

TEST(Endpoints, JudgeEveryPrefixOfAnAnswer) {
  for (const auto& [part, body] : {std::pair<std::string, std::string>{"list", kEndpoints},
                                   std::pair<std::string, std::string>{"hardware", kHardware}}) {
    for (std::size_t size = 0; size < body.size(); ++size) {
      const Observation seen = judge(part, answer(200, body.substr(0, size)));
      EXPECT_EQ(to_string(seen.outcome), "bad_response") << part << size;
    }
  }
}

}  // namespace
}  // namespace together
