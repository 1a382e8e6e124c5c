// The server on a real socket, with libcurl as the client.
#include "simulator/server.h"

#include <curl/curl.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <thread>
#include <vector>

#include "simulator/service.h"

namespace together::simulator {
namespace {

using namespace std::chrono_literals;

struct Reply {
  CURLcode code = CURLE_OK;
  long status = 0;
  std::string head;
  std::string body;
  std::vector<std::size_t> writes;
};

std::size_t append(char* data, std::size_t, std::size_t size, void* reply) {
  static_cast<Reply*>(reply)->body.append(data, size);
  static_cast<Reply*>(reply)->writes.push_back(size);
  return size;
}

std::size_t append_head(char* data, std::size_t, std::size_t size, void* reply) {
  static_cast<Reply*>(reply)->head.append(data, size);
  return size;
}

Reply fetch(int port, const std::string& path, const std::string& body = "",
            long timeout_ms = 20'000) {
  Reply reply;
  CURL* curl = curl_easy_init();
  const std::string url = "http://127.0.0.1:" + std::to_string(port) + path;
  curl_slist* headers = curl_slist_append(nullptr, "Authorization: Bearer good");
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, timeout_ms);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, append);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, append_head);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &reply);
  if (!body.empty()) curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
  reply.code = curl_easy_perform(curl);
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply.status);
  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
  return reply;
}

std::unique_ptr<Server> serve(Server::Answer answer, int threads = 16) {
  auto server = Server::start("127.0.0.1:0", threads, std::move(answer));
  if (!server) throw std::runtime_error(server.error().message);
  return std::move(*server);
}

std::unique_ptr<Server> serve(Script script) {
  return serve([script](const Request&) { return script; });
}

Script two_chunks(Ending ending) {
  Script script;
  script.streamed = true;
  script.ending = ending;
  script.parts = {{Duration{}, "one "}, {Duration{}, "two"}};
  return script;
}

