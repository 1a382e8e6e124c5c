#include "exporter/web/events_api.h"

#include <algorithm>

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "exporter/core/percent.h"
#include "exporter/web/query.h"

namespace together {
namespace {

using Json = nlohmann::json;

const WallTime kAt = from_unix_seconds(1763689200);  // 2025-11-21T01:40:00Z

const std::vector<Event> kEvents{{9, kAt, "state", "a/b", "nine"},
                                 {7, kAt, "price", "a/b", "seven"},
                                 {5, kAt, "state", "c d", "five"},
                                 {4, kAt, "state", "a/b", "four"},
                                 {1, kAt, "catalog", "", "one"}};

Json ask(std::string_view query, const std::vector<Event>& events = kEvents) {
  const auto response = events_response(query, events);
  EXPECT_EQ(response.status, 200) << *response.body;
  return Json::parse(*response.body);
}

std::vector<int> ids(const Json& page) {
  std::vector<int> ids;
  for (const auto& event : page.at("data")) ids.push_back(event.at("id"));
  return ids;
}

std::string refusal(std::string_view query) {
  const auto response = events_response(query, kEvents);
  EXPECT_EQ(response.status, 400) << query;
  const Json body = Json::parse(*response.body);
  EXPECT_EQ(body.at("status"), "error");
  EXPECT_EQ(body.at("errorType"), "bad_data");
  return body.at("error");
}

TEST(EventsResponse, WritesOneEventInFull) {
  const auto response = events_response("", {{7, kAt, "state", "m", "It is gone."}});
  EXPECT_EQ(*response.body,
            R"({"status":"success","data":[{"id":7,"at":"2025-11-21T01:40:00Z","kind":"state",)"
            R"("model":"m","text":"It is gone."}],"next":null})"
            "\n");
}

TEST(EventsResponse, IsAnEmptyListWithoutEvents) {
  EXPECT_EQ(*events_response("", {}).body, "{\"status\":\"success\",\"data\":[],\"next\":null}\n");
}

TEST(EventsResponse, IsJsonThatIsNotKept) {
  const auto headers = events_response("", kEvents).headers;
  const auto has = [&](const Header& header) {
    return std::find(headers.begin(), headers.end(), header) != headers.end();
  };
  EXPECT_TRUE(has({"Content-Type", "application/json; charset=utf-8"}));
  EXPECT_TRUE(has({"Cache-Control", "no-store"}));
  EXPECT_TRUE(has({"X-Content-Type-Options", "nosniff"}));
}

TEST(EventsResponse, FiltersByModelAndKind) {
  EXPECT_EQ(ids(ask("")), (std::vector<int>{9, 7, 5, 4, 1}));
  EXPECT_EQ(ids(ask("model=a%2Fb")), (std::vector<int>{9, 7, 4}));
  EXPECT_EQ(ids(ask("model=a/b&kind=state")), (std::vector<int>{9, 4}));
  EXPECT_EQ(ids(ask("model=c+d")), (std::vector<int>{5}));
  EXPECT_EQ(ids(ask("model=")), (std::vector<int>{1}));
  EXPECT_EQ(ids(ask("model=A/B")), (std::vector<int>{}));
}

TEST(EventsResponse, GivesWhatCameBefore) {
  EXPECT_EQ(ids(ask("before=7")), (std::vector<int>{5, 4, 1}));
  EXPECT_EQ(ids(ask("before=6")), (std::vector<int>{5, 4, 1}));
  EXPECT_EQ(ids(ask("before=1")), (std::vector<int>{}));
}

TEST(EventsResponse, NamesTheNextPageWithItsFilters) {
  EXPECT_EQ(ask("limit=2").at("next"), "/api/v1/events?before=7&limit=2");
  EXPECT_EQ(ask("limit=1&model=a%2Fb&kind=state").at("next"),
            "/api/v1/events?before=9&limit=1&model=a%2Fb&kind=state");
}

TEST(EventsResponse, NamesNoNextPageBehindTheLast) {
  EXPECT_EQ(ask("limit=5").at("next"), nullptr);
  EXPECT_EQ(ask("limit=2&model=a/b&before=9").at("next"), nullptr);
}

TEST(EventsResponse, LeadsThroughAllEventsOnce) {
  std::vector<int> all;
  std::string query = "limit=1&kind=state";
  for (int pages = 0; pages < 10; ++pages) {
    const Json page = ask(query);
    for (const int id : ids(page)) all.push_back(id);
    if (page.at("next").is_null()) break;
    query = page.at("next").get<std::string>().substr(kEventsPath.size() + 1);
  }
  EXPECT_EQ(all, (std::vector<int>{9, 5, 4}));
}

TEST(EventsResponse, GivesAHundredUnlessAsked) {
  std::vector<Event> many;
  for (int i = 2000; i > 0; --i) many.push_back({i, kAt, "state", "", ""});
  EXPECT_EQ(ids(ask("", many)).size(), 100U);
  EXPECT_EQ(ids(ask("limit=1000", many)).size(), 1000U);
}

TEST(EventsResponse, TakesIdsInMicroseconds) {
  const std::vector<Event> events{{1'795'225'311'123'457, kAt, "state", "", "b"},
                                  {1'795'225'311'123'456, kAt, "state", "", "a"}};
  const Json page = ask("before=1795225311123457", events);
  ASSERT_EQ(page.at("data").size(), 1U);
  EXPECT_EQ(page.at("data")[0].at("id"), 1'795'225'311'123'456);
}

TEST(EventsResponse, RefusesAnUnknownParameter) {
  EXPECT_EQ(refusal("since=1"),
            "there is no parameter \"since\"; there are model, kind, limit and before");
  EXPECT_EQ(refusal("Limit=1"),
            "there is no parameter \"Limit\"; there are model, kind, limit and before");
}

TEST(EventsResponse, RefusesARepeatedParameter) {
  EXPECT_EQ(refusal("model=a&model=a"), "\"model\" is given twice");
}

TEST(EventsResponse, RefusesALimitOutsideOneToAThousand) {
  for (const std::string bad :
       {"0", "1001", "-1", "", "1.5", "1e2", "ten", "99999999999999999999"}) {
    EXPECT_EQ(refusal("limit=" + bad),
              "limit must be a whole number from 1 to 1000, not \"" + bad + "\"");
  }
}

TEST(EventsResponse, RefusesABeforeThatIsNoId) {
  for (const std::string bad : {"0", "-5", "", "x", "9223372036854775808"}) {
    EXPECT_EQ(refusal("before=" + bad),
              "before must be a whole number from 1 to 9223372036854775807, not \"" + bad + "\"");
  }
}

TEST(EventsResponse, RefusesABrokenPercentEncoding) {
  EXPECT_EQ(refusal("model=%4"), "two hex digits belong behind every % of the query: %4");
}

TEST(EventsResponse, SurvivesHostileBytes) {
  const std::string hostile = "\xFF\"\n<script>" + std::string(1 << 16, 'x');
  const Json page = ask("limit=1&model=" + percent_encoded(hostile),
                        {{2, kAt, hostile, hostile, hostile}, {1, kAt, "", hostile, ""}});
  EXPECT_EQ(page.at("data")[0].at("text").get<std::string>().substr(0, 13), "\uFFFD\"\n<script>");
  EXPECT_EQ(page.at("next").get<std::string>().substr(0, 51),
            "/api/v1/events?before=2&limit=1&model=%FF%22%0A%3Cs");
  EXPECT_LT(refusal("limit=" + percent_encoded(hostile)).size(), 200U);
  EXPECT_LT(refusal(percent_encoded(hostile) + "=1").size(), 200U);
}

}  // namespace
}  // namespace together
