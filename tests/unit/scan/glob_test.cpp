// Wildcards as .gitignore has them.
#include "exporter/scan/glob.h"

#include <gtest/gtest.h>

#include <string>

namespace together {
namespace {

bool name_fits(std::string_view pattern, std::string_view text) {
  return Glob(pattern, Glob::Text::kName).matches(text);
}
bool path_fits(std::string_view pattern, std::string_view text) {
  return Glob(pattern, Glob::Text::kPath).matches(text);
}

TEST(Glob, AStarFitsAnyNumberOfBytes) {
  EXPECT_TRUE(name_fits("*.py[co]", "a.pyc"));
  EXPECT_TRUE(name_fits("a*", "a"));
  EXPECT_FALSE(name_fits("a*b", "abc"));
}

TEST(Glob, AQuestionMarkFitsOneByte) {
  EXPECT_TRUE(name_fits("a?c", "abc"));
  EXPECT_FALSE(name_fits("a?c", "ac"));
}

TEST(Glob, InPathsOnlyTwoStarsFitASlash) {
  EXPECT_FALSE(path_fits("a*c", "a/c"));
  EXPECT_FALSE(path_fits("a?c", "a/c"));
  EXPECT_FALSE(path_fits("a[/]c", "a/c"));
  EXPECT_FALSE(path_fits("a[!x]c", "a/c"));
  EXPECT_FALSE(path_fits("ab**c", "ab/c"));
  EXPECT_TRUE(path_fits("a/**/c", "a/c"));
  EXPECT_TRUE(path_fits("a/**/c", "a/x/y/c"));
  EXPECT_TRUE(path_fits("**/c", "c"));
  EXPECT_TRUE(path_fits("a/**", "a/x/y"));
  EXPECT_FALSE(path_fits("a/**", "a"));
  EXPECT_FALSE(path_fits("**/c", "xc"));
}

TEST(Glob, ASetHasRangesClassesAndNegation) {
  EXPECT_TRUE(name_fits("[a-cx]", "b"));
  EXPECT_TRUE(name_fits("[a-cx]", "x"));
  EXPECT_FALSE(name_fits("[a-cx]", "d"));
  EXPECT_TRUE(name_fits("[!a-c]", "d"));
  EXPECT_TRUE(name_fits("[^a-c]", "d"));
  EXPECT_TRUE(name_fits("[[:digit:]_]", "7"));
  EXPECT_TRUE(name_fits("[[:digit:]_]", "_"));
  EXPECT_FALSE(name_fits("[[:nonsense:]]", "n"));
}

TEST(Glob, ASetMayHoldItsOwnSigns) {
  EXPECT_TRUE(name_fits("[]a]", "]"));
  EXPECT_TRUE(name_fits("[a-]", "-"));
  EXPECT_TRUE(name_fits("[\\]]", "]"));
  EXPECT_TRUE(name_fits("[[:]", ":"));
}

TEST(Glob, ABackslashTakesAByteAsItIs) {
  EXPECT_TRUE(name_fits("\\*", "*"));
  EXPECT_FALSE(name_fits("\\*", "a"));
}

TEST(Glob, ABrokenPatternFitsNothing) {
  EXPECT_FALSE(name_fits("a[", "a["));
  EXPECT_FALSE(name_fits("a[b", "ab"));
  EXPECT_FALSE(name_fits("a\\", "a\\"));
}

TEST(Glob, ManyStarsCostNoMoreThanPatternTimesText) {
  std::string pattern;
  for (int i = 0; i < 100; ++i) pattern += "*a";
  EXPECT_FALSE(name_fits(pattern + "b", std::string(4000, 'a')));
}

}  // namespace
}  // namespace together
