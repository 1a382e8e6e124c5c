#include "simulator/request.h"

#include <gtest/gtest.h>

namespace together::simulator {
namespace {

using Pairs = std::map<std::string, std::string>;

TEST(ParseQuery, ReadsPairs) { EXPECT_EQ(parse_query("a=1&b=2"), (Pairs{{"a", "1"}, {"b", "2"}})); }
TEST(ParseQuery, KeyWithoutValue) {
  EXPECT_EQ(parse_query("serverless"), (Pairs{{"serverless", ""}}));
}
TEST(ParseQuery, DecodesPercentAndPlus) {
  EXPECT_EQ(parse_query("a%20b=c+d%2Fe"), (Pairs{{"a b", "c d/e"}}));
}
TEST(ParseQuery, LeavesBadEscapesAlone) {
  EXPECT_EQ(parse_query("a=%zz%4"), (Pairs{{"a", "%zz%4"}}));
}
TEST(ParseQuery, EmptyPiecesAreNothing) { EXPECT_EQ(parse_query("&&a=1&"), (Pairs{{"a", "1"}})); }

}  // namespace
}  // namespace together::simulator
