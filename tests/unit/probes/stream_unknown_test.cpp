// What nobody documents: seen, counted and named, and nothing else breaks on it.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/unit/probes/streams.h"

namespace together {
namespace {

using Names = std::vector<std::string>;
using Remarks = std::vector<std::pair<std::string, std::string>>;

Observation judge(const std::string& body) { return judge_stream_answer(stream_answer(body)); }

Remarks remarks_of(const Observation& seen) {
  Remarks remarks;
  for (const Remark& remark : seen.remarks) remarks.emplace_back(remark.kind, remark.text);
  return remarks;
}

std::vector<double> unknown_events(const Observation& seen) {
  std::vector<double> values;
  for (const Reading& reading : seen.readings) {
    if (reading.metric->name != "together_stream_unknown_events_total") continue;
    EXPECT_EQ(reading.labels, Names{"a/b"});
    values.push_back(reading.value);
  }
  return values;
}

TEST(StreamUnknown, IsNothingInAGoodStream) {
  const Observation seen = judge(kGoodStream);
  EXPECT_EQ(remarks_of(seen), Remarks{});
  EXPECT_EQ(unknown_events(seen), std::vector<double>{0});
}

TEST(StreamUnknown, EventTypeBreaksNoRule) {
  for (const char* data : {R"({"progress":0.5})", "half way", "[]", ""}) {
    const Observation seen =
        judge("event: progress\ndata: " + std::string(data) + "\n\n" + kGoodStream);
    EXPECT_EQ(to_string(seen.outcome), "ok") << data;
    EXPECT_EQ(broken_rules(seen), Names{}) << data;
    EXPECT_EQ(remarks_of(seen), (Remarks{{"event_type", "progress"}})) << data;
    EXPECT_EQ(unknown_events(seen), std::vector<double>{1}) << data;
  }
}

TEST(StreamUnknown, EventsAreCountedAndNamedOnce) {
  const std::string ping = "event: ping\ndata: {}\n\n";
  const Observation seen = judge(ping + ping + "event: meta\ndata: 1\n\n" + kGoodStream);
  EXPECT_EQ(remarks_of(seen), (Remarks{{"event_type", "ping"}, {"event_type", "meta"}}));
  EXPECT_EQ(unknown_events(seen), std::vector<double>{3});
}

TEST(StreamUnknown, EventTypeHidesNoChunk) {
  const Observation seen = judge("event: completion\n" + content("x") + "event: completion\n" +
                                 finish() + "event: done\n" + kDone);
  EXPECT_EQ(to_string(seen.outcome), "ok");
  EXPECT_EQ(broken_rules(seen), Names{});
  EXPECT_EQ(remarks_of(seen), (Remarks{{"event_type", "completion"}, {"event_type", "done"}}));
}

TEST(StreamUnknown, EventTypeHidesNoError) {
  const Observation seen =
      judge("event: failure\n" + event(R"({"error":{"message":"died"}})") + finish() + kDone);
  EXPECT_EQ(to_string(seen.outcome), "in_band_error");
  EXPECT_EQ(seen.detail, "died");
}

TEST(StreamUnknown, MessageIsNoUnknownType) {
  const Observation seen = judge("event: message\n" + content("x") + "event: message\n" + finish() +
                                 "event: message\n" + kDone);
  EXPECT_EQ(broken_rules(seen), Names{});
  EXPECT_EQ(remarks_of(seen), Remarks{});
  EXPECT_EQ(broken_rules(judge("event: message\ndata: half way\n\n" + kGoodStream)), Names{"json"});
}

TEST(StreamUnknown, ErrorEventIsAnErrorInside) {
  const Observation seen = judge(content("x") + "event: error\ndata: {\"message\":\"died\"}\n\n");
  EXPECT_EQ(to_string(seen.outcome), "in_band_error");
  EXPECT_EQ(seen.detail, "died");
  EXPECT_EQ(unknown_events(seen), std::vector<double>{0});
}

TEST(StreamUnknown, EventAloneIsNoEnd) {
  const Observation seen = judge("event: ping\ndata: {}\n\n");
  EXPECT_EQ(to_string(seen.outcome), "truncated");
}

TEST(StreamUnknown, FinishReasonIsNamed) {
  const Observation seen = judge(content("x") + finish("tired") + finish("tired") + kDone);
  EXPECT_EQ(to_string(seen.outcome), "ok");
  EXPECT_EQ(broken_rules(seen), Names{"finish_reason"});
  EXPECT_EQ(remarks_of(seen), (Remarks{{"finish_reason", "tired"}}));
  EXPECT_EQ(remarks_of(judge(finish("error") + kDone)), Remarks{});
}

TEST(StreamUnknown, FieldIsNamedByItsPath) {
  const Observation seen = judge(chunk(R"({"content":"x","mood":"good"})") + finish() + kDone);
  EXPECT_EQ(broken_rules(seen), Names{"known_fields"});
  EXPECT_EQ(remarks_of(seen), (Remarks{{"field", "choices[].delta.mood"}}));
}

TEST(StreamUnknown, StaysSmall) {
  std::string many = "event: " + std::string(500, 't') + "\ndata: {}\n\n";
  for (int i = 0; i < 100; ++i) {
    many += "event: t" + std::to_string(i) + "\n" + chunk("{\"f" + std::to_string(i) + "\":0}");
  }
  const Observation seen = judge(many + kGoodStream);
  EXPECT_EQ(seen.remarks.size(), 8u);
  EXPECT_EQ(seen.remarks[0].text, std::string(64, 't'));
  EXPECT_EQ(unknown_events(seen), std::vector<double>{101});
}

}  // namespace
}  // namespace together
