// Requests to other hosts than the upstream.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fakes/raw_server.h"
#include "tests/unit/http/loop_client.h"
#include "tests/unit/http/temp_folder.h"

namespace together {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

std::string answer(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

RawServer::Script always(std::string bytes) {
  return [bytes](RawServer::Connection& connection) {
    while (!connection.read_request().empty()) connection.send(bytes);
  };
}

Request url_request(std::string url) {
  Request request = get_request("/never-asked");
  request.url = std::move(url);
  request.credential = Credential::kNone;
  return request;
}

/// A client of `upstream` that holds a key.
CurlTransportOptions with_key(const RawServer& upstream, const TempFolder& folder) {
  CurlTransportOptions options;
  options.base_url = upstream.url() + "/v1";
  options.user_agent = "together-exporter/test";
  const std::string file = folder.write("key", "sesame-1234");
  options.key = std::move(KeySource::open(file, "", [](const std::string&) {}).value());
  return options;
}

TEST(CurlTransportUrl, AsksTheOtherHostWithoutTheKey) {
  const TempFolder folder;
  RawServer upstream(always(answer("upstream")));
  RawServer docs(always(answer("docs")));
  LoopClient client(with_key(upstream, folder));
  const Exchange exchange = client.ask(url_request(docs.url() + "/deprecations.md?a=b"));
  EXPECT_EQ(exchange.error, TransportError::kNone) << exchange.error_text;
  EXPECT_EQ(exchange.body, "docs");
  EXPECT_EQ(docs.requests().at(0),
            "GET /deprecations.md?a=b HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(docs.port()) +
                "\r\nUser-Agent: together-exporter/test\r\nAccept: */*\r\n"
                "Accept-Encoding: gzip\r\n\r\n");
  EXPECT_EQ(upstream.accepted(), 0);
}
TEST(CurlTransportUrl, SendsNothingWhereACredentialIsNamed) {
  const TempFolder folder;
  RawServer upstream(always(answer("upstream")));
  RawServer docs(always(answer("docs")));
  LoopClient client(with_key(upstream, folder));
  Request request = url_request(docs.url());
  request.credential = Credential::kTogether;
  const Exchange exchange = client.ask(request);
  EXPECT_EQ(exchange.error, TransportError::kProtocol);
  EXPECT_EQ(exchange.error_text, "the key is for the upstream only, not for host \"127.0.0.1\"");
  EXPECT_EQ(docs.accepted(), 0);
  EXPECT_EQ(upstream.accepted(), 0);
}
TEST(CurlTransportUrl, SendsNothingWhereTheUrlHoldsAUserName) {
  RawServer docs(always(answer("docs")));
  LoopClient client(docs.url());
  const Exchange exchange =
      client.ask(url_request("http://joe:sesame@127.0.0.1:" + std::to_string(docs.port()) + "/"));
  EXPECT_EQ(exchange.error, TransportError::kProtocol);
  EXPECT_EQ(exchange.error_text, "the URL at host \"127.0.0.1\" holds a user name");
  EXPECT_EQ(docs.accepted(), 0);
}
TEST(CurlTransportUrl, ReadsNoFile) {
  RawServer upstream(always(answer("upstream")));
  LoopClient client(upstream.url());
  EXPECT_EQ(client.ask(url_request("file:///etc/hostname")).error, TransportError::kProtocol);
  Request request = get_request("/");
  request.file = "/etc/hostname";
  EXPECT_EQ(client.ask(request).error, TransportError::kProtocol);
  EXPECT_EQ(upstream.accepted(), 0);
}
TEST(CurlTransportUrl, FollowsNoRedirectAndTellsWhereItLeads) {
  RawServer elsewhere(always(answer("elsewhere")));
  RawServer docs(always("HTTP/1.1 301 Moved Permanently\r\nContent-Length: 0\r\nLocation: " +
                        elsewhere.url() + "/new\r\n\r\n"));
  LoopClient client("http://nonexistent.invalid");
  const Exchange exchange = client.ask(url_request(docs.url()));
  EXPECT_EQ(exchange.status, 301);
  EXPECT_EQ(exchange.header("location"), elsewhere.url() + "/new");
  EXPECT_EQ(elsewhere.accepted(), 0);
}
TEST(CurlTransportUrl, HandsAnUnchangedAnswerOn) {
  RawServer docs(always("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n"));
  LoopClient client("http://nonexistent.invalid");
  Request request = url_request(docs.url());
  request.headers = {{"if-none-match", "\"a\""}};
  const Exchange exchange = client.ask(request);
  EXPECT_EQ(exchange.error, TransportError::kNone) << exchange.error_text;
  EXPECT_EQ(exchange.status, 304);
  EXPECT_EQ(exchange.body, "");
  EXPECT_THAT(docs.requests().at(0), HasSubstr("\r\nif-none-match: \"a\"\r\n"));
}
TEST(CurlTransportUrl, CapsTheBody) {
  RawServer docs(always(answer(std::string(2000, 'x'))));
  LoopClient client("http://nonexistent.invalid");
  Request request = url_request(docs.url());
  request.max_body_bytes = 1000;
  const Exchange exchange = client.ask(request);
  EXPECT_EQ(exchange.error, TransportError::kTooLarge);
  EXPECT_EQ(exchange.body.size(), 1000U);
}
TEST(CurlTransportUrl, EndsASilentHostInTime) {
  RawServer docs([](RawServer::Connection& connection) {
    connection.read_request();
    connection.wait();
  });
  LoopClient client("http://nonexistent.invalid");
  Request request = url_request(docs.url());
  request.timeout = 500ms;
  EXPECT_EQ(client.ask(request).error, TransportError::kTimeout);
}
TEST(CurlTransportUrl, GoesThroughTheProxy) {
  RawServer proxy(always(answer("by proxy")));
  CurlTransportOptions options;
  options.base_url = "http://upstream.example";
  options.proxy_url = proxy.url();
  LoopClient client(std::move(options));
  EXPECT_EQ(client.ask(url_request("http://docs.example/list")).body, "by proxy");
  EXPECT_THAT(proxy.requests().at(0), HasSubstr("GET http://docs.example/list HTTP/1.1"));
}
TEST(CurlTransportUrl, WaitsItsTurnAmongOtherRequests) {
  RawServer upstream([](RawServer::Connection& connection) {
    connection.read_request();
    connection.wait();
  });
  RawServer docs(always(answer("docs")));
  CurlTransportOptions options;
  options.base_url = upstream.url();
  options.max_concurrent_requests = 1;
  LoopClient client(std::move(options));
  Request slow = get_request("/slow");
  slow.timeout = 500ms;
  client.send(slow);
  client.send(url_request(docs.url()));
  client.run_until_answers(1);
  EXPECT_EQ(client.answers.at(0).error, TransportError::kTimeout);
  client.run_until_answers(2);
  EXPECT_EQ(client.answers.at(1).body, "docs");
  EXPECT_GE(client.answers[1].started, client.answers[0].started + 490ms);
}

}  // namespace
}  // namespace together
