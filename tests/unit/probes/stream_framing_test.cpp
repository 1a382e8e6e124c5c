// Every way to frame the same stream that the standard allows gives the same verdict.
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/probes/streams.h"

namespace together {
namespace {

using Names = std::vector<std::string>;

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

void expect_good(const std::string& body) {
  const Observation seen = judge_stream_answer(stream_answer(body));
  EXPECT_EQ(to_string(seen.outcome), "ok") << seen.detail << "\n" << body;
  EXPECT_EQ(broken_rules(seen), Names{}) << body;
  ASSERT_TRUE(seen.usage) << body;
  EXPECT_EQ(seen.usage->completion_tokens, 3) << body;
  EXPECT_TRUE(seen.remarks.empty()) << body;
}

TEST(StreamFraming, TakesEveryLineEnd) {
  expect_good(kGoodStream);
  expect_good(replaced(kGoodStream, "\n", "\r\n"));
  expect_good(replaced(kGoodStream, "\n", "\r"));
  expect_good(replaced(kGoodStream, "\n\n", "\r\n\n"));
}

TEST(StreamFraming, TakesDataWithoutItsSpace) {
  expect_good(replaced(kGoodStream, "data: ", "data:"));
}

TEST(StreamFraming, TakesCommentsAndKeepAlives) {
  expect_good(": keep-alive\n\n" + replaced(kGoodStream, "\n\n", "\n: ping\n\n:\n\n\n\n"));
  expect_good(kGoodStream + ": bye\n\n");
  expect_good(kGoodStream + ": bye\n");
}

TEST(StreamFraming, TakesEventIdAndRetryLines) {
  expect_good("retry: 3000\n\n" + replaced(kGoodStream, "data: ", "id: 7\ndata: "));
  expect_good(replaced(kGoodStream, "data: ", "event: message\nid\nretry: soon\nnew: x\ndata: "));
}

TEST(StreamFraming, TakesSeveralDataLinesAnEvent) {
  expect_good(replaced(kGoodStream, R"(,"choices":)", "\ndata: ,\ndata:\"choices\":"));
}

TEST(StreamFraming, TakesAByteOrderMark) { expect_good("\xEF\xBB\xBF" + kGoodStream); }

TEST(StreamFraming, TakesAllAtOnce) {
  expect_good(
      "\xEF\xBB\xBF" +
      replaced(replaced(kGoodStream, "data: ", ": hi\nevent:message\nid: 1\ndata:"), "\n", "\r\n"));
}

TEST(StreamFraming, TakesUsageBeforeOnAndAfterTheFinish) {
  expect_good(content("x") + kUsage + finish() + kDone);
  expect_good(content("x") + finish() + kUsage + kDone);
  expect_good(content("x") +
              event(R"({"object":"chat.completion.chunk","choices":[{"index":0,"delta":{},
                "finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":3}})") +
              kDone);
}

TEST(StreamFraming, TakesCharactersSplitOverPackets) {
  const std::string body =
      content("\xC3\xA9\xE6\xA8\xA1\xF0\x9F\x98\x80") + finish() + kUsage + kDone;
  Exchange exchange = stream_answer("");
  for (const char byte : body) {  // a packet a byte
    exchange.body += byte;
    exchange.chunks.push_back(
        {std::chrono::milliseconds(exchange.body.size()), exchange.body.size()});
  }
  const Observation seen = judge_stream_answer(exchange);
  EXPECT_EQ(to_string(seen.outcome), "ok");
  EXPECT_EQ(broken_rules(seen), Names{});
  const double first_event = static_cast<double>(body.find("\n\n") + 2) / 1000;
  std::size_t clocks = 0;
  for (const Reading& reading : seen.readings) {
    if (reading.metric->name != "together_stream_time_to_first_token_seconds" &&
        reading.metric->name != "together_stream_time_to_first_event_seconds") {
      continue;
    }
    ++clocks;
    EXPECT_EQ(reading.value, first_event) << reading.metric->name;
  }
  EXPECT_EQ(clocks, 3u);  // event, any token, answer token
}

// Each end that differs from the recorded one breaks the rule it belongs to, and is no truncation.
struct End {
  std::string name;
  std::string bytes;
  Names broken;
  std::string outcome;
};
void PrintTo(const End& end, std::ostream* out) { *out << end.name; }

class StreamEnd : public testing::TestWithParam<End> {};

TEST_P(StreamEnd, IsJudgedByItsOwnRule) {
  const auto& [name, bytes, broken, outcome] = GetParam();
  const Observation seen = judge_stream_answer(stream_answer(content("x") + bytes));
  EXPECT_EQ(broken_rules(seen), broken);
  EXPECT_EQ(to_string(seen.outcome), outcome) << seen.detail;
}

INSTANTIATE_TEST_SUITE_P(
    All, StreamEnd,
    testing::Values(
        End{"Recorded", finish() + kUsage + kDone, {}, "ok"},
        End{"WithoutUsage", finish() + kDone, {}, "ok"},
        End{"TwoReasons", finish("tool_calls") + finish("stop") + kDone, {}, "ok"},
        End{"DoneOfATypeOfItsOwn", finish() + "event: done\n" + kDone, {}, "ok"},
        End{"NoDone", finish(), {"done_once_and_last"}, "ok"},
        End{"NoDoneButUsage", finish() + kUsage, {"done_once_and_last"}, "ok"},
        End{"DoneEventWithoutDone",
            finish() + "event: done\ndata: {}\n\n",
            {"done_once_and_last"},
            "ok"},
        End{"DoneWithoutReason", kDone, {"finish_reason"}, "ok"},
        End{"UnknownReason", finish("tired") + kDone, {"finish_reason"}, "ok"},
        End{"DoneTwice", finish() + kDone + kDone, {"done_once_and_last"}, "bad_response"},
        End{"UsageAfterDone", finish() + kDone + kUsage, {"done_once_and_last"}, "bad_response"},
        End{"DoneInSmallLetters",
            finish() + "data: [done]\n\n",
            {"json", "done_once_and_last"},
            "bad_response"},
        End{"DoneWithoutItsBlankLine",
            finish() + "data: [DONE]\n",
            {"framing", "done_once_and_last"},
            "bad_response"}),
    [](const testing::TestParamInfo<End>& end) { return end.param.name; });

}  // namespace
}  // namespace together
