// The whole way: socket, server, authentication, router, snapshot.
#include "exporter/web/site.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "exporter/metrics/book.h"
#include "exporter/metrics/render.h"
#include "exporter/web/server.h"
#include "exporter/web/status_page.h"
#include "tests/unit/metrics/gunzip.h"
#include "tests/unit/web/raw_client.h"
#include "tests/unit/web/sample_view.h"

namespace together {
namespace {

constexpr MetricDef kState{"demo_state", MetricType::kGauge, "State.", {"model"}};

class FixedClock final : public Clock {
 public:
  WallTime wall() const override { return {}; }
  MonoTime mono() const override { return MonoTime(std::chrono::seconds(100)); }
};

std::shared_ptr<const Snapshot> sample_snapshot() {
  SampleSink sink;
  for (int i = 0; i < 500; ++i) sink.add(kState, {"model-" + std::to_string(i)}, i);
  return make_snapshot(
      sink.take(),
      {{"/", make_page(std::string(kHtmlContentType), render_status_page(sample_view()))}}, true);
}

class SiteTest : public testing::Test {
 protected:
  SiteTest() {
    slot_.publish(sample_snapshot());
    slot_.beat(clock_.mono());
  }
  void TearDown() override { std::filesystem::remove(config_path_); }

  void start(std::unique_ptr<WebConfigFile> web_config = nullptr) {
    site_ = std::make_unique<Site>(slot_, clock_, RouterOptions{}, std::move(web_config),
                                   [this](const std::string& error) { config_error_ = error; });
    auto server = Server::start(
        {.listen_addresses = {"127.0.0.1:0"}},
        [this](const HttpRequest& request) { return site_->answer(request); },
        [](const std::string&) {});
    ASSERT_TRUE(server) << server.error().message;
    server_ = std::move(*server);
    port_ = server_->ports()[0];
  }

  void start_with_config(const std::string& yaml) {
    std::ofstream(config_path_) << yaml;
    start(std::make_unique<WebConfigFile>(config_path_));
  }

