// Prometheus' own parsers as the judges of what we render.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <limits>
#include <string>
#include <vector>

#include "exporter/metrics/book.h"
#include "exporter/metrics/process.h"
#include "exporter/metrics/render.h"

namespace together {
namespace {

constexpr MetricDef kInfo{
    "demo_info", MetricType::kGauge, "Text from \"outside\"\nand \\.", {"model"}};
constexpr MetricDef kRuns{"demo_runs_total", MetricType::kCounter, "Runs.", {"model"}};
constexpr double kBounds[] = {0.1, 1, 1e6};
constexpr MetricDef kTook{"demo_seconds", MetricType::kHistogram, "Time.", {"model"}, kBounds};

struct Verdict {
  int code = -1;
  std::string output;
};

/// Errors: a code other than 0, also where the command is not installed.
Verdict judge(const std::string& command, const std::string& exposition) {
  const std::string path = testing::TempDir() + "judged_" + std::to_string(getpid()) + ".txt";
  std::FILE* file = std::fopen(path.c_str(), "w");
  std::fwrite(exposition.data(), 1, exposition.size(), file);
  std::fclose(file);
  Verdict verdict;
  std::FILE* pipe = popen((command + " 2>&1 <" + path).c_str(), "r");
  std::array<char, 4096> piece{};
  while (const std::size_t n = std::fread(piece.data(), 1, piece.size(), pipe)) {
    verdict.output.append(piece.data(), n);
  }
  verdict.code = WEXITSTATUS(pclose(pipe));
  std::remove(path.c_str());
  return verdict;
}

Verdict promtool_check(const std::string& exposition) {
  return judge("promtool check metrics", exposition);
}

/// promtool reads text 0.0.4 only. Needs Debian's python3-prometheus-client.
Verdict openmetrics_parse(const std::string& exposition) {
  return judge("/usr/bin/python3 '" TE_SOURCE_DIR "/tests/unit/metrics/openmetrics_parse.py'",
               exposition);
}

std::vector<prometheus::MetricFamily> hostile_families() {
  MetricBook book;
  const std::array<std::string, 8> hostile{"plain",
                                           "quote\" backslash\\ newline\n tab\t",
                                           "bad \xFF\xC0\x80 utf-8 \xED\xA0\x80",
                                           "<script>alert(1)</script>",
                                           "",
                                           std::string("nul\0nul", 7),
                                           "} 1\nforged_metric 2",
                                           std::string(1 << 20, 'm')};
  for (const auto& model : hostile) {
    book.count(kRuns, {model}, 1.5);
    book.observe(kTook, {model}, 0.5);
    book.fold("p", Target{model, "", Modality::kChat},
              {{&kInfo, {model}, std::numeric_limits<double>::infinity()}});
  }
  return book.collect();
}

TEST(Promtool, AcceptsHostileLabels) {
  const Verdict verdict = promtool_check(render_text(hostile_families()));
  EXPECT_EQ(verdict.code, 0) << verdict.output;
  EXPECT_EQ(verdict.output, "");
}

TEST(Promtool, AcceptsTheProcessMetrics) {
  SampleSink sink;
  add_process_metrics(sink);
  const Verdict verdict = promtool_check(render_text(sink.take()));
  EXPECT_EQ(verdict.code, 0) << verdict.output;
}

TEST(Promtool, WouldRefuseAnUnescapedQuote) {
  const Verdict verdict =
      promtool_check("# HELP demo Demo.\n# TYPE demo gauge\ndemo{model=\"a\"b\"} 1\n");
  EXPECT_NE(verdict.code, 0);
}

TEST(OpenMetricsParser, ReadsHostileLabelsBack) {
  const Verdict verdict = openmetrics_parse(render_openmetrics(hostile_families()));
  EXPECT_EQ(verdict.code, 0);
  EXPECT_EQ(verdict.output,
            R"(gauge demo_info "Text from \"outside\"\nand \\."
demo_info {"model": ""} inf
demo_info {"model": "<script>alert(1)</script>"} inf
demo_info {"model": "bad \ufffd\ufffd\ufffd utf-8 \ufffd\ufffd\ufffd"} inf
demo_info {"model": ")" +
                std::string(256, 'm') +
                R"("} inf
demo_info {"model": "nul\u0000nul"} inf
demo_info {"model": "plain"} inf
demo_info {"model": "quote\" backslash\\ newline\n tab\t"} inf
demo_info {"model": "} 1\nforged_metric 2"} inf
counter demo_runs "Runs."
histogram demo_seconds "Time."
)");
}

TEST(OpenMetricsParser, AcceptsTheProcessMetrics) {
  SampleSink sink;
  add_process_metrics(sink);
  const Verdict verdict = openmetrics_parse(render_openmetrics(sink.take()));
  EXPECT_EQ(verdict.code, 0) << verdict.output;
}

TEST(OpenMetricsParser, WouldRefuseAMissingEnd) {
  const Verdict verdict = openmetrics_parse("# TYPE demo gauge\ndemo 1\n");
  EXPECT_EQ(verdict.code, 1);
  EXPECT_NE(verdict.output.find("ValueError: Missing # EOF at end"), std::string::npos)
      << verdict.output;
}

}  // namespace
}  // namespace together
