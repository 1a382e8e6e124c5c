#include <gtest/gtest.h>

#include <stdexcept>

#include "exporter/metrics/book.h"
#include "exporter/metrics/render.h"

namespace together {
namespace {

constexpr MetricDef kUp{"up", MetricType::kGauge, "Up."};
constexpr MetricDef kState{"state", MetricType::kGauge, "State.", {"model"}};
constexpr MetricDef kSpend{"spend_total", MetricType::kCounter, "Spend.", {"model"}};
constexpr MetricDef kTook{"took_seconds", MetricType::kHistogram, "Time."};

TEST(SampleSink, SortsFamiliesAndKeepsTheOrderOfSamples) {
  SampleSink sink;
  sink.add(kUp, {}, 1);
  sink.add(kState, {"b"}, 0);
  sink.add(kState, {"a"}, 1);
  sink.add(kSpend, {"a"}, 0.25);
  EXPECT_EQ(render_text(sink.take()),
            "# HELP spend_total Spend.\n"
            "# TYPE spend_total counter\n"
            "spend_total{model=\"a\"} 0.25\n"
            "# HELP state State.\n"
            "# TYPE state gauge\n"
            "state{model=\"b\"} 0\n"
            "state{model=\"a\"} 1\n"
            "# HELP up Up.\n"
            "# TYPE up gauge\n"
            "up 1\n");
}

TEST(SampleSink, LeavesOutASecondSampleWithTheSameCleanedLabels) {
  SampleSink sink;
  sink.add(kState, {"a\xFF"}, 1);
  sink.add(kState, {"a\xFE"}, 2);
  const auto families = sink.take();
  ASSERT_EQ(families[0].metric.size(), 1u);
  EXPECT_EQ(families[0].metric[0].gauge.value, 1);
}

TEST(SampleSink, IsEmptyAfterTake) {
  SampleSink sink;
  sink.add(kUp, {}, 1);
  EXPECT_EQ(sink.take().size(), 1u);
  EXPECT_TRUE(sink.take().empty());
}

TEST(SampleSink, RefusesAHistogram) {
  SampleSink sink;
  EXPECT_THROW(sink.add(kTook, {}, 1), std::invalid_argument);
}

TEST(SampleSink, RefusesTooFewLabels) {
  SampleSink sink;
  EXPECT_THROW(sink.add(kState, {}, 1), std::invalid_argument);
  EXPECT_TRUE(sink.take().empty());
}

}  // namespace
}  // namespace together
