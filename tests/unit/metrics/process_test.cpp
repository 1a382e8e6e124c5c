#include "exporter/metrics/process.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace together {
namespace {

constexpr std::string_view kStat =
    "4242 (together) expo r) S 1 4242 4242 0 -1 4194560 1234 0 5 0 250 125 0 0 20 0 67 0 98765 "
    "123456789 2048 18446744073709551615 1 1 0 0 0 0 0 4096 0 0 0 0 17 1 0 0 0 0 0\n";

TEST(ParseProcessStat, ReadsPastANameWithParenthesesAndSpaces) {
  const auto stat = parse_process_stat(kStat, 100, 4096);
  ASSERT_TRUE(stat);
  EXPECT_DOUBLE_EQ(stat->cpu_seconds, 3.75);
  EXPECT_EQ(stat->threads, 67);
  EXPECT_DOUBLE_EQ(stat->start_seconds, 987.65);
  EXPECT_EQ(stat->virtual_bytes, 123456789);
  EXPECT_EQ(stat->resident_bytes, 8388608);
}

TEST(ParseProcessStat, RefusesWhatIsCutOrNoNumber) {
  EXPECT_FALSE(parse_process_stat("", 100, 4096));
  EXPECT_FALSE(parse_process_stat("4242 (name", 100, 4096));
  EXPECT_FALSE(parse_process_stat(kStat.substr(0, 90), 100, 4096));
  EXPECT_FALSE(parse_process_stat("1 (a) S x", 100, 4096));
}

TEST(ParseBootTime, FindsItsLine) {
  EXPECT_EQ(parse_boot_time("cpu  1 2 3\nintr 12 btime 9\nbtime 1763689200\nprocesses 7\n"),
            1763689200);
  EXPECT_FALSE(parse_boot_time("cpu  1 2 3\n"));
  EXPECT_FALSE(parse_boot_time(""));
}

TEST(ParseMaxFds, ReadsTheSoftLimit) {
  EXPECT_EQ(parse_max_fds("Limit                     Soft Limit           Hard Limit   Units\n"
                          "Max open files            1024                 524288       files\n"),
            1024);
}

TEST(ParseMaxFds, IsEmptyWhereUnlimited) {
  EXPECT_FALSE(
      parse_max_fds("Max open files            unlimited            unlimited    files\n"));
}

TEST(AddProcessMetrics, GivesEveryDeclaredMetricOfThisProcess) {
  SampleSink sink;
  add_process_metrics(sink);
  std::set<std::string> names;
  for (const auto& family : sink.take()) {
    names.insert(family.name);
    const auto& metric = family.metric.at(0);
    EXPECT_GE(metric.gauge.value + metric.counter.value, 0) << family.name;
  }
  std::set<std::string> declared;
  for (const auto& def : process_metrics()) declared.emplace(def.name);
  EXPECT_EQ(names, declared);
  EXPECT_EQ(declared.size(), 7u);
}

}  // namespace
}  // namespace together
