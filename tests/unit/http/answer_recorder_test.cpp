// What libcurl hands over, as an Exchange.
#include "exporter/http/answer_recorder.h"

#include <gtest/gtest.h>

namespace together {
namespace {

using namespace std::chrono_literals;

void feed(AnswerRecorder& recorder, std::initializer_list<std::string_view> lines,
          Duration at = 1ms) {
  for (const auto line : lines) ASSERT_TRUE(recorder.header_line(line, at));
}

TEST(AnswerRecorder, LowersNamesAndTrimsValues) {
  AnswerRecorder recorder(100);
  feed(recorder,
       {"HTTP/1.1 200 OK\r\n", "X-API-Received:  2026-08-17 \t\r\n", "Empty:\r\n", "\r\n"});
  const Exchange exchange = recorder.take();
  EXPECT_EQ(exchange.status, 200);
  EXPECT_EQ(exchange.headers,
            (std::vector<Header>{{"x-api-received", "2026-08-17"}, {"empty", ""}}));
}

TEST(AnswerRecorder, DropsInterimAnswers) {
  AnswerRecorder recorder(100);
  feed(recorder, {"HTTP/1.1 103 Early Hints\r\n", "link: x\r\n", "\r\n"}, 1ms);
  feed(recorder, {"HTTP/1.1 404 Not Found\r\n", "a: b\r\n", "\r\n"}, 5ms);
  const Exchange exchange = recorder.take();
  EXPECT_EQ(exchange.status, 404);
  EXPECT_EQ(exchange.headers, (std::vector<Header>{{"a", "b"}}));
  EXPECT_EQ(exchange.phases.first_byte, Duration(5ms));
}

TEST(AnswerRecorder, HasNoStatusAfterAnInterimAnswerAlone) {
  AnswerRecorder recorder(100);
  feed(recorder, {"HTTP/1.1 100 Continue\r\n", "\r\n"});
  EXPECT_EQ(recorder.take().status, 0);
}

TEST(AnswerRecorder, DropsTrailers) {
  AnswerRecorder recorder(100);
  feed(recorder, {"HTTP/1.1 200 OK\r\n", "a: b\r\n", "\r\n"});
  ASSERT_TRUE(recorder.body_bytes("body", 2ms));
  feed(recorder, {"a: other\r\n", "late: yes\r\n"});
  EXPECT_EQ(recorder.take().headers, (std::vector<Header>{{"a", "b"}}));
}

TEST(AnswerRecorder, JoinsFoldedHeaders) {
  AnswerRecorder recorder(100);
  feed(recorder, {"HTTP/1.1 200 OK\r\n", "a: b\r\n", "\tc\r\n", "\r\n"});
  EXPECT_EQ(recorder.take().headers, (std::vector<Header>{{"a", "b c"}}));
}

TEST(AnswerRecorder, SkipsALineWithoutAColon) {
  AnswerRecorder recorder(100);
  feed(recorder, {"HTTP/1.1 200 OK\r\n", "nonsense\r\n", "\r\n"});
  EXPECT_TRUE(recorder.take().headers.empty());
}

TEST(AnswerRecorder, StopsAtTooManyHeaderBytes) {
  AnswerRecorder recorder(100);
  feed(recorder, {"HTTP/1.1 200 OK\r\n"});
  EXPECT_FALSE(recorder.header_line("a: " + std::string(kMaxHeaderBytes, 'x'), 1ms));
  EXPECT_EQ(recorder.too_large(), "the answer's header is larger than 65536 bytes");
}

TEST(AnswerRecorder, CountsTrailersAsHeaderBytes) {
  AnswerRecorder recorder(100);
  feed(recorder, {"HTTP/1.1 200 OK\r\n", "\r\n"});
  EXPECT_FALSE(recorder.header_line("a: " + std::string(kMaxHeaderBytes, 'x'), 1ms));
}

TEST(AnswerRecorder, StampsPiecesWhereTheyEnd) {
  AnswerRecorder recorder(100);
  feed(recorder, {"HTTP/1.1 200 OK\r\n", "\r\n"}, 1ms);
  recorder.body_bytes("one", 2ms);
  recorder.body_bytes("four", 7ms);
  const Exchange exchange = recorder.take();
  EXPECT_EQ(exchange.body, "onefour");
  ASSERT_EQ(exchange.chunks.size(), 2U);
  EXPECT_EQ(exchange.chunks[0].at, Duration(2ms));
  EXPECT_EQ(exchange.chunks[0].end, 3U);
  EXPECT_EQ(exchange.chunks[1].at, Duration(7ms));
  EXPECT_EQ(exchange.chunks[1].end, 7U);
}

TEST(AnswerRecorder, JoinsPiecesThatCameAtOnce) {
  AnswerRecorder recorder(100);
  feed(recorder, {"HTTP/1.1 200 OK\r\n", "\r\n"}, 1ms);
  recorder.body_bytes("a", 2ms);
  recorder.body_bytes("b", 2ms);
  const Exchange exchange = recorder.take();
  ASSERT_EQ(exchange.chunks.size(), 1U);
  EXPECT_EQ(exchange.chunks[0].end, 2U);
}

TEST(AnswerRecorder, NeverStampsBackwards) {
  AnswerRecorder recorder(100);
  feed(recorder, {"HTTP/1.1 200 OK\r\n", "\r\n"}, 5ms);
  recorder.body_bytes("a", 3ms);
  EXPECT_EQ(recorder.take().chunks.at(0).at, Duration(5ms));
}

TEST(AnswerRecorder, NeverStampsBeforeTheStart) {
  AnswerRecorder recorder(100);
  feed(recorder, {"HTTP/1.1 200 OK\r\n", "\r\n"}, -1ms);
  EXPECT_EQ(recorder.take().phases.first_byte, Duration(0));
}

TEST(AnswerRecorder, TakesABodyOfExactlyTheLimit) {
  AnswerRecorder recorder(4);
  feed(recorder, {"HTTP/1.1 200 OK\r\n", "\r\n"});
  EXPECT_TRUE(recorder.body_bytes("four", 2ms));
  EXPECT_EQ(recorder.too_large(), "");
}

TEST(AnswerRecorder, KeepsWhatFitsOfALargerBody) {
  AnswerRecorder recorder(4);
  feed(recorder, {"HTTP/1.1 200 OK\r\n", "\r\n"});
  EXPECT_TRUE(recorder.body_bytes("abc", 2ms));
  EXPECT_FALSE(recorder.body_bytes("def", 3ms));
  EXPECT_EQ(recorder.too_large(), "the answer's body is larger than 4 bytes");
  const Exchange exchange = recorder.take();
  EXPECT_EQ(exchange.body, "abcd");
  EXPECT_EQ(exchange.chunks.back().end, 4U);
}

TEST(AnswerRecorder, GivesErrorBodiesALimitOfTheirOwn) {
  AnswerRecorder recorder(1 << 20);
  feed(recorder, {"HTTP/1.1 500 Internal Server Error\r\n", "\r\n"});
  EXPECT_FALSE(recorder.body_bytes(std::string(kMaxErrorBodyBytes + 1, 'x'), 2ms));
  EXPECT_EQ(recorder.take().body.size(), kMaxErrorBodyBytes);
}

}  // namespace
}  // namespace together
