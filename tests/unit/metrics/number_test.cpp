#include "exporter/metrics/number.h"

#include <gtest/gtest.h>

#include <limits>

namespace together {
namespace {

std::string number(double value) {
  std::string out;
  append_number(out, value);
  return out;
}

std::string bound(double value) {
  std::string out = "le=";
  append_bound(out, value);
  return out;
}

TEST(AppendNumber, WritesTheShortestThatReadsBackEqual) {
  EXPECT_EQ(number(0), "0");
  EXPECT_EQ(number(1), "1");
  EXPECT_EQ(number(-2.5), "-2.5");
  EXPECT_EQ(number(0.1), "0.1");
  EXPECT_EQ(number(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(number(8.8e-7), "8.8e-07");
  EXPECT_EQ(number(1763689200), "1763689200");
  EXPECT_EQ(number(1e300), "1e+300");
  EXPECT_EQ(number(5e-324), "5e-324");
  EXPECT_EQ(number(-1.7976931348623157e308), "-1.7976931348623157e+308");
}

TEST(AppendNumber, WritesWhatIsNoNumberAsPrometheusDoes) {
  EXPECT_EQ(number(std::numeric_limits<double>::quiet_NaN()), "NaN");
  EXPECT_EQ(number(-std::numeric_limits<double>::quiet_NaN()), "NaN");
  EXPECT_EQ(number(std::numeric_limits<double>::infinity()), "+Inf");
  EXPECT_EQ(number(-std::numeric_limits<double>::infinity()), "-Inf");
}

TEST(AppendBound, WritesCanonicalNumbers) {
  EXPECT_EQ(bound(1), "le=1.0");
  EXPECT_EQ(bound(-1), "le=-1.0");
  EXPECT_EQ(bound(0.25), "le=0.25");
  EXPECT_EQ(bound(60), "le=60.0");
  EXPECT_EQ(bound(1e6), "le=1e+06");
  EXPECT_EQ(bound(std::numeric_limits<double>::infinity()), "le=+Inf");
}

}  // namespace
}  // namespace together
