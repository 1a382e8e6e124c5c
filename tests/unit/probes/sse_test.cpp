#include "probes/stream/sse.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace together {
namespace {

std::vector<SseEvent> decode(const std::string& bytes) { return SseDecoder().feed(bytes); }

std::vector<std::string> data_of(const std::string& bytes) {
  std::vector<std::string> data;
  for (const SseEvent& event : decode(bytes)) data.push_back(event.data);
  return data;
}

using Texts = std::vector<std::string>;

TEST(SseDecoder, GivesTheByteThatCompletedAnEvent) {
  const auto events = decode("data: a\n\ndata: b\n\n");
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0], (SseEvent{.type = "", .data = "a", .end = 9}));
  EXPECT_EQ(events[1], (SseEvent{.type = "", .data = "b", .end = 18}));
}

TEST(SseDecoder, TakesEveryLineEnding) {
  EXPECT_EQ(data_of("data: a\r\rdata: b\r\n\r\ndata: c\n\n"), (Texts{"a", "b", "c"}));
  EXPECT_EQ(data_of("data: a\r\n\ndata: b\n\r\n"), (Texts{"a", "b"}));
}

TEST(SseDecoder, JoinsDataLinesOfOneEvent) {
  EXPECT_EQ(data_of("data: a\ndata:\ndata: b\n\n"), (Texts{"a\n\nb"}));
}

TEST(SseDecoder, StripsOneSpaceOnly) {
  EXPECT_EQ(data_of("data:a\n\ndata:  b\n\ndata: c: d\n\n"), (Texts{"a", " b", "c: d"}));
}

TEST(SseDecoder, TakesAFieldWithoutColon) { EXPECT_EQ(data_of("data\n\n"), (Texts{""})); }

TEST(SseDecoder, StripsOneByteOrderMark) {
  EXPECT_EQ(data_of("\xEF\xBB\xBF"
                    "data: a\n\n"),
            (Texts{"a"}));
  EXPECT_EQ(data_of("\xEF\xBB\xBF\xEF\xBB\xBF"
                    "data: a\n\n"),
            Texts{});
  EXPECT_EQ(data_of("data: a\n\n\xEF\xBB\xBF"
                    "data: b\n\n"),
            (Texts{"a"}));
}

TEST(SseDecoder, SkipsCommentsAndUnknownFields) {
  EXPECT_EQ(data_of(": keep-alive\n\ndata: a\nfoo: b\n:\n\n"), (Texts{"a"}));
}

TEST(SseDecoder, SkipsEventsWithoutData) {
  const auto events = decode("event: ping\n\ndata: a\n\n");
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].type, "");
}

TEST(SseDecoder, ReadsTheTypeOfOneEvent) {
  const auto events = decode("event: error\ndata: a\n\ndata: b\n\n");
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].type, "error");
  EXPECT_EQ(events[1].type, "");
}

TEST(SseDecoder, SkipsWhatServesReconnecting) {
  EXPECT_EQ(data_of("id: 7\nretry: 3000\ndata: a\nid\nretry: soon\ndata: b\n\n"), (Texts{"a\nb"}));
  EXPECT_EQ(data_of("id: 7\nretry: 3000\n\ndata: a\n\n"), (Texts{"a"}));
}

TEST(SseDecoder, SeesAPartialEvent) {
  const auto partial = [](const std::string& bytes) {
    SseDecoder decoder;
    decoder.feed(bytes);
    return decoder.has_partial_event();
  };
  EXPECT_FALSE(partial(""));
  EXPECT_FALSE(partial("data: a\n\n"));
  EXPECT_FALSE(partial("data: a\r\n\r\n"));
  EXPECT_FALSE(partial("data: a\n\n: bye\n"));
  EXPECT_TRUE(partial("data: a\n\ndata: b"));
  EXPECT_TRUE(partial("data: a\n\ndata: b\n"));
  EXPECT_TRUE(partial("data: a\n\nd"));
}

TEST(SseDecoder, DropsAnOversizedEventAndGoesOn) {
  SseDecoder decoder(16);
  const auto events = decoder.feed("data: " + std::string(100, 'x') +
                                   "\n\ndata: 12345678\ndata: 12345678\n\ndata: ok\n\n");
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].data, "ok");
  EXPECT_EQ(decoder.oversized_events(), 2u);
}

// Every feature at once, with characters of two to four bytes.
const std::string kMixed =
    "\xEF\xBB\xBF: hi\r\n\r\nevent: e\rid: 1\rdata: \xC3\xA9\xE6\xA8\xA1\r\r"
    "data: \xF0\x9F\x98\x80\r\ndata: b\r\n\r\nretry: 5\ndata: c\n\ndata: [DONE]\n\ndata: cut";

TEST(SseDecoder, GivesTheSameEventsByteByByte) {
  const auto whole = decode(kMixed);
  ASSERT_EQ(whole.size(), 4u);
  SseDecoder decoder;
  std::vector<SseEvent> events;
  for (std::size_t i = 0; i < kMixed.size(); ++i) {
    for (auto& event : decoder.feed(std::string_view(kMixed).substr(i, 1))) {
      EXPECT_EQ(event.end, i + 1);
      events.push_back(event);
    }
  }
  EXPECT_EQ(events, whole);
  EXPECT_TRUE(decoder.has_partial_event());
}

TEST(SseDecoder, GivesTheSameEventsAtEverySplit) {
  const auto whole = decode(kMixed);
  for (std::size_t a = 0; a <= kMixed.size(); ++a) {
    for (std::size_t b = a; b <= kMixed.size(); ++b) {
      SseDecoder decoder;
      auto events = decoder.feed(std::string_view(kMixed).substr(0, a));
      for (const auto piece :
           {std::string_view(kMixed).substr(a, b - a), std::string_view(kMixed).substr(b)}) {
        for (auto& event : decoder.feed(piece)) events.push_back(event);
      }
      ASSERT_EQ(events, whole) << a << " " << b;
    }
  }
}

}  // namespace
}  // namespace together
