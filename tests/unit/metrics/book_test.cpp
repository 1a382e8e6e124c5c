#include "exporter/metrics/book.h"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

#include "exporter/metrics/render.h"

namespace together {
namespace {

constexpr MetricDef kRuns{"runs_total", MetricType::kCounter, "Runs.", {"probe", "outcome"}};
constexpr MetricDef kOk{"rule_ok", MetricType::kGauge, "Rules.", {"model", "rule"}};
constexpr double kBounds[] = {0.5, 1, 10};
constexpr MetricDef kTook{"took_seconds", MetricType::kHistogram, "Time.", {"model"}, kBounds};

Reading ok(std::string model, std::string rule, double value) {
  return {&kOk, {std::move(model), std::move(rule)}, value};
}

Target on(std::string model, std::string part = "") {
  return {std::move(model), std::move(part), Modality::kChat};
}

TEST(MetricBook, CountsEachSeriesApart) {
  MetricBook book;
  book.count(kRuns, {"stream", "ok"});
  book.count(kRuns, {"stream", "ok"}, 2);
  book.count(kRuns, {"stream", "timeout"}, 0);
  EXPECT_EQ(render_text(book.collect()),
            "# HELP runs_total Runs.\n"
            "# TYPE runs_total counter\n"
            "runs_total{probe=\"stream\",outcome=\"ok\"} 3\n"
            "runs_total{probe=\"stream\",outcome=\"timeout\"} 0\n");
}

TEST(MetricBook, PassesOverStepsThatWouldBreakACounter) {
  MetricBook book;
  book.count(kRuns, {"a", "b"}, 5);
  book.count(kRuns, {"a", "b"}, -1);
  book.count(kRuns, {"a", "b"}, std::numeric_limits<double>::quiet_NaN());
  book.count(kRuns, {"a", "b"}, std::numeric_limits<double>::infinity());
  EXPECT_EQ(book.collect()[0].metric[0].counter.value, 5);
}

TEST(MetricBook, CumulatesBuckets) {
  MetricBook book;
  for (const double value : {0.25, 0.5, 0.75, 10.0, 11.0}) book.observe(kTook, {"m"}, value);
  book.observe(kTook, {"m"}, std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(render_text(book.collect()),
            "# HELP took_seconds Time.\n"
            "# TYPE took_seconds histogram\n"
            "took_seconds_bucket{model=\"m\",le=\"0.5\"} 2\n"
            "took_seconds_bucket{model=\"m\",le=\"1.0\"} 3\n"
            "took_seconds_bucket{model=\"m\",le=\"10.0\"} 4\n"
            "took_seconds_bucket{model=\"m\",le=\"+Inf\"} 5\n"
            "took_seconds_sum{model=\"m\"} 22.5\n"
            "took_seconds_count{model=\"m\"} 5\n");
}

TEST(MetricBook, FoldsEachReadingByItsType) {
  MetricBook book;
  const std::vector<Reading> readings{
      {&kRuns, {"stream", "ok"}, 1}, {&kTook, {"m"}, 2}, ok("m", "json", 1)};
  book.fold("stream", on("m"), readings);
  book.fold("stream", on("m"), readings);
  const auto families = book.collect();
  ASSERT_EQ(families.size(), 3u);
  EXPECT_EQ(families[0].metric[0].gauge.value, 1);    // rule_ok
  EXPECT_EQ(families[1].metric[0].counter.value, 2);  // runs_total
  EXPECT_EQ(families[2].metric[0].histogram.sample_sum, 4);
}

TEST(MetricBook, DropsAGaugeThatIsNotSaidAgain) {
  MetricBook book;
  book.fold("stream", on("m"), {ok("m", "json", 1), ok("m", "status", 1)});
  book.fold("stream", on("m"), {ok("m", "status", 0)});
  EXPECT_EQ(render_text(book.collect()),
            "# HELP rule_ok Rules.\n"
            "# TYPE rule_ok gauge\n"
            "rule_ok{model=\"m\",rule=\"status\"} 0\n");
}

TEST(MetricBook, KeepsGaugesOfOtherTargetsPartsAndProbes) {
  MetricBook book;
  book.fold("stream", on("a"), {ok("a", "json", 1)});
  book.fold("stream", on("b"), {ok("b", "json", 1)});
  book.fold("serving", on("a"), {ok("a", "status", 1)});
  book.fold("stream", on("a", "all"), {ok("a", "part", 1)});
  book.fold("stream", on("a"), {});
  EXPECT_EQ(render_text(book.collect()),
            "# HELP rule_ok Rules.\n"
            "# TYPE rule_ok gauge\n"
            "rule_ok{model=\"a\",rule=\"part\"} 1\n"
            "rule_ok{model=\"a\",rule=\"status\"} 1\n"
            "rule_ok{model=\"b\",rule=\"json\"} 1\n");
}

TEST(MetricBook, TakesTheNewestWordOfSeveralAndFallsBackOnTheOther) {
  MetricBook book;
  book.fold("one", {}, {ok("m", "json", 1)});
  book.fold("two", {}, {ok("m", "json", 2)});
  EXPECT_EQ(book.collect()[0].metric[0].gauge.value, 2);
  book.fold("one", {}, {ok("m", "json", 3)});
  EXPECT_EQ(book.collect()[0].metric[0].gauge.value, 3);
  book.fold("one", {}, {});
  EXPECT_EQ(book.collect()[0].metric[0].gauge.value, 2);
  book.fold("two", {}, {});
  EXPECT_TRUE(book.collect().empty());
}

TEST(MetricBook, ForgetsAModelInEveryFamily) {
  MetricBook book;
  book.fold("stream", on("gone"), {ok("gone", "json", 1), {&kTook, {"gone"}, 1}});
  book.fold("stream", on("stays"), {ok("stays", "gone", 1)});
  book.count(kRuns, {"gone", "ok"});
  book.forget_model("gone");
  const auto families = book.collect();
  ASSERT_EQ(families.size(), 2u);
  EXPECT_EQ(families[0].metric.size(), 1u);  // rule_ok of the other model
  EXPECT_EQ(families[1].name, "runs_total");
  book.fold("stream", on("gone"), {ok("gone", "status", 1)});
  EXPECT_EQ(book.collect()[0].metric.size(), 2u);
}

TEST(MetricBook, MakesOneSeriesOfLabelsThatAreEqualOnceCleaned) {
  MetricBook book;
  book.count(kRuns, {"a\xFF", "ok"});
  book.count(kRuns, {"a\xFE", "ok"});
  book.count(kRuns, {std::string(1 << 20, 'x'), "ok"});
  book.count(kRuns, {std::string(300, 'x'), "ok"});
  const auto families = book.collect();
  ASSERT_EQ(families[0].metric.size(), 2u);
  EXPECT_EQ(families[0].metric[0].label[0].value, "a\uFFFD");
  EXPECT_EQ(families[0].metric[0].counter.value, 2);
  EXPECT_EQ(families[0].metric[1].label[0].value, std::string(256, 'x'));
}

TEST(MetricBook, ForgetsAModelByItsCleanedName) {
  MetricBook book;
  book.observe(kTook, {"a\xFF"}, 1);
  book.forget_model("a\xFF");
  EXPECT_TRUE(book.collect().empty());
}

TEST(MetricBook, NamesTheMetricWhoseLabelsAreWrong) {
  MetricBook book;
  try {
    book.count(kRuns, {"one"});
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(), "runs_total: wrong number of labels");
  }
}

TEST(MetricBook, NamesTheMetricWhoseTypeIsWrong) {
  MetricBook book;
  try {
    book.observe(kRuns, {"a", "b"}, 1);
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(), "runs_total: wrong metric type");
  }
}

}  // namespace
}  // namespace together
