// Mutated streams through decoder, reading and probe: how the bytes are cut changes nothing, and
// every verdict agrees with itself.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "probes/stream/reading.h"
#include "probes/stream/rules.h"
#include "probes/stream/sse.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/probes/streams.h"

namespace together {
namespace {

const std::vector<std::string_view> kWords{"\n",
                                           "\n\n",
                                           "\r",
                                           "\r\n\r\n",
                                           "data: ",
                                           "data:",
                                           "data",
                                           "event: error\n",
                                           "event: ping\n",
                                           "id: 1\n",
                                           "retry: 3\n",
                                           ": hi\n",
                                           "\xEF\xBB\xBF",
                                           "[DONE]",
                                           "data: [DONE]\n\n",
                                           "null",
                                           "{}",
                                           "[]",
                                           "\"error\":\"x\",",
                                           "\"finish_reason\":\"stop\"",
                                           "\"usage\":{\"completion_tokens\":1e99},",
                                           "\"text\":\"x\",",
                                           "16176952071919858000",
                                           "\xC3\xA9",
                                           "\xF0\x9F\x98\x80"};

std::vector<std::string> corpus() {
  return {kGoodStream,
          content("One") + finish("length"),
          "\xEF\xBB\xBF: hi\r\n\r\nevent: e\rid: 1\rdata: \xC3\xA9\xE6\xA8\xA1\r\rdata: "
          "\xF0\x9F\x98\x80\r\ndata: b\r\n\r\nretry: 5\ndata: c\n\ndata: [DONE]\n\ndata: cut",
          "event: error\ndata: {\"message\":\"died\"}\n\n" + kDone,
          R"({"error":{"message":"no capacity"}})",
          chunk(R"({"reasoning":"We","new":1})") + finish("tool_calls") + kDone,
          chunk(R"({"tool_calls":[{"index":0,"function":{"name":"f","arguments":"{"}}]})") +
              finish("error")};
}

struct Decoded {
  std::vector<SseEvent> events;
  std::size_t oversized = 0;
  bool partial = false;
  friend bool operator==(const Decoded&, const Decoded&) = default;
};

Decoded decode(const std::vector<std::string_view>& pieces, std::size_t max_event_bytes) {
  SseDecoder decoder(max_event_bytes);
  Decoded decoded;
  for (const std::string_view piece : pieces) {
    for (SseEvent& event : decoder.feed(piece)) decoded.events.push_back(std::move(event));
  }
  decoded.oversized = decoder.oversized_events();
  decoded.partial = decoder.has_partial_event();
  return decoded;
}

void expect_cuts_change_nothing(std::string_view body, Mutator& mutator) {
  const std::size_t limit = mutator.one_in(4) ? 1 + mutator.below(40) : 256 * 1024;
  const Decoded whole = decode({body}, limit);
  std::array<std::size_t, 2> cuts{mutator.below(body.size() + 1), mutator.below(body.size() + 1)};
  std::sort(cuts.begin(), cuts.end());
  const Decoded cut = decode(
      {body.substr(0, cuts[0]), body.substr(cuts[0], cuts[1] - cuts[0]), body.substr(cuts[1])},
      limit);
  EXPECT_TRUE(cut == whole) << "cut at " << cuts[0] << " and " << cuts[1];
  std::size_t end = 0;
  for (const SseEvent& event : whole.events) {
    EXPECT_TRUE(event.end > end && event.end <= body.size() && event.data.size() <= limit);
    end = event.end;
  }
}

void expect_reading_agrees(const std::string& body) {
  const StreamReading reading = read_stream(body, 16);
  EXPECT_TRUE(reading.tokens.size() + reading.done_events <= reading.events);
  EXPECT_EQ(reading.first_event_end == 0, reading.events == 0);
  EXPECT_TRUE(reading.unknown_events <= reading.events);
  EXPECT_EQ(reading.unknown_types.empty(), reading.unknown_events == 0);
  std::size_t end = 0;
  for (const StreamReading::Token& token : reading.tokens) {
    EXPECT_TRUE(token.end > end && token.end <= body.size());
    end = token.end;
  }
}

void expect_verdict_agrees(const Observation& seen) {
  EXPECT_FALSE(seen.detail.empty());
  EXPECT_TRUE(seen.rules.size() == 11 || seen.rules.size() == 2);
  if (seen.outcome == Outcome::kOk) {
    for (const char* rule :
         {"content_type", "framing", "json", "object", "no_error", "not_truncated"}) {
      EXPECT_FALSE(is_broken(seen.rules, rule)) << rule;
    }
  }
  EXPECT_EQ(seen.outcome == Outcome::kInBandError,
            seen.rules.size() == 11 && is_broken(seen.rules, "no_error"));
  EXPECT_TRUE(seen.remarks.size() <= 8);
  for (const Remark& remark : seen.remarks) EXPECT_TRUE(remark.text.size() <= 64) << remark.text;
  for (const Reading& reading : seen.readings) {
    EXPECT_TRUE(std::isfinite(reading.value) && reading.value >= 0) << reading.metric->name;
  }
}

TEST(SseFuzz, MutatedStreams) {
  Mutator mutator(kWords);
  const auto samples = corpus();
  const auto probe = make_probe("stream");
  const Target target = model_target("a/b");
  Runs runs;
  while (runs.next()) {
    std::string body = mutator.one_of(samples);
    mutator.mutate(body, mutator.one_of(samples));
    expect_cuts_change_nothing(body, mutator);
    expect_reading_agrees(body);
    // A whole verdict takes as long as the rest together.
    if (mutator.one_in(8)) {
      expect_verdict_agrees(probe->judge(target, stream_answer(body), "stream"));
    }
    if (HasFailure()) FAIL() << "run " << runs.count() << ": " << testing::PrintToString(body);
  }
}

}  // namespace
}  // namespace together