  const FixedClock clock_;
  SnapshotSlot slot_;
  std::string config_error_;
  std::unique_ptr<Site> site_;
  std::unique_ptr<Server> server_;
  int port_ = 0;
  const std::filesystem::path config_path_ =
      std::filesystem::path(testing::TempDir()) / ("site_" + std::to_string(getpid()) + ".yml");
};

TEST_F(SiteTest, ServesBothFormatsByteForByte) {
  start();
  const auto snapshot = slot_.current();
  EXPECT_EQ(body_of(get(port_, "/metrics")), snapshot->metrics_text.plain);
  EXPECT_EQ(body_of(get(port_, "/metrics", "Accept: application/openmetrics-text\r\n")),
            snapshot->metrics_openmetrics.plain);
}

TEST_F(SiteTest, ServesGzipThatUnpacksToTheSame) {
  start();
  const std::string answer = get(port_, "/metrics", "Accept-Encoding: gzip\r\n");
  EXPECT_NE(answer.find("Content-Encoding: gzip\r\n"), std::string::npos);
  EXPECT_EQ(gunzip(body_of(answer)), slot_.current()->metrics_text.plain);
}

TEST_F(SiteTest, RoutesExactlyOverTheWire) {
  start();
  const std::vector<std::pair<std::string, std::string>> table{
      {"GET /metrics?x=1", "200"},
      {"HEAD /metrics", "200"},
      {"GET /api/v1/events?limit=5", "200"},
      {"GET /api/v1/events?limit=0", "400"},
      {"GET /api/v1/events?x=%", "400"},
      {"GET /metricsx", "404"},
      {"GET /metrics/x", "404"},
      {"GET /metrics/", "404"},
      {"GET /x/../metrics", "404"},
      {"GET /%6Detrics", "404"},
      {"POST /metrics", "405"},
      {"DELETE /", "405"},
      {"GET /", "200"},
      {"GET /../../etc/passwd", "404"},
      {"GET /-/healthy", "200"},
      {"GET /-/ready", "200"},
      {"POST /-/reload", "403"},
      {"PROPFIND /", "405"}};
  for (const auto& [line, status] : table) {
    const std::string answer = ask_raw(port_, line + " HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(status_line(answer).substr(9, 3), status) << line;
  }
}

TEST_F(SiteTest, RendersAFullPageOfEventsOnAServersThread) {
  std::vector<Event> events;
  for (int i = 2000; i > 0; --i) events.push_back({i, {}, "state", "m", std::string(1000, 'x')});
  slot_.publish(make_snapshot({}, {}, true, std::make_shared<const std::vector<Event>>(events)));
  start();
  const std::string path = "/api/v1/events?model=m&limit=1000";
  const std::string plain = body_of(get(port_, path));
  EXPECT_GT(plain.size(), 1'000'000U);
  EXPECT_EQ(plain.substr(plain.size() - 58),
            "],\"next\":\"/api/v1/events?before=1001&limit=1000&model=m\"}\n");
  EXPECT_EQ(gunzip(body_of(get(port_, path, "Accept-Encoding: gzip\r\n"))), plain);
}

TEST_F(SiteTest, RefusesASmuggledRequest) {
  start();
  const std::string answer = ask_raw(port_,
                                     "POST /-/reload HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n"
                                     "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics "
                                     "HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(status_line(answer), "HTTP/1.1 400 Bad Request");
  EXPECT_EQ(answer.find("demo_state"), std::string::npos);
}

TEST_F(SiteTest, ServesWhileSnapshotsChange) {
  start();
  std::atomic<bool> done = false;
  std::thread loop([&] {
    while (!done) {
      slot_.publish(sample_snapshot());
      slot_.beat(clock_.mono());
    }
  });
  const std::string expected = sample_snapshot()->metrics_text.plain;
  for (int i = 0; i < 20; ++i) EXPECT_EQ(body_of(get(port_, "/metrics")), expected);
  done = true;
  loop.join();
}

TEST_F(SiteTest, AsksForAPasswordOnEveryPath) {
  start_with_config(
      "basic_auth_users:\n"
      "  ann: $2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe\n");
  for (const std::string path : {"/metrics", "/", "/-/healthy", "/nothing"}) {
    const std::string answer = get(port_, path);
    EXPECT_EQ(status_line(answer), "HTTP/1.1 401 Unauthorized") << path;
    EXPECT_NE(answer.find("WWW-Authenticate: Basic\r\n"), std::string::npos) << path;
    EXPECT_EQ(body_of(answer), "Unauthorized\n");
  }
  EXPECT_EQ(body_of(get(port_, "/metrics", "Authorization: Basic YW5uOmE=\r\n")),
            slot_.current()->metrics_text.plain);
}

TEST_F(SiteTest, SetsTheConfiguredHeadersOverItsOwn) {
  start_with_config("http_server_config: {headers: {x-frame-options: sameorigin}}");
  const std::string answer = get(port_, "/metrics");
  EXPECT_NE(answer.find("x-frame-options: sameorigin\r\n"), std::string::npos);
  EXPECT_EQ(answer.find("DENY"), std::string::npos);
}

TEST_F(SiteTest, FollowsAChangedWebConfiguration) {
  start_with_config("{}");
  EXPECT_EQ(status_line(get(port_, "/-/ready")), "HTTP/1.1 200 OK");
  std::ofstream(config_path_) << "basic_auth_users: {ann: secret}";
  EXPECT_EQ(status_line(get(port_, "/-/ready")), "HTTP/1.1 500 Internal Server Error");
  EXPECT_EQ(config_error_, config_path_.string() +
                               ":1: basic_auth_users.ann: is no bcrypt hash; write one that starts "
                               "with $2a$, $2b$ or $2y$");
}

}  // namespace
}  // namespace together
