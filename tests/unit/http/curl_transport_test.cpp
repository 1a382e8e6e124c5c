// Healthy answers: what is sent, and what of the answer is kept.
#include "exporter/http/curl_transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include "tests/fakes/raw_server.h"
#include "tests/unit/http/loop_client.h"
#include "tests/unit/http/stamped_socket.h"
#include "tests/unit/http/temp_folder.h"

namespace together {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

std::string answer(std::string_view body, std::string_view headers = "") {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string(headers) + "\r\n" + std::string(body);
}

/// Answers every request of every connection with the same bytes.
RawServer::Script always(std::string bytes) {
  return [bytes](RawServer::Connection& connection) {
    while (!connection.read_request().empty()) connection.send(bytes);
  };
}

std::string gzip(const std::string& plain) {
  z_stream z{};
  deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&z, plain.size()), '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  z.avail_in = static_cast<uInt>(plain.size());
  z.next_out = reinterpret_cast<Bytef*>(packed.data());
  z.avail_out = static_cast<uInt>(packed.size());
  deflate(&z, Z_FINISH);
  packed.resize(z.total_out);
  deflateEnd(&z);
  return packed;
}

CurlTransportOptions with_key(const RawServer& server, const std::string& key_file) {
  CurlTransportOptions options;
  options.base_url = server.url();
  options.user_agent = "together-exporter/test";
  options.key = std::move(KeySource::open(key_file, "", [](const std::string&) {}).value());
  return options;
}

TEST(CurlTransport, FillsTheExchangeOfAPlainAnswer) {
  RawServer server(always(answer("hello", "X-Inference-Version: v2\r\n")));
  LoopClient client(server.url());
  const Exchange exchange = client.get("/models");
  EXPECT_EQ(exchange.error, TransportError::kNone) << exchange.error_text;
  EXPECT_EQ(exchange.error_text, "");
  EXPECT_EQ(exchange.status, 200);
  EXPECT_EQ(exchange.body, "hello");
  EXPECT_EQ(exchange.header("x-inference-version"), "v2");
  ASSERT_FALSE(exchange.chunks.empty());
  EXPECT_EQ(exchange.chunks.back().end, 5U);
}

TEST(CurlTransport, TimesThePhasesInTheirOrder) {
  RawServer server(always(answer("hello")));
  LoopClient client(server.url());
  const Phases phases = client.get("/").phases;
  ASSERT_TRUE(phases.resolved && phases.connected && phases.first_byte);
  EXPECT_FALSE(phases.secured);
  EXPECT_LE(*phases.resolved, *phases.connected);
  EXPECT_LE(*phases.connected, *phases.first_byte);
  EXPECT_LE(*phases.first_byte, phases.total);
}

TEST(CurlTransport, SendsTheRequestAsItIsNamed) {
  RawServer server(always(answer("{}")));
  LoopClient client(server.url() + "/v1");
  Request request = get_request("/chat/completions?a=b");
  request.method = Method::kPost;
  request.headers = {{"Content-Type", "application/json"}};
  request.body = R"({"model":"a/b"})";
  client.ask(request);
  EXPECT_EQ(server.requests().at(0),
            "POST /v1/chat/completions?a=b HTTP/1.1\r\n"
            "Host: 127.0.0.1:" +
                std::to_string(server.port()) +
                "\r\n"
                "User-Agent: together-exporter/test\r\n"
                "Accept: */*\r\n"
                "Accept-Encoding: gzip\r\n"
                "Content-Type: application/json\r\n"
                "Content-Length: 15\r\n\r\n"
                R"({"model":"a/b"})");
}

TEST(CurlTransport, SendsALargeBodyWithoutExpect) {
  RawServer server(always(answer("{}")));
  LoopClient client(server.url());
  Request request = get_request("/");
  request.method = Method::kPost;
  request.body = std::string(2 << 20, 'x');
  EXPECT_EQ(client.ask(request).status, 200);
  EXPECT_THAT(server.requests().at(0), Not(HasSubstr("Expect")));
  EXPECT_TRUE(server.requests().at(0).ends_with("\r\n\r\n" + request.body));
}

TEST(CurlTransport, ReusesAConnectionAndLeavesItsPhasesEmpty) {
  RawServer server(always(answer("hello")));
  LoopClient client(server.url());
  client.get("/");
  const Exchange second = client.get("/");
  EXPECT_EQ(server.accepted(), 1);
  EXPECT_FALSE(second.phases.resolved);
  EXPECT_FALSE(second.phases.connected);
  EXPECT_TRUE(second.phases.first_byte);
}

TEST(CurlTransport, OpensAFreshConnectionWhereAskedAndLeavesTheOldOneAlone) {
  RawServer server(always(answer("hello")));
  LoopClient client(server.url());
  client.get("/");
  Request request = get_request("/");
  request.fresh_connection = true;
  EXPECT_TRUE(client.ask(request).phases.connected);
  EXPECT_EQ(server.accepted(), 2);
  client.get("/");
  EXPECT_EQ(server.accepted(), 2);
}

