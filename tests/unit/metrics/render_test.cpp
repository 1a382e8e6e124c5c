#include "exporter/metrics/render.h"

#include <gtest/gtest.h>

#include <limits>

#include "exporter/metrics/book.h"
#include "tests/unit/metrics/gunzip.h"

namespace together {
namespace {

constexpr MetricDef kRuns{"runs_total", MetricType::kCounter, "Runs.", {"probe"}};
constexpr MetricDef kState{"state", MetricType::kGauge, "State.", {"model"}};
constexpr double kBounds[] = {1};
constexpr MetricDef kTook{"took_seconds", MetricType::kHistogram, "Time.", {}, kBounds};
constexpr MetricDef kOdd{"odd", MetricType::kGauge, "Say \"a\\b\"\nand more."};

std::vector<prometheus::MetricFamily> one(const MetricDef& def,
                                          std::initializer_list<std::string_view> labels,
                                          double value) {
  SampleSink sink;
  sink.add(def, labels, value);
  return sink.take();
}

TEST(RenderText, KeepsTheCountersFullName) {
  EXPECT_EQ(render_text(one(kRuns, {"stream"}, 3)),
            "# HELP runs_total Runs.\n"
            "# TYPE runs_total counter\n"
            "runs_total{probe=\"stream\"} 3\n");
}

TEST(RenderOpenMetrics, NamesACountersFamilyWithoutItsSuffixAndEnds) {
  EXPECT_EQ(render_openmetrics(one(kRuns, {"stream"}, 3)),
            "# HELP runs Runs.\n"
            "# TYPE runs counter\n"
            "runs_total{probe=\"stream\"} 3\n"
            "# EOF\n");
}

TEST(RenderOpenMetrics, WritesAHistogramWithoutLabels) {
  MetricBook book;
  book.observe(kTook, {}, 3);
  EXPECT_EQ(render_openmetrics(book.collect()),
            "# HELP took_seconds Time.\n"
            "# TYPE took_seconds histogram\n"
            "took_seconds_bucket{le=\"1.0\"} 0\n"
            "took_seconds_bucket{le=\"+Inf\"} 1\n"
            "took_seconds_sum 3\n"
            "took_seconds_count 1\n"
            "# EOF\n");
}

TEST(RenderText, EscapesLabelValues) {
  EXPECT_EQ(render_text(one(kState, {"a\"b\\c\nd<script>"}, 1)),
            "# HELP state State.\n"
            "# TYPE state gauge\n"
            "state{model=\"a\\\"b\\\\c\\nd<script>\"} 1\n");
}

TEST(RenderText, EscapesHelpButNotItsQuotes) {
  EXPECT_EQ(render_text(one(kOdd, {}, 1)),
            "# HELP odd Say \"a\\\\b\"\\nand more.\n"
            "# TYPE odd gauge\n"
            "odd 1\n");
}

TEST(RenderOpenMetrics, EscapesHelpAndItsQuotes) {
  EXPECT_EQ(render_openmetrics(one(kOdd, {}, 1)),
            "# HELP odd Say \\\"a\\\\b\\\"\\nand more.\n"
            "# TYPE odd gauge\n"
            "odd 1\n"
            "# EOF\n");
}

TEST(RenderText, WritesInfinitiesAndNaN) {
  SampleSink sink;
  sink.add(kState, {"a"}, std::numeric_limits<double>::infinity());
  sink.add(kState, {"b"}, -std::numeric_limits<double>::infinity());
  sink.add(kState, {"c"}, std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(render_text(sink.take()),
            "# HELP state State.\n"
            "# TYPE state gauge\n"
            "state{model=\"a\"} +Inf\n"
            "state{model=\"b\"} -Inf\n"
            "state{model=\"c\"} NaN\n");
}

TEST(Render, LeavesOutAFamilyWithoutSeries) {
  prometheus::MetricFamily family;
  family.name = "empty";
  family.type = prometheus::MetricType::Gauge;
  EXPECT_EQ(render_text({family}), "");
  EXPECT_EQ(render_openmetrics({family}), "# EOF\n");
}

TEST(Gzip, GivesBackWhatWentIn) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "line " + std::to_string(i) + '\n';
  const std::string small = gzip(text);
  EXPECT_LT(small.size(), text.size() / 3);
  EXPECT_EQ(gunzip(small), text);
}

TEST(Gzip, PacksNothing) {
  EXPECT_EQ(gzip("").size(), 20u);
  EXPECT_EQ(gunzip(gzip("")), "");
}

}  // namespace
}  // namespace together
