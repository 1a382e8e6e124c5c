// One .gitignore file. What git itself says of it: git_differential_test.cpp.
#include "exporter/scan/ignore_file.h"

#include <gtest/gtest.h>

namespace together {
namespace {

constexpr bool kFile = false;
constexpr bool kDirectory = true;

std::optional<bool> says(std::string_view text, std::string_view path, bool is_directory = kFile) {
  return IgnoreFile(text, "").ignores(path, is_directory);
}

TEST(IgnoreFile, ANameFitsAtAnyDepth) {
  EXPECT_EQ(says("build\n", "build"), true);
  EXPECT_EQ(says("build\n", "a/b/build"), true);
  EXPECT_EQ(says("build\n", "rebuild"), std::nullopt);
}

TEST(IgnoreFile, ASlashTiesAPatternToTheFolderOfTheFile) {
  EXPECT_EQ(says("/build\n", "build"), true);
  EXPECT_EQ(says("/build\n", "a/build"), std::nullopt);
  EXPECT_EQ(says("a/build\n", "a/build"), true);
  EXPECT_EQ(says("a/build\n", "b/a/build"), std::nullopt);
  EXPECT_EQ(IgnoreFile("/build\n", "x/").ignores("x/build", kFile), true);
}

TEST(IgnoreFile, ATrailingSlashFitsDirectoriesOnly) {
  EXPECT_EQ(says("build/\n", "build", kDirectory), true);
  EXPECT_EQ(says("build/\n", "a/build", kDirectory), true);
  EXPECT_EQ(says("build/\n", "build", kFile), std::nullopt);
}

TEST(IgnoreFile, TheLastLineThatFitsDecides) {
  EXPECT_EQ(says("*.txt\n!keep.txt\n", "keep.txt"), false);
  EXPECT_EQ(says("!keep.txt\n*.txt\n", "keep.txt"), true);
}

TEST(IgnoreFile, CommentsAndEmptyLinesSayNothing) {
  EXPECT_EQ(says("# a\n\n   \n", "a"), std::nullopt);
  EXPECT_EQ(says("\\#a\n", "#a"), true);
  EXPECT_EQ(says("\\!a\n", "!a"), true);
}

TEST(IgnoreFile, TrailingBlanksCountOnlyBehindABackslash) {
  EXPECT_EQ(says("a  \n", "a"), true);
  EXPECT_EQ(says("a\\ \n", "a "), true);
  EXPECT_EQ(says("a\t\n", "a"), std::nullopt);
}

TEST(IgnoreFile, WindowsFilesRead) {
  EXPECT_EQ(says("\xEF\xBB\xBF"
                 "a\r\nb\r\n",
                 "a"),
            true);
}

TEST(IgnoreFile, TheLastLineNeedsNoEnd) { EXPECT_EQ(says("a\nb", "b"), true); }

TEST(IgnoreFile, AnEndlessLineFitsNothing) {
  EXPECT_EQ(says(std::string(5000, '*') + "\na\n", "b"), std::nullopt);
}

}  // namespace
}  // namespace together
