#include "exporter/web/router.h"

#include <gtest/gtest.h>

#include "exporter/metrics/render.h"
#include "exporter/web/api.h"
#include "exporter/web/status_page.h"
#include "tests/unit/metrics/gunzip.h"

namespace together {
namespace {

using std::chrono::seconds;

std::shared_ptr<const Snapshot> sample(bool ready = true) {
  prometheus::MetricFamily family;
  family.name = "up";
  family.help = "Up.";
  family.type = prometheus::MetricType::Gauge;
  family.metric.resize(1);
  return make_snapshot({family},
                       {{"/", make_page(std::string(kHtmlContentType), "<p>status")},
                        {"/api/v1/models", make_page(std::string(kJsonContentType), "{}")}},
                       ready,
                       std::make_shared<const std::vector<Event>>(std::vector<Event>{
                           {2, {}, "state", "m", "b"}, {1, {}, "state", "m", "a"}}));
}

struct Ask {
  std::string method = "GET";
  std::string path = "/metrics";
  std::vector<Header> headers{};
  std::string query{};
  RouterOptions options{};
  Duration since_beat = seconds(1);
  bool ready = true;
};

HttpResponse ask(const Ask& what) {
  return route({what.method, what.path, what.headers, what.query}, what.options, sample(what.ready),
               what.since_beat);
}

std::string header_of(const HttpResponse& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "(none)";
}

RouterOptions lifecycle(Result<void> result) {
  return {.enable_lifecycle = true, .reload = [result] { return result; }};
}

TEST(Route, GivesEachPathItsStatus) {
  const std::vector<std::tuple<std::string, std::string, int>> table{
      {"GET", "/metrics", 200},
      {"HEAD", "/metrics", 200},
      {"POST", "/metrics", 405},
      {"get", "/metrics", 405},
      {"OPTIONS", "/metrics", 405},
      {"GET", "/metricsx", 404},
      {"GET", "/metrics/", 404},
      {"GET", "/metrics/x", 404},
      {"GET", "/Metrics", 404},
      {"GET", "/%6detrics", 404},
      {"GET", "//metrics", 404},
      {"GET", "/x/../metrics", 404},
      {"GET", "/", 200},
      {"HEAD", "/", 200},
      {"DELETE", "/", 405},
      {"GET", "", 404},
      {"GET", "/api/v1/models", 200},
      {"PUT", "/api/v1/models", 405},
      {"GET", "/api/v1/model", 404},
      {"GET", "/api/v1/models/x", 404},
      {"GET", "/api/v1/events", 200},
      {"HEAD", "/api/v1/events", 200},
      {"POST", "/api/v1/events", 405},
      {"GET", "/api/v1/events/", 404},
      {"GET", "/-/healthy", 200},
      {"HEAD", "/-/healthy", 200},
      {"POST", "/-/healthy", 405},
      {"GET", "/-/ready", 200},
      {"POST", "/-/ready", 405},
      {"GET", "/-/reload", 405},
      {"HEAD", "/-/reload", 405},
      {"POST", "/-/reload", 403},
      {"PUT", "/-/reload", 403},
      {"POST", "/nothing", 404}};
  for (const auto& [method, path, status] : table) {
    EXPECT_EQ(ask({.method = method, .path = path}).status, status) << method << ' ' << path;
  }
}

TEST(Route, ServesTheTextFormatByDefault) {
  const auto response = ask({});
  EXPECT_EQ(*response.body, "# HELP up Up.\n# TYPE up gauge\nup 0\n");
  EXPECT_EQ(header_of(response, "Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(header_of(response, "Vary"), "Accept, Accept-Encoding");
  EXPECT_EQ(header_of(response, "Content-Encoding"), "(none)");
}

TEST(Route, ServesOpenMetricsWhereItIsPreferred) {
  const auto response = ask({.headers = {{"accept", "application/openmetrics-text"}}});
  EXPECT_EQ(*response.body, sample()->metrics_openmetrics.plain);
  EXPECT_EQ(header_of(response, "Content-Type"),
            "application/openmetrics-text; version=1.0.0; charset=utf-8");
}

TEST(Route, JoinsRepeatedAcceptHeaders) {
  const auto response = ask(
      {.headers = {{"accept", "text/plain;q=0.1"}, {"accept", "application/openmetrics-text"}}});
  EXPECT_EQ(*response.body, sample()->metrics_openmetrics.plain);
}

TEST(Route, ServesTheStoredGzip) {
  const auto response = ask({.headers = {{"accept-encoding", "gzip"}}});
  EXPECT_EQ(*response.body, sample()->metrics_text.gzipped);
  EXPECT_EQ(header_of(response, "Content-Encoding"), "gzip");
}

TEST(Route, SharesTheSnapshotsBodyAndKeepsItAlive) {
  auto snapshot = sample();
  const auto response = route({"GET", "/metrics", {}}, {}, snapshot, seconds(1));
  EXPECT_EQ(response.body.get(), &snapshot->metrics_text.plain);
  snapshot.reset();
  EXPECT_EQ(response.body->size(), 35u);
}

TEST(Route, ServesTheTelemetryPathItIsGiven) {
  RouterOptions options;
  options.telemetry_path = "/probe/metrics";
  EXPECT_EQ(ask({.path = "/probe/metrics", .options = options}).status, 200);
  EXPECT_EQ(ask({.path = "/metrics", .options = options}).status, 404);
}

TEST(Route, LocksEveryAnswerDown) {
  for (const std::string path :
       {"/metrics", "/api/v1/models", "/api/v1/events", "/-/ready", "/nothing"}) {
    const auto response = ask({.path = path});
    EXPECT_EQ(header_of(response, "X-Content-Type-Options"), "nosniff") << path;
    EXPECT_EQ(header_of(response, "X-Frame-Options"), "DENY") << path;
    EXPECT_EQ(header_of(response, "Referrer-Policy"), "no-referrer") << path;
    EXPECT_EQ(header_of(response, "Cache-Control"), "no-store") << path;
    EXPECT_EQ(header_of(response, "Content-Security-Policy"),
              "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
        << path;
  }
}

TEST(Route, AllowsTheStatusPageItsStyleOnly) {
  const auto response = ask({.path = "/"});
  EXPECT_EQ(header_of(response, "Content-Security-Policy"), kStatusPagePolicy);
  EXPECT_EQ(header_of(response, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(header_of(response, "Cache-Control"), "no-store");
  EXPECT_EQ(header_of(response, "Vary"), "Accept-Encoding");
}

TEST(Route, AnswersTheQueryForEvents) {
  const auto response = ask({.path = "/api/v1/events", .query = "limit=1"});
  EXPECT_EQ(*response.body,
            R"({"status":"success","data":[{"id":2,"at":"1970-01-01T00:00:00Z","kind":"state",)"
            R"("model":"m","text":"b"}],"next":"/api/v1/events?before=2&limit=1"})"
            "\n");
  EXPECT_EQ(header_of(response, "Vary"), "Accept-Encoding");
  EXPECT_EQ(header_of(response, "Content-Encoding"), "(none)");
}

TEST(Route, PacksEventsForWhoeverTakesGzip) {
  const auto response = ask({.path = "/api/v1/events", .headers = {{"accept-encoding", "gzip"}}});
  EXPECT_EQ(header_of(response, "Content-Encoding"), "gzip");
  EXPECT_EQ(gunzip(*response.body), *ask({.path = "/api/v1/events"}).body);
}

TEST(Route, RefusesAQueryForEventsItDoesNotKnow) {
  EXPECT_EQ(ask({.path = "/api/v1/events", .query = "page=2"}).status, 400);
  EXPECT_EQ(ask({.method = "POST", .path = "/api/v1/events", .query = "page=2"}).status, 405);
}

TEST(Route, LooksAtNoOtherQuery) {
  for (const std::string path : {"/", "/metrics", "/api/v1/models", "/-/ready"}) {
    EXPECT_EQ(ask({.path = path, .query = "%&a&a"}).status, 200) << path;
  }
}

TEST(Route, NamesTheAllowedMethods) {
  EXPECT_EQ(header_of(ask({.method = "POST"}), "Allow"), "GET, HEAD");
  EXPECT_EQ(header_of(ask({.path = "/-/reload"}), "Allow"), "POST, PUT");
}

TEST(Route, IsUnhealthyOnceTheLoopIsStuck) {
  EXPECT_EQ(ask({.path = "/-/healthy", .since_beat = seconds(29)}).status, 200);
  const auto stuck = ask({.path = "/-/healthy", .since_beat = seconds(30)});
  EXPECT_EQ(stuck.status, 503);
  EXPECT_EQ(*stuck.body, "The loop has not ticked for 30s.\n");
}

TEST(Route, IsNotReadyBeforeTheFirstVerdict) {
  const auto response = ask({.path = "/-/ready", .ready = false});
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(*response.body, "The first catalogue verdict is not in yet.\n");
}

TEST(Route, SaysAsPrometheusDoesThatReloadIsOff) {
  EXPECT_EQ(*ask({.method = "POST", .path = "/-/reload"}).body, "Lifecycle API is not enabled.\n");
}

TEST(Route, ReloadsWhereItIsEnabled) {
  EXPECT_EQ(ask({.method = "POST", .path = "/-/reload", .options = lifecycle({})}).status, 200);
  EXPECT_EQ(ask({.method = "PUT", .path = "/-/reload", .options = lifecycle({})}).status, 200);
  EXPECT_EQ(ask({.path = "/-/reload", .options = lifecycle({})}).status, 405);
}

TEST(Route, TellsWhyAReloadFailed) {
  const auto response = ask({.method = "POST",
                             .path = "/-/reload",
                             .options = lifecycle(fail("te.yml:3: models: is empty"))});
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(*response.body, "failed to reload config: te.yml:3: models: is empty\n");
}

TEST(Route, RefusesARequestOfTwoLengths) {
  EXPECT_EQ(ask({.headers = {{"content-length", "4"}, {"transfer-encoding", "chunked"}}}).status,
            400);
  EXPECT_EQ(ask({.headers = {{"content-length", "4"}, {"content-length", "5"}}}).status, 400);
  EXPECT_EQ(ask({.headers = {{"content-length", "4"}}}).status, 200);
}

TEST(HttpRequest, FindsAndCountsHeaders) {
  const HttpRequest request{"GET", "/", {{"a", "1"}, {"b", "2"}, {"a", "3"}}};
  EXPECT_EQ(request.header("a"), "1, 3");
  EXPECT_EQ(request.header("c"), std::nullopt);
  EXPECT_EQ(request.header_count("a"), 2);
}

TEST(HttpResponse, SetHeaderReplacesInAnyCase) {
  HttpResponse response;
  response.headers = {{"X-Frame-Options", "DENY"}, {"Vary", "Accept"}};
  response.set_header("x-frame-options", "sameorigin");
  EXPECT_EQ(response.headers,
            (std::vector<Header>{{"Vary", "Accept"}, {"x-frame-options", "sameorigin"}}));
}

}  // namespace
}  // namespace together
