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

TEST(LowerAscii, LeavesAllButAsciiLettersAlone) {
  EXPECT_EQ(lower_ascii("AZ az @[`{ 09"), "az az @[`{ 09");
  EXPECT_EQ(lower_ascii("\u00c9\xFF\u0130"), "\u00c9\xFF\u0130");
  EXPECT_EQ(lower_ascii(""), "");
}

TEST(EqualsIgnoringCase, ComparesAsciiLetters) {
  EXPECT_TRUE(equals_ignoring_case("Content-TYPE", "content-type"));
  EXPECT_TRUE(equals_ignoring_case("", ""));
  EXPECT_FALSE(equals_ignoring_case("ab", "abc"));
  EXPECT_FALSE(equals_ignoring_case("abc", "ab"));
  EXPECT_FALSE(equals_ignoring_case("@", "`"));
  EXPECT_FALSE(equals_ignoring_case("\u00c9", "\u00e9"));
}

TEST(Trim, TakesBlanksOffBothEnds) {
  EXPECT_EQ(trim(" \t\r\na b\tc\r\n "), "a b\tc");
  EXPECT_EQ(trim("a"), "a");
  EXPECT_EQ(trim(" \t\r\n"), "");
  EXPECT_EQ(trim(""), "");
}
TEST(Trim, KeepsOtherControlCharacters) { EXPECT_EQ(trim(" \v\f"), "\v\f"); }

}  // namespace
}  // namespace together
