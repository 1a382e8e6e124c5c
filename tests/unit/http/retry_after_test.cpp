// The Retry-After header.
#include "exporter/http/retry_after.h"

#include <gtest/gtest.h>

namespace together {
namespace {

using namespace std::chrono_literals;

/// 1994-11-06T08:49:37Z, the moment that RFC 9110 writes in all three formats.
const WallTime kRfcMoment = from_unix_seconds(784111777);

std::optional<Duration> parse(std::string_view value, Duration before = 30s) {
  return parse_retry_after(value, kRfcMoment - before);
}

TEST(RetryAfter, ReadsSeconds) { EXPECT_EQ(parse("120"), Duration(120s)); }
TEST(RetryAfter, ReadsZero) { EXPECT_EQ(parse("0"), Duration(0s)); }
TEST(RetryAfter, ReadsDecimals) { EXPECT_EQ(parse("0.5"), Duration(500ms)); }
TEST(RetryAfter, IgnoresBlanksAround) { EXPECT_EQ(parse(" 6\t"), Duration(6s)); }
TEST(RetryAfter, CapsSeconds) { EXPECT_EQ(parse("86400"), Duration(1h)); }
TEST(RetryAfter, CapsANumberBeyondEveryType) {
  EXPECT_EQ(parse(std::string(400, '9')), Duration(1h));
}
TEST(RetryAfter, CapsAtWhatTheCallerSays) {
  EXPECT_EQ(parse_retry_after("90", kRfcMoment, 60s), Duration(60s));
}

TEST(RetryAfter, ReadsImfFixdate) {
  EXPECT_EQ(parse("Sun, 06 Nov 1994 08:49:37 GMT"), Duration(30s));
}
TEST(RetryAfter, ReadsRfc850Date) {
  EXPECT_EQ(parse("Sunday, 06-Nov-94 08:49:37 GMT"), Duration(30s));
}
TEST(RetryAfter, ReadsAsctimeDate) { EXPECT_EQ(parse("Sun Nov  6 08:49:37 1994"), Duration(30s)); }
TEST(RetryAfter, TakesATwoDigitYearFarAheadAsPast) {
  EXPECT_EQ(parse("Thursday, 06-Nov-69 08:49:37 GMT"), Duration(0s));
}
TEST(RetryAfter, GivesZeroForADateInThePast) {
  EXPECT_EQ(parse("Sun, 06 Nov 1994 08:49:37 GMT", -30s), Duration(0s));
}
TEST(RetryAfter, GivesZeroForADateBeforeTheClock) {
  for (const std::string_view date :
       {"Mon, 01 Jan 1601 00:00:00 GMT", "Fri, 01 Jan 1700 00:00:00 GMT",
        "Sat, 01 Jan 0000 00:00:00 GMT", "Mon Jan  1 00:00:00 1601"}) {
    EXPECT_EQ(parse(date), Duration(0s)) << date;
  }
}
TEST(RetryAfter, CapsADateBeyondTheClock) {
  EXPECT_EQ(parse("Fri, 31 Dec 9999 23:59:59 GMT"), Duration(1h));
}

TEST(RetryAfter, RefusesEverythingElse) {
  for (const std::string_view bad : {"",
                                     " ",
                                     "-5",
                                     "+5",
                                     ".5",
                                     "5s",
                                     "1e3",
                                     "0x10",
                                     "nan",
                                     "inf",
                                     "soon",
                                     "1 2",
                                     "Sun, 06 Nov 1994 08:49:37",
                                     "Sun, 06 Nov 1994 08:49:37 GMT+1",
                                     "Sun, 31 Feb 1994 08:49:37 GMT",
                                     "Sun, 06 Nov 1994 24:00:00 GMT",
                                     "Sun, 06 Nox 1994 08:49:37 GMT",
                                     "Sun, 06 Nov 94 08:49:37 GMT",
                                     "06 Nov 1994 08:49:37 GMT",
                                     "Sun, 00 Nov 1994 08:49:37 GMT",
                                     "Sun Nov -6 08:49:37 1994"}) {
    EXPECT_EQ(parse(bad), std::nullopt) << bad;
  }
}

}  // namespace
}  // namespace together