TEST(CurlTransport, AsksAgainWhereAReusedConnectionProvesDead) {
  RawServer server([](RawServer::Connection& connection) {
    connection.read_request();
    connection.send(answer("hello"));
  });
  LoopClient client(server.url());
  EXPECT_EQ(client.get("/").error, TransportError::kNone);
  EXPECT_EQ(client.get("/").error, TransportError::kNone);
  EXPECT_EQ(server.accepted(), 2);
}

TEST(CurlTransport, StampsEveryPieceWhenItArrives) {
  std::mutex mutex;
  std::vector<WallTime> sent;
  RawServer server([&](RawServer::Connection& connection) {
    connection.read_request();
    connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (const std::string_view piece : {"3\r\none\r\n", "3\r\ntwo\r\n", "5\r\nthree\r\n"}) {
      connection.wait(100ms);
      const std::lock_guard lock(mutex);
      sent.push_back(std::chrono::system_clock::now());
      connection.send(piece);
    }
    connection.send("0\r\n\r\n");
  });
  LoopClient client(server.url());
  const Exchange exchange = client.get("/");
  EXPECT_EQ(exchange.body, "onetwothree");
  ASSERT_FALSE(exchange.chunks.empty());
  EXPECT_EQ(exchange.chunks.back().end, 11U);
  EXPECT_GE(exchange.chunks.front().at, *exchange.phases.first_byte);
  EXPECT_LE(exchange.chunks.back().at, exchange.phases.total);

  // Whatever the machine is busy with: never before it was sent, and the first not with the last.
  const std::lock_guard lock(mutex);
  std::size_t begin = 0;
  Duration last{};
  for (const Chunk& chunk : exchange.chunks) {
    EXPECT_GE(chunk.at, last);
    const std::size_t piece = begin < 3 ? 0 : begin < 6 ? 1 : 2;
    EXPECT_GE(exchange.started + chunk.at, sent.at(piece) - 20ms) << "bytes from " << begin;
    begin = chunk.end;
    last = chunk.at;
  }
  EXPECT_GE(exchange.chunks.size(), 2U);
}

TEST(CurlTransport, StampsWhatArrivedWhileTheLoopWasBusy) {
  const StampedSocket stamped;
  if (stamped.socket() < 0) GTEST_SKIP() << "this kernel does not stamp what TCP receives";
  std::atomic<bool> loop_rests = false;
  std::atomic<bool> long_ago = false;
  RawServer server([&](RawServer::Connection& connection) {
    connection.read_request();
    while (!loop_rests) std::this_thread::yield();
    connection.send(answer("hello"));
    connection.wait(100ms);
    long_ago = true;
    connection.wait();
  });
  LoopClient client(server.url());
  client.send(get_request("/"));
  while (server.requests().empty()) client.io.poll();
  loop_rests = true;
  while (!long_ago) std::this_thread::yield();
  const WallTime loop_goes_on = std::chrono::system_clock::now();
  client.run_until_answers(1);
  const Exchange& exchange = client.answers.at(0);
  EXPECT_LT(exchange.started + *exchange.phases.first_byte, loop_goes_on);
  EXPECT_LT(exchange.started + exchange.chunks.at(0).at, loop_goes_on);
  EXPECT_GE(exchange.started + exchange.phases.total, loop_goes_on);
}

