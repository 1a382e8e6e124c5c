// Days: what is one, and what only looks like one.
#include "exporter/core/day.h"

#include <gtest/gtest.h>

namespace together {
namespace {

using namespace std::chrono;

TEST(Day, ReadsAnIsoDate) {
  EXPECT_EQ(parse_day("2026-08-21"), Day(2026y / August / 21));
  EXPECT_EQ(parse_day("2024-02-29"), Day(2024y / February / 29));
}

TEST(Day, WhatIsNoDateIsEmpty) {
  for (const char* text : {"", "2026-8-21", "2026-08-21 ", " 2026-08-21", "2026/08/21", "26-08-21",
                           "2026-13-01", "2026-00-01", "2026-02-30", "2025-02-29", "2026-08-00",
                           "+026-08-21", "2026-+8-21", "1999-12-31", "2200-01-01", "TBD"}) {
    EXPECT_FALSE(parse_day(text)) << text;
  }
}

TEST(Day, IsWrittenAsItIsRead) {
  EXPECT_EQ(format_day(Day(2026y / August / 1)), "2026-08-01");
  EXPECT_EQ(format_day(*parse_day("2000-01-01")), "2000-01-01");
}

TEST(Day, OfATimeIsInUtc) {
  EXPECT_EQ(day_of_time(Day(2026y / May / 1) + 23h + 59min), Day(2026y / May / 1));
  EXPECT_EQ(day_of_time(Day(1969y / December / 31) + 1h), Day(1969y / December / 31));
}

}  // namespace
}  // namespace together
