// Prometheus' own parser as the judge of what we render.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <limits>
#include <string>

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

/// Errors: a code other than 0, also where promtool is not installed.
Verdict promtool_check(const std::string& exposition) {
  const std::string path = testing::TempDir() + "promtool_" + std::to_string(getpid()) + ".txt";
  std::FILE* file = std::fopen(path.c_str(), "w");
  std::fwrite(exposition.data(), 1, exposition.size(), file);
  std::fclose(file);
  Verdict verdict;
  std::FILE* pipe = popen(("promtool check metrics 2>&1 <" + path).c_str(), "r");
  std::array<char, 4096> piece{};
  while (const std::size_t n = std::fread(piece.data(), 1, piece.size(), pipe)) {
    verdict.output.append(piece.data(), n);
  }
  verdict.code = WEXITSTATUS(pclose(pipe));
  std::remove(path.c_str());
  return verdict;
}

std::string hostile_exposition() {
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
  return render_text(book.collect());
}

TEST(Promtool, AcceptsHostileLabels) {
  const Verdict verdict = promtool_check(hostile_exposition());
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

}  // namespace
}  // namespace together
