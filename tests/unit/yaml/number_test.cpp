#include "exporter/yaml/number.h"

#include <gtest/gtest.h>

namespace together {
namespace {

TEST(ParseNumber, ReadsDecimals) {
  EXPECT_EQ(parse_number("0").value(), 0);
  EXPECT_EQ(parse_number("64").value(), 64);
  EXPECT_EQ(parse_number("0.25").value(), 0.25);
  EXPECT_EQ(parse_number("200e6").value(), 200e6);
  EXPECT_EQ(parse_number("1.5E-3").value(), 0.0015);
  EXPECT_EQ(parse_number("1e+2").value(), 100);
  EXPECT_EQ(parse_number("1.0000000000000000000000001").value(), 1);
}

TEST(ParseNumber, RefusesEverythingElse) {
  for (const char* text : {"",     " 1",    "1 ",    "1.",    ".5",  "e5", "1e",    "1e+", "1.e5",
                           "-",    "--1",   "+1",    "1,000", "0x1", "1f", "nan",   "NaN", "inf",
                           ".inf", "-.inf", "1e5.5", "00",    "01",  "-0", "1e400", "١"}) {
    EXPECT_FALSE(parse_number(text).has_value()) << text;
  }
}

TEST(ParseNumber, ShowsTheNumberWithoutItsLeadingZeros) {
  EXPECT_EQ(parse_number("00").error().message, "\"00\" starts with a zero; write \"0\"");
  EXPECT_EQ(parse_number("01e3").error().message, "\"01e3\" starts with a zero; write \"1e3\"");
}

}  // namespace
}  // namespace together
