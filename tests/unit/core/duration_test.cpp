#include "exporter/core/duration.h"

#include <gtest/gtest.h>

namespace together {
namespace {

using namespace std::chrono_literals;

TEST(ParseDuration, ReadsOneUnit) { EXPECT_EQ(parse_duration("30s").value(), 30s); }
TEST(ParseDuration, AddsUnitsInFallingOrder) {
  EXPECT_EQ(parse_duration("1h30m").value(), 90min);
  EXPECT_EQ(parse_duration("1d2h3m4s5ms").value(), 26h + 3min + 4s + 5ms);
}
TEST(ParseDuration, ReadsZero) { EXPECT_EQ(parse_duration("0").value(), 0s); }
TEST(ParseDuration, TellsMinutesFromMilliseconds) {
  EXPECT_EQ(parse_duration("5m").value(), 5min);
  EXPECT_EQ(parse_duration("5ms").value(), 5ms);
}
TEST(ParseDuration, RefusesWhatPrometheusRefuses) {
  for (const char* text :
       {"", "5", "s", "5 s", "-5s", "1.5h", "1m1h", "1s1s", "5S", "1h30", "1e3s"}) {
    EXPECT_FALSE(parse_duration(text).has_value()) << text;
  }
}
TEST(ParseDuration, RefusesOverflow) {
  EXPECT_FALSE(parse_duration("999999999y").has_value());
  EXPECT_FALSE(parse_duration("99999999999999999999s").has_value());
}
TEST(ParseDuration, SaysWhatItGot) {
  EXPECT_EQ(parse_duration("soon").error().message,
            "\"soon\" is no duration; write it as 30s, 5m, 1h30m or 1d");
}
TEST(FormatDuration, WritesTheShortestForm) {
  EXPECT_EQ(format_duration(90min), "1h30m");
  EXPECT_EQ(format_duration(0s), "0s");
  EXPECT_EQ(format_duration(24h), "1d");
  EXPECT_EQ(format_duration(1500ms), "1s500ms");
}
TEST(FormatTime, IsUtc) { EXPECT_EQ(format_time(from_unix_seconds(0)), "1970-01-01T00:00:00Z"); }

}  // namespace
}  // namespace together
