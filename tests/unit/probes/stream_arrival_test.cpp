// The stream probe over the real transport: the first token's time against the server's own stamp.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <future>
#include <limits>
#include <string>

#include "tests/fakes/raw_server.h"
#include "tests/unit/http/loop_client.h"
#include "tests/unit/probes/streams.h"

namespace together {
namespace {

using namespace std::chrono_literals;

constexpr auto kThinking = 300ms;
constexpr int kMostStreams = 8;  // a busy machine may spoil some

struct Stamps {
  WallTime head;
  WallTime token;
};

double value_of(const Observation& seen, std::string_view family, std::string_view label = "") {
  for (const Reading& reading : seen.readings) {
    if (reading.metric->name == family && (label.empty() || reading.labels.at(1) == label)) {
      return reading.value;
    }
  }
  return std::numeric_limits<double>::quiet_NaN();
}

/// How far measured times are off from the server's, in seconds.
struct Miss {
  double first_byte;
  double first_token;
};

Miss ask_once() {
  std::promise<Stamps> sent;
  RawServer server([&](RawServer::Connection& connection) {
    connection.read_request();
    Stamps stamps;
    stamps.head = std::chrono::system_clock::now();
    connection.send(
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n" +
        chunk(R"({"role":"assistant","content":""})"));
    connection.wait(kThinking);
    stamps.token = std::chrono::system_clock::now();
    connection.send(content("One"));
    sent.set_value(stamps);
    connection.send(finish() + kUsage + kDone);
  });
  LoopClient client(server.url());
  const auto probe = make_probe("stream");
  Request request = probe->request(model_target("a/b"));
  request.timeout = 30s;
  request.credential = Credential::kNone;
  const Exchange exchange = client.ask(std::move(request));
  const Stamps stamps = sent.get_future().get();
  const Observation seen = probe->judge(model_target("a/b"), exchange, "stream");
  EXPECT_EQ(to_string(seen.outcome), "ok") << seen.detail;

  const auto miss = [&](double measured, WallTime stamp) {
    return std::abs(to_unix_seconds(exchange.started) + measured - to_unix_seconds(stamp));
  };
  const double token = value_of(seen, "together_stream_time_to_first_token_seconds", "any");
  EXPECT_EQ(token, value_of(seen, "together_stream_time_to_first_token_seconds", "answer"));
  return {miss(value_of(seen, "together_stream_time_to_first_byte_seconds"), stamps.head),
          miss(token, stamps.token)};
}

TEST(StreamArrival, TellsTheFirstTokenFromAnInstantFirstByte) {
  Miss best{1, 1};
  for (int i = 0; i < kMostStreams && (best.first_byte >= 0.005 || best.first_token >= 0.005);
       ++i) {
    const Miss miss = ask_once();
    best.first_byte = std::min(best.first_byte, miss.first_byte);
    best.first_token = std::min(best.first_token, miss.first_token);
  }
  EXPECT_LT(best.first_byte, 0.005);
  EXPECT_LT(best.first_token, 0.005);
}

}  // namespace
}  // namespace together