TEST(CurlTransport, KeepsTheHeadersOfTheFinalAnswer) {
  RawServer server(
      always("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + answer("hello", "A: b\r\n")));
  LoopClient client(server.url());
  const Exchange exchange = client.get("/");
  EXPECT_EQ(exchange.status, 200);
  EXPECT_EQ(exchange.headers, (std::vector<Header>{{"content-length", "5"}, {"a", "b"}}));
}

TEST(CurlTransport, DecodesGzip) {
  const std::string packed = gzip("hello, hello, hello");
  RawServer server(always(answer(packed, "Content-Encoding: gzip\r\n")));
  LoopClient client(server.url());
  EXPECT_EQ(client.get("/").body, "hello, hello, hello");
}

TEST(CurlTransport, CapsDecodedBytes) {
  const std::string bomb = gzip(std::string(64 << 20, '\0'));
  ASSERT_LT(bomb.size(), 100'000U);
  RawServer server(always(answer(bomb, "Content-Encoding: gzip\r\n")));
  LoopClient client(server.url());
  Request request = get_request("/");
  request.max_body_bytes = 100'000;
  const Exchange exchange = client.ask(request);
  EXPECT_EQ(exchange.error, TransportError::kTooLarge);
  EXPECT_EQ(exchange.error_text, "the answer's body is larger than 100000 bytes");
  EXPECT_EQ(exchange.body.size(), 100'000U);
  EXPECT_EQ(exchange.status, 200);
}

TEST(CurlTransport, FollowsNoRedirectAndTakesTheKeyNowhereElse) {
  const TempFolder folder;
  RawServer elsewhere(always(answer("stolen")));
  RawServer server(always(
      "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + elsewhere.url() + "/\r\n\r\n"));
  LoopClient client(with_key(server, folder.write("key", "sesame-1234")));
  const Exchange exchange = client.get("/");
  EXPECT_EQ(exchange.status, 302);
  EXPECT_EQ(exchange.error, TransportError::kNone);
  EXPECT_EQ(elsewhere.accepted(), 0);
}

TEST(CurlTransport, SendsTheKeyOnceAndOnlyAsAHeader) {
  const TempFolder folder;
  RawServer server(always(answer("{}")));
  LoopClient client(with_key(server, folder.write("key", "sesame-1234\n")));
  client.get("/models");
  const std::string request = server.requests().at(0);
  EXPECT_THAT(request, HasSubstr("\r\nAuthorization: Bearer sesame-1234\r\n"));
  EXPECT_EQ(request.find("sesame"), request.rfind("sesame"));
}

TEST(CurlTransport, SendsNoKeyWhereTheRequestNamesNoCredential) {
  const TempFolder folder;
  RawServer server(always(answer("{}")));
  LoopClient client(with_key(server, folder.write("key", "sesame-1234")));
  Request request = get_request("/");
  request.credential = Credential::kNone;
  client.ask(request);
  EXPECT_THAT(server.requests().at(0), Not(HasSubstr("uthorization")));
}

TEST(CurlTransport, SendsNoKeyWhereItHasNone) {
  RawServer server(always(answer("{}")));
  LoopClient client(server.url());
  client.get("/");
  EXPECT_THAT(server.requests().at(0), Not(HasSubstr("uthorization")));
}

TEST(CurlTransport, TakesARotatedKey) {
  const TempFolder folder;
  RawServer server(always(answer("{}")));
  LoopClient client(with_key(server, folder.write("key", "first")));
  client.get("/");
  folder.write("key", "the-second");
  client.get("/");
  EXPECT_THAT(server.requests().at(0), HasSubstr("Bearer first\r\n"));
  EXPECT_THAT(server.requests().at(1), HasSubstr("Bearer the-second\r\n"));
}

TEST(CurlTransport, NeverHasMoreUnderWayThanAllowed) {
  std::mutex mutex;
  int now = 0;
  int most = 0;
  const auto count = [&](int change) {
    const std::lock_guard lock(mutex);
    now += change;
    most = std::max(most, now);
  };
  RawServer server([&](RawServer::Connection& connection) {
    while (!connection.read_request().empty()) {
      count(+1);
      connection.wait(50ms);
      count(-1);
      connection.send(answer("hello"));
    }
  });
  CurlTransportOptions options;
  options.base_url = server.url();
  options.max_concurrent_requests = 2;
  LoopClient client(std::move(options));
  for (int i = 0; i < 6; ++i) client.send(get_request("/" + std::to_string(i)));
  client.run_until_answers(6);
  for (const Exchange& exchange : client.answers) EXPECT_EQ(exchange.status, 200);
  EXPECT_EQ(server.accepted(), 2);
  const std::lock_guard lock(mutex);
  EXPECT_LE(most, 2);
}

TEST(CurlTransport, CountsTheTimeOfAWaitingRequestFromItsOwnStart) {
  RawServer server([](RawServer::Connection& connection) {
    while (!connection.read_request().empty()) {
      connection.wait(100ms);
      connection.send(answer("hello"));
    }
  });
  CurlTransportOptions options;
  options.base_url = server.url();
  options.max_concurrent_requests = 1;
  LoopClient client(std::move(options));
  client.send(get_request("/first"));
  client.send(get_request("/second"));
  client.run_until_answers(2);
  EXPECT_GE(client.answers[1].started, client.answers[0].started + 90ms);
  EXPECT_THAT(server.requests().at(1), HasSubstr("GET /second"));
}

TEST(CurlTransport, LeavesNothingToDoBehind) {
  RawServer server(always(answer("hello")));
  LoopClient client(server.url());
  client.send(get_request("/"));
  client.run();
  EXPECT_EQ(client.answers.size(), 1U);
}

TEST(CurlTransport, MaySendAgainFromWithinDone) {
  RawServer server(always(answer("hello")));
  LoopClient client(server.url());
  int status = 0;
  client.transport->send(get_request("/"), [&](Exchange) {
    client.transport->send(get_request("/"), [&](Exchange exchange) { status = exchange.status; });
  });
  client.run();
  EXPECT_EQ(status, 200);
}

}  // namespace
}  // namespace together
