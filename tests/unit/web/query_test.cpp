#include "exporter/web/query.h"

#include <gtest/gtest.h>

#include "exporter/core/percent.h"

namespace together {
namespace {

QueryParameters parsed(std::string_view query) {
  const auto parameters = parse_query(query);
  EXPECT_TRUE(parameters) << parameters.error().message;
  return parameters.value_or(QueryParameters{});
}

std::string error_of(std::string_view query) {
  const auto parameters = parse_query(query);
  return parameters ? "(none)" : parameters.error().message;
}

TEST(ParseQuery, DecodesNamesAndValues) {
  EXPECT_EQ(parsed("model=a%2Fb%20c&k%69nd=x+y&limit="),
            (QueryParameters{{"model", "a/b c"}, {"kind", "x y"}, {"limit", ""}}));
}

TEST(ParseQuery, TakesTheFirstEqualsSign) {
  EXPECT_EQ(parsed("a=b=c&d"), (QueryParameters{{"a", "b=c"}, {"d", ""}}));
}

TEST(ParseQuery, SkipsEmptyParts) {
  EXPECT_EQ(parsed(""), QueryParameters{});
  EXPECT_EQ(parsed("&&a=1&"), (QueryParameters{{"a", "1"}}));
}

TEST(ParseQuery, DecodesEveryByte) {
  EXPECT_EQ(parsed("a=%00%fF%25"), (QueryParameters{{"a", std::string("\0\xFF%", 3)}}));
}

TEST(ParseQuery, RefusesABrokenPercentEncoding) {
  for (const std::string bad : {"%", "%4", "%zz", "%4g", "%+1", "x%"}) {
    EXPECT_EQ(error_of("a=" + bad), "two hex digits belong behind every % of the query: " + bad);
  }
  EXPECT_EQ(error_of("%=1"), "two hex digits belong behind every % of the query: %");
}

TEST(ParseQuery, RefusesANameThatComesTwice) {
  EXPECT_EQ(error_of("a=1&b=2&%61=3"), "\"a\" is given twice");
}

TEST(PercentEncoded, LeavesUnreservedCharactersOnly) {
  EXPECT_EQ(percent_encoded("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(percent_encoded("a/b &+%\n\xFF"), "a%2Fb%20%26%2B%25%0A%FF");
}

TEST(PercentEncoded, IsUndoneByParseQuery) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_EQ(parsed("a=" + percent_encoded(all)), (QueryParameters{{"a", all}}));
}

}  // namespace
}  // namespace together