TEST(Server, AnUnchangedAnswerHasNoLengthOfItsOwn) {
  Script script;
  script.status = 304;
  script.headers = {{"etag", "\"a\""}};
  const auto server = serve(script);
  const Reply reply = fetch(server->port(), "/docs/deprecations.md");
  EXPECT_EQ(reply.code, CURLE_OK);
  EXPECT_EQ(reply.head, "HTTP/1.1 304 Not Modified\r\netag: \"a\"\r\n\r\n");
  EXPECT_EQ(reply.body, "");
}
TEST(Server, PlaysAWholeAnswer) {
  Script script;
  script.status = 404;
  script.headers = {{"x-a", "1"}};
  script.parts = {{Duration{}, "gone"}};
  const auto server = serve(script);
  const Reply reply = fetch(server->port(), "/any");
  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(reply.body, "gone");
  EXPECT_EQ(reply.head, "HTTP/1.1 404 Not Found\r\nx-a: 1\r\ncontent-length: 4\r\n\r\n");
}
TEST(Server, StreamsInChunks) {
  const auto server = serve(two_chunks(Ending::kComplete));
  const Reply reply = fetch(server->port(), "/");
  EXPECT_EQ(reply.code, CURLE_OK);
  EXPECT_EQ(reply.body, "one two");
}
TEST(Server, ACutStreamLooksCutToTheClient) {
  const auto server = serve(two_chunks(Ending::kCut));
  const Reply reply = fetch(server->port(), "/");
  EXPECT_EQ(reply.code, CURLE_PARTIAL_FILE);
  EXPECT_EQ(reply.body, "one two");
}
TEST(Server, AHangLastsUntilTheClientGivesUp) {
  const auto server = serve(two_chunks(Ending::kHang));
  const Reply reply = fetch(server->port(), "/", "", 300);
  EXPECT_EQ(reply.code, CURLE_OPERATION_TIMEDOUT);
  EXPECT_EQ(reply.body, "one two");
}
TEST(Server, AHangFreesItsThreadWhenTheClientLeaves) {
  std::atomic<int> requests{0};
  const auto server = serve(
      [&](const Request&) {
        return ++requests <= 8 ? two_chunks(Ending::kHang) : two_chunks(Ending::kComplete);
      },
      4);
  for (int i = 0; i < 8; ++i) {
    EXPECT_EQ(fetch(server->port(), "/", "", 100).code, CURLE_OPERATION_TIMEDOUT);
  }
  EXPECT_EQ(fetch(server->port(), "/").code, CURLE_OK);
}
TEST(Server, StatusZeroClosesWithoutAWord) {
  Script script;
  script.status = 0;
  script.ending = Ending::kCut;
  const auto server = serve(script);
  EXPECT_EQ(fetch(server->port(), "/").code, CURLE_GOT_NOTHING);
}
TEST(Server, HandsTheRequestOver) {
  Request seen;
  const auto server = serve([&](const Request& request) {
    seen = request;
    return two_chunks(Ending::kComplete);
  });
  fetch(server->port(), "/v1/x?by=5m&serverless", "{\"a\":1}");
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.path, "/v1/x");
  EXPECT_EQ(seen.query.at("by"), "5m");
  EXPECT_TRUE(seen.query.contains("serverless"));
  EXPECT_EQ(seen.headers.at("authorization"), "Bearer good");
  EXPECT_EQ(seen.body, "{\"a\":1}");
}
TEST(Server, RefusesABodyThatIsTooLarge) {
  const auto server = serve(two_chunks(Ending::kComplete));
  EXPECT_EQ(fetch(server->port(), "/", std::string((1 << 20) + 1, 'x')).status, 413);
}
TEST(Server, WhatTheAnswerThrowsIsA500) {
  const auto server = serve([](const Request&) -> Script { throw std::runtime_error("oh"); });
  EXPECT_EQ(fetch(server->port(), "/").status, 500);
}
TEST(Server, SeventyStreamsRunAtOnce) {
  constexpr int kStreams = 70;
  // No answer starts before all have arrived: fewer at once would never end.
  std::latch all_here(kStreams);
  const auto server = serve(
      [&](const Request&) {
        all_here.arrive_and_wait();
        return two_chunks(Ending::kComplete);
      },
      kStreams + 2);
  std::vector<std::future<Reply>> replies;
  for (int i = 0; i < kStreams; ++i) {
    replies.push_back(std::async(std::launch::async, [&] { return fetch(server->port(), "/"); }));
  }
  for (auto& reply : replies) EXPECT_EQ(reply.get().body, "one two");
}
TEST(Server, StoppingEndsAnswersUnderWay) {
  std::latch asked(1);
  auto server = serve([&](const Request&) {
    asked.count_down();
    Script script = two_chunks(Ending::kComplete);
    script.head_after = 1h;
    return script;
  });
  auto reply = std::async(std::launch::async,
                          [port = server->port()] { return fetch(port, "/", "", 60'000); });
  asked.wait();
  server.reset();
  EXPECT_EQ(reply.get().code, CURLE_GOT_NOTHING);
}
TEST(Server, ServesTheSimulatedApi) {
  auto service = Service::make({});
  ASSERT_TRUE(service);
  const auto server =
      serve([&](const Request& request) { return (*service)->answer(request, {}); });
  const Reply list = fetch(server->port(), "/v1/models");
  EXPECT_EQ(Json::parse(list.body).size(), 281U);
  const Reply stream = fetch(server->port(), "/v1/chat/completions",
                             R"({"model":"openai/gpt-oss-20b","stream":true,"max_tokens":1,)"
                             R"("messages":[{"role":"user","content":"hi"}]})");
  EXPECT_EQ(stream.status, 200);
  EXPECT_TRUE(stream.body.ends_with("data: [DONE]\n\n"));
  EXPECT_NE(stream.head.find("content-type: text/event-stream;charset=utf-8\r\n"),
            std::string::npos);
}

TEST(LoopbackAddress, TakesLoopback) {
  EXPECT_EQ(*loopback_address("127.0.0.1:8080"), "127.0.0.1:8080");
  EXPECT_EQ(*loopback_address("localhost:0"), "127.0.0.1:0");
}
TEST(LoopbackAddress, RefusesOthers) {
  EXPECT_EQ(loopback_address("0.0.0.0:80").error().message,
            "listen address 0.0.0.0:80 is refused: the simulator listens on IPv4 loopback only, as "
            "in 127.0.0.1:8080");
  EXPECT_FALSE(loopback_address(":80"));
  EXPECT_FALSE(loopback_address("127.0.0.1.example.com:80"));
  EXPECT_FALSE(loopback_address("[::1]:80"));
}
TEST(LoopbackAddress, RefusesABadPort) {
  EXPECT_FALSE(loopback_address("127.0.0.1"));
  EXPECT_FALSE(loopback_address("127.0.0.1:"));
  EXPECT_FALSE(loopback_address("127.0.0.1:65536"));
  EXPECT_FALSE(loopback_address("127.0.0.1:8r"));
}
TEST(Server, NamesAnAddressThatIsTaken) {
  const auto server = serve(two_chunks(Ending::kComplete));
  const std::string address = "127.0.0.1:" + std::to_string(server->port());
  const auto second = Server::start(address, 4, [](const Request&) { return Script{}; });
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().message.substr(0, 17 + address.size()), "cannot listen on " + address);
}

}  // namespace
}  // namespace together::simulator
