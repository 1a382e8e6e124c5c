// Answers that break, in every way a peer can break them.
#include <gtest/gtest.h>

#include "tests/fakes/raw_server.h"
#include "tests/unit/http/loop_client.h"

namespace together {
namespace {

using namespace std::chrono_literals;

/// Reads one request, sends the bytes and closes.
RawServer::Script once(std::string bytes) {
  return [bytes](RawServer::Connection& connection) {
    connection.read_request();
    connection.send(bytes);
  };
}

/// Sends the bytes and then says nothing more.
RawServer::Script hang_after(std::string bytes) {
  return [bytes](RawServer::Connection& connection) {
    connection.read_request();
    connection.send(bytes);
    connection.wait();
  };
}

Exchange ask(const RawServer& server, Duration timeout = 30s) {
  LoopClient client(server.url());
  Request request = get_request("/");
  request.timeout = timeout;
  client.send(request);
  client.run();
  EXPECT_EQ(client.answers.size(), 1U);
  return client.answers.at(0);
}

/// Far from the promised 250 ms, for the sake of busy machines; a broken deadline would take 30 s.
constexpr Duration kLate = 2s;

TEST(CurlTransportFailure, EndsASilentPeerInTime) {
  RawServer server(hang_after(""));
  const Exchange exchange = ask(server, 500ms);
  EXPECT_EQ(exchange.error, TransportError::kTimeout);
  EXPECT_EQ(exchange.status, 0);
  EXPECT_TRUE(exchange.phases.connected);
  EXPECT_FALSE(exchange.phases.first_byte);
  EXPECT_GE(exchange.phases.total, Duration(490ms));
  EXPECT_LT(exchange.phases.total, 500ms + kLate);
}

TEST(CurlTransportFailure, EndsAHalfHeaderInTime) {
  RawServer server(hang_after("HTTP/1.1 200 OK\r\nContent-Ty"));
  const Exchange exchange = ask(server, 500ms);
  EXPECT_EQ(exchange.error, TransportError::kTimeout);
  EXPECT_LT(exchange.phases.total, 500ms + kLate);
}

TEST(CurlTransportFailure, KeepsWhatCameBeforeTheTimeout) {
  RawServer server(hang_after("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));
  const Exchange exchange = ask(server, 500ms);
  EXPECT_EQ(exchange.error, TransportError::kTimeout);
  EXPECT_EQ(exchange.status, 200);
  EXPECT_EQ(exchange.body, "half");
  EXPECT_TRUE(exchange.phases.first_byte);
}

TEST(CurlTransportFailure, EndsADrippingPeerInTime) {
  RawServer server([](RawServer::Connection& connection) {
    connection.read_request();
    connection.send("HTTP/1.1 200 OK\r\n\r\n");
    while (connection.send("x")) connection.wait(5ms);
  });
  const Exchange exchange = ask(server, 500ms);
  EXPECT_EQ(exchange.error, TransportError::kTimeout);
  EXPECT_LT(exchange.phases.total, 500ms + kLate);
}

TEST(CurlTransportFailure, NamesARefusedConnection) {
  LoopClient client("http://127.0.0.1:" + std::to_string(closed_port()));
  const Exchange exchange = client.get("/");
  EXPECT_EQ(exchange.error, TransportError::kConnect);
  EXPECT_NE(exchange.error_text, "");
  EXPECT_FALSE(exchange.phases.connected);
}

TEST(CurlTransportFailure, NamesAReset) {
  RawServer server([](RawServer::Connection& connection) {
    connection.read_request();
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    connection.reset_on_close();
  });
  EXPECT_EQ(ask(server).error, TransportError::kCutShort);
}

TEST(CurlTransportFailure, NamesAMissingLastChunk) {
  RawServer server(once("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"));
  const Exchange exchange = ask(server);
  EXPECT_EQ(exchange.error, TransportError::kCutShort);
  EXPECT_EQ(exchange.body, "half");
}

TEST(CurlTransportFailure, NamesABodyShorterThanPromised) {
  RawServer server(once("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));
  const Exchange exchange = ask(server);
  EXPECT_EQ(exchange.error, TransportError::kCutShort);
  EXPECT_EQ(exchange.body, "half");
  EXPECT_EQ(exchange.status, 200);
}

TEST(CurlTransportFailure, NamesAPeerThatClosesWithoutAWord) {
  RawServer server(once(""));
  EXPECT_EQ(ask(server).error, TransportError::kCutShort);
}

TEST(CurlTransportFailure, TakesAnAnswerThatEndsWithTheConnection) {
  RawServer server(once("HTTP/1.0 200 OK\r\n\r\nwhole"));
  const Exchange exchange = ask(server);
  EXPECT_EQ(exchange.error, TransportError::kNone);
  EXPECT_EQ(exchange.body, "whole");
}

TEST(CurlTransportFailure, RefusesWhatIsNotHttp) {
  RawServer server(once("220 mail.example ESMTP\r\n"));
  EXPECT_EQ(ask(server).error, TransportError::kProtocol);
}

TEST(CurlTransportFailure, RefusesABrokenGzip) {
  RawServer server(
      once("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nnot-gzip"));
  EXPECT_EQ(ask(server).error, TransportError::kProtocol);
}

TEST(CurlTransportFailure, CapsManyHeaders) {
  std::string head = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 100; ++i) head += "x: " + std::string(1000, 'x') + "\r\n";
  RawServer server(hang_after(head));
  const Exchange exchange = ask(server);
  EXPECT_EQ(exchange.error, TransportError::kTooLarge);
  EXPECT_EQ(exchange.error_text, "the answer's header is larger than 65536 bytes");
}

TEST(CurlTransportFailure, CapsOneEndlessHeader) {
  RawServer server(hang_after("HTTP/1.1 200 OK\r\nx: " + std::string(1 << 20, 'x')));
  EXPECT_EQ(ask(server).error, TransportError::kTooLarge);
}

TEST(CurlTransportFailure, CapsTheBodyOfAnError) {
  RawServer server(hang_after("HTTP/1.1 500 Oops\r\n\r\n" + std::string(100'000, 'x')));
  const Exchange exchange = ask(server);
  EXPECT_EQ(exchange.error, TransportError::kTooLarge);
  EXPECT_EQ(exchange.error_text, "the answer's body is larger than 65536 bytes");
  EXPECT_EQ(exchange.body.size(), 65'536U);
}

TEST(CurlTransportFailure, RefusesAPathThatCouldNameAnotherHost) {
  RawServer server(once(""));
  LoopClient client(server.url());
  const Exchange exchange = client.get("@example.com/");
  EXPECT_EQ(exchange.error, TransportError::kProtocol);
  EXPECT_EQ(exchange.error_text, "the request's path does not start with a slash: @example.com/");
  EXPECT_EQ(server.accepted(), 0);
}

TEST(CurlTransportFailure, RefusesAHeaderWithALineEnd) {
  RawServer server(once(""));
  LoopClient client(server.url());
  Request request = get_request("/");
  request.headers = {{"X-Id", "a\r\nX-Evil: 1"}};
  const Exchange exchange = client.ask(request);
  EXPECT_EQ(exchange.error, TransportError::kProtocol);
  EXPECT_EQ(exchange.error_text, "a request header holds a control character: X-Id");
  EXPECT_EQ(server.accepted(), 0);
}

TEST(CurlTransportFailure, RefusesAPathWithAControlCharacter) {
  RawServer server(once(""));
  LoopClient client(server.url());
  EXPECT_EQ(client.get("/a\r\nX-Evil: 1").error, TransportError::kProtocol);
  EXPECT_EQ(server.accepted(), 0);
}

TEST(CurlTransportFailure, CancelsWhatIsUnderWayAndWhatWaits) {
  RawServer server(hang_after("HTTP/1.1 200 OK\r\n\r\nhalf"));
  CurlTransportOptions options;
  options.base_url = server.url();
  options.max_concurrent_requests = 2;
  LoopClient client(std::move(options));
  for (int i = 0; i < 3; ++i) client.send(get_request("/"));
  while (server.requests().size() < 2) client.io.poll();
  client.transport->cancel_all();
  ASSERT_EQ(client.answers.size(), 3U);
  for (const Exchange& exchange : client.answers) {
    EXPECT_EQ(exchange.error, TransportError::kCancelled);
  }
  client.run();
  EXPECT_EQ(client.answers.size(), 3U) << "done was called twice";
}

TEST(CurlTransportFailure, CancelsFromWithinDone) {
  RawServer server([](RawServer::Connection& connection) {
    if (connection.read_request().starts_with("GET /quick")) {
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }
    connection.wait();
  });
  LoopClient client(server.url());
  client.send(get_request("/slow"));
  client.transport->send(get_request("/quick"), [&](Exchange) { client.transport->cancel_all(); });
  client.run();
  ASSERT_EQ(client.answers.size(), 1U);
  EXPECT_EQ(client.answers[0].error, TransportError::kCancelled);
}

TEST(CurlTransportFailure, EndsSilentlyWithItsOwner) {
  RawServer server(hang_after(""));
  LoopClient client(server.url());
  client.send(get_request("/"));
  client.send(get_request("@refused"));
  client.io.poll();
  client.transport.reset();
  client.run();
  EXPECT_EQ(client.answers.size(), 1U);  // the refused one was told in poll()
}

TEST(CurlTransportMake, RefusesBadUrls) {
  asio::io_context io;
  const auto message = [&](CurlTransportOptions options) {
    const auto made = CurlTransport::make(io, std::move(options));
    return made ? std::string("made") : made.error().message;
  };
  const auto base = [&](std::string url) {
    CurlTransportOptions options;
    options.base_url = std::move(url);
    return message(std::move(options));
  };
  EXPECT_EQ(base("https://api.together.ai/v1"), "made");
  EXPECT_EQ(base("ftp://api.together.ai"), "the base URL is not an http or https URL");
  EXPECT_EQ(base("api.together.ai"), "the base URL is not an http or https URL");
  EXPECT_EQ(base("https://user:pass@api.together.ai"),
            "the base URL holds a user name, a query or a fragment");
  EXPECT_EQ(base("https://api.together.ai/?a=b"),
            "the base URL holds a user name, a query or a fragment");

  CurlTransportOptions bad_proxy;
  bad_proxy.base_url = "https://api.together.ai";
  bad_proxy.proxy_url = "http://user:password@proxy:port";
  EXPECT_EQ(message(std::move(bad_proxy)), "the proxy URL is not a URL");

  CurlTransportOptions no_requests;
  no_requests.base_url = "https://api.together.ai";
  no_requests.max_concurrent_requests = 0;
  EXPECT_EQ(message(std::move(no_requests)), "no request at all may be under way");
}

}  // namespace
}  // namespace together
