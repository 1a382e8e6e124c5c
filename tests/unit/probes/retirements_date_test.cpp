#include "probes/retirements/date.h"

#include <gtest/gtest.h>

#include <string>

namespace together {
namespace {

std::string read(std::string_view text) {
  const auto day = read_date(text);
  return day ? format_day(*day) : "none";
}

TEST(ReadDate, ReadsIso) { EXPECT_EQ(read("2025-04-30"), "2025-04-30"); }
TEST(ReadDate, ReadsSlashesWithTheYearFirst) { EXPECT_EQ(read("2025/04/30"), "2025-04-30"); }
TEST(ReadDate, ReadsMonthFirst) { EXPECT_EQ(read("April 30, 2025"), "2025-04-30"); }
TEST(ReadDate, ReadsMonthFirstWithoutAComma) { EXPECT_EQ(read("April 30 2025"), "2025-04-30"); }
TEST(ReadDate, ReadsDayFirst) { EXPECT_EQ(read("30 April 2025"), "2025-04-30"); }
TEST(ReadDate, ReadsOneDigitDays) { EXPECT_EQ(read("June 7, 2025"), "2025-06-07"); }
TEST(ReadDate, ReadsMonthsWithoutCase) { EXPECT_EQ(read("APRIL 30, 2025"), "2025-04-30"); }

TEST(ReadDate, ReadsShortMonths) {
  EXPECT_EQ(read("Apr 30, 2025"), "2025-04-30");
  EXPECT_EQ(read("Apr. 30, 2025"), "2025-04-30");
  EXPECT_EQ(read("Sep 1, 2025"), "2025-09-01");
  EXPECT_EQ(read("Sept. 1, 2025"), "2025-09-01");
}

TEST(ReadDate, KnowsEveryMonth) {
  EXPECT_EQ(read("January 1, 2026"), "2026-01-01");
  EXPECT_EQ(read("February 1, 2026"), "2026-02-01");
  EXPECT_EQ(read("March 1, 2026"), "2026-03-01");
  EXPECT_EQ(read("May 1, 2026"), "2026-05-01");
  EXPECT_EQ(read("July 1, 2026"), "2026-07-01");
  EXPECT_EQ(read("August 1, 2026"), "2026-08-01");
  EXPECT_EQ(read("October 1, 2026"), "2026-10-01");
  EXPECT_EQ(read("November 1, 2026"), "2026-11-01");
  EXPECT_EQ(read("December 1, 2026"), "2026-12-01");
}

TEST(ReadDate, ReadsChinese) {
  EXPECT_EQ(read("2025 年 4 月 30 日"), "2025-04-30");
  EXPECT_EQ(read("2025年4月30日"), "2025-04-30");
  EXPECT_EQ(read("2025年04月07日"), "2025-04-07");
  EXPECT_EQ(read("2025　年　4　月　30　日"), "2025-04-30");
}

TEST(ReadDate, LeavesBlanksAround) {
  EXPECT_EQ(read("  2025-04-30\t"), "2025-04-30");
  EXPECT_EQ(read("April\xC2\xA0"
                 "30,\xC2\xA0"
                 "2025"),
            "2025-04-30");
}

TEST(ReadDate, RefusesWhatCouldBeTwoDays) {
  EXPECT_EQ(read("04/05/2025"), "none");
  EXPECT_EQ(read("04-05-2025"), "none");
  EXPECT_EQ(read("30.04.2025"), "none");
  EXPECT_EQ(read("April 30, 25"), "none");
}

TEST(ReadDate, RefusesDaysThatAreNot) {
  EXPECT_EQ(read("2025-02-30"), "none");
  EXPECT_EQ(read("2025-13-01"), "none");
  EXPECT_EQ(read("February 30, 2025"), "none");
  EXPECT_EQ(read("2025年13月1日"), "none");
  EXPECT_EQ(read("1025-01-01"), "none");
}

TEST(ReadDate, RefusesMoreThanADate) {
  EXPECT_EQ(read("2025-04-30 or later"), "none");
  EXPECT_EQ(read("about April 30, 2025"), "none");
  EXPECT_EQ(read("2025年4月30日前"), "none");
  EXPECT_EQ(read("2025-04-301"), "none");
  EXPECT_EQ(read("2025-04-30T00:00:00Z"), "none");
}

TEST(ReadDate, RefusesLessThanADate) {
  EXPECT_EQ(read(""), "none");
  EXPECT_EQ(read("TBD"), "none");
  EXPECT_EQ(read("April 2025"), "none");
  EXPECT_EQ(read("2025年4月"), "none");
  EXPECT_EQ(read("2025-04"), "none");
}

TEST(ReadDate, NeverJoinsDigits) {
  EXPECT_EQ(read("20 25年4月30日"), "none");
  EXPECT_EQ(read("2025年4月3 0日"), "none");
  EXPECT_EQ(read("2,025年4月30日"), "none");
  EXPECT_EQ(read("April 3 0, 2025"), "none");
}

TEST(ReadDate, RefusesSigns) {
  EXPECT_EQ(read("April +3, 2025"), "none");
  EXPECT_EQ(read("April -3, 2025"), "none");
}

}  // namespace
}  // namespace together
