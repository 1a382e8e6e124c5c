#include "exporter/metrics/snapshot.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "exporter/metrics/book.h"
#include "exporter/metrics/render.h"
#include "tests/unit/metrics/gunzip.h"

namespace together {
namespace {

constexpr MetricDef kA{"a_total", MetricType::kCounter, "A.", {"x"}};
constexpr MetricDef kB{"b", MetricType::kGauge, "B."};

TEST(MakePage, HoldsBothForms) {
  const Page page = make_page("text/plain", "hello");
  EXPECT_EQ(page.content_type, "text/plain");
  EXPECT_EQ(page.plain, "hello");
  EXPECT_EQ(gunzip(page.gzipped), "hello");
}

TEST(MakeSnapshot, SortsAndMergesFamiliesOfOneName) {
  MetricBook book;
  book.count(kA, {"book"}, 1);
  book.count(kA, {"both"}, 2);
  SampleSink sink;
  sink.add(kB, {}, 4);
  sink.add(kA, {"both"}, 3);
  sink.add(kA, {"sink"}, 5);
  auto families = sink.take();
  std::swap(families[0], families[1]);
  for (auto& family : book.collect()) families.insert(families.begin(), family);
  const auto snapshot = make_snapshot(families, {}, true);
  EXPECT_EQ(snapshot->metrics_text.plain,
            "# HELP a_total A.\n"
            "# TYPE a_total counter\n"
            "a_total{x=\"book\"} 1\n"
            "a_total{x=\"both\"} 2\n"
            "a_total{x=\"sink\"} 5\n"
            "# HELP b B.\n"
            "# TYPE b gauge\n"
            "b 4\n");
  EXPECT_EQ(snapshot->metrics_openmetrics.plain.substr(0, 11), "# HELP a A.");
  EXPECT_EQ(gunzip(snapshot->metrics_text.gzipped), snapshot->metrics_text.plain);
  EXPECT_TRUE(snapshot->ready);
}

TEST(MakeSnapshot, CarriesThePages) {
  const auto snapshot = make_snapshot({}, {{"/", make_page("text/html", "<p>")}}, false);
  EXPECT_EQ(snapshot->pages.at("/").plain, "<p>");
  EXPECT_FALSE(snapshot->ready);
}

TEST(MakeSnapshot, SharesTheEvents) {
  const auto events = std::make_shared<const std::vector<Event>>(
      std::vector<Event>{{7, {}, "state", "m", "It is gone."}});
  EXPECT_EQ(make_snapshot({}, {}, true, events)->events, events);
}

TEST(MakeSnapshot, HasAnEmptyListWithoutEvents) {
  const auto snapshot = make_snapshot({}, {}, true);
  ASSERT_NE(snapshot->events, nullptr);
  EXPECT_TRUE(snapshot->events->empty());
}

TEST(SnapshotSlot, HoldsAValidEmptyScrapeBeforeTheFirst) {
  const SnapshotSlot slot;
  EXPECT_EQ(slot.current()->metrics_text.content_type, kTextContentType);
  EXPECT_EQ(slot.current()->metrics_openmetrics.plain, "# EOF\n");
  EXPECT_FALSE(slot.current()->ready);
}

TEST(SnapshotSlot, KeepsAnOldSnapshotForWhoHoldsIt) {
  SnapshotSlot slot;
  slot.publish(make_snapshot({}, {}, true));
  const auto old = slot.current();
  slot.publish(make_snapshot({}, {}, false));
  EXPECT_TRUE(old->ready);
  EXPECT_FALSE(slot.current()->ready);
}

TEST(SnapshotSlot, TellsTheAgeOfTheLastBeat) {
  SnapshotSlot slot;
  const MonoTime start{std::chrono::seconds(1000)};
  slot.beat(start);
  EXPECT_EQ(slot.since_beat(start + std::chrono::seconds(31)), std::chrono::seconds(31));
}

TEST(SnapshotSlot, IsReadWhileItIsPublished) {
  SnapshotSlot slot;
  std::atomic<bool> done = false;
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([&] {
      while (!done) {
        EXPECT_EQ(slot.current()->metrics_openmetrics.plain, "# EOF\n");
        slot.since_beat(MonoTime{});
      }
    });
  }
  for (int i = 0; i < 200; ++i) {
    slot.publish(make_snapshot({}, {}, true));
    slot.beat(MonoTime(std::chrono::seconds(i)));
  }
  done = true;
  for (auto& reader : readers) reader.join();
}

}  // namespace
}  // namespace together
