#include "exporter/core/text.h"

#include <gtest/gtest.h>

namespace together {
namespace {

TEST(CleanUtf8, KeepsGoodText) {
  EXPECT_EQ(clean_utf8("a\u00e9\u6a21\U0001F600", 100), "a\u00e9\u6a21\U0001F600");
}
TEST(CleanUtf8, ReplacesEachBadByte) { EXPECT_EQ(clean_utf8("a\xFF\xC0z", 100), "a\uFFFD\uFFFDz"); }
TEST(CleanUtf8, ReplacesOverlongSurrogateAndTooHigh) {
  EXPECT_EQ(clean_utf8("\xC0\x80", 100), "\uFFFD\uFFFD");
  EXPECT_EQ(clean_utf8("\xED\xA0\x80", 100), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(clean_utf8("\xF4\x90\x80\x80", 100), "\uFFFD\uFFFD\uFFFD\uFFFD");
}
TEST(CleanUtf8, ReplacesCutCharacter) { EXPECT_EQ(clean_utf8("a\xE6\xA8", 100), "a\uFFFD\uFFFD"); }
TEST(CleanUtf8, CutsAtACharacter) { EXPECT_EQ(clean_utf8("aa\u6a21", 4), "aa"); }
TEST(CleanUtf8, CutsAMegabyte) {
  EXPECT_EQ(clean_utf8(std::string(1 << 20, 'x'), 256).size(), 256u);
}
TEST(OneLine, TurnsControlCharactersIntoSpaces) {
  EXPECT_EQ(one_line("a\nb\tc\x7F", 100), "a b c ");
}

}  // namespace
}  // namespace together
