#include "probes/retirements/markdown.h"

#include <gtest/gtest.h>

namespace together {
namespace {

using Row = std::vector<std::string>;
using Rows = std::vector<Row>;

std::vector<MarkdownTable> read(std::string_view page) {
  auto tables = read_tables(page);
  EXPECT_TRUE(tables) << tables.error().message;
  return tables ? *tables : std::vector<MarkdownTable>();
}

/// The rows of the only table.
Rows rows(std::string_view page) {
  const auto tables = read(page);
  EXPECT_EQ(tables.size(), 1u);
  return tables.empty() ? Rows() : tables.front().rows;
}

/// The one cell of the row after `| a | b |`.
std::string cell(const std::string& raw) {
  const Rows found = rows("| a | b |\n| - | - |\n| " + raw + " | x |\n");
  return found.size() == 1 ? found[0][0] : "no row";
}

TEST(MarkdownTable, ReadsHeaderAndRows) {
  const auto tables = read("| Date | Model |\n| :--- | ---: |\n| 1 | 2 |\n| 3 | 4 |\n");
  ASSERT_EQ(tables.size(), 1u);
  EXPECT_EQ(tables[0].header, (Row{"Date", "Model"}));
  EXPECT_EQ(tables[0].rows, (Rows{{"1", "2"}, {"3", "4"}}));
}

TEST(MarkdownTable, NeedsNoOuterPipes) {
  EXPECT_EQ(rows("a | b\n- | -\n1 | 2"), (Rows{{"1", "2"}}));
}

TEST(MarkdownTable, TakesTheShortestDelimiter) {
  EXPECT_EQ(rows("|a|b|\n|-|-|\n|1|2|\n"), (Rows{{"1", "2"}}));
}

TEST(MarkdownTable, ReadsLineEndsOfWindows) {
  EXPECT_EQ(rows("| a | b |\r\n| - | - |\r\n| 1 | 2 |\r\n"), (Rows{{"1", "2"}}));
}

TEST(MarkdownTable, LeavesOutAByteOrderMark) {
  EXPECT_EQ(read("\xEF\xBB\xBF| a | b |\n| - | - |\n")[0].header, (Row{"a", "b"}));
}

TEST(MarkdownTable, FillsShortRowsAndCutsLongOnes) {
  EXPECT_EQ(rows("| a | b |\n| - | - |\n| 1 |\n| 1 | 2 | 3 |\n"), (Rows{{"1", ""}, {"1", "2"}}));
}

TEST(MarkdownTable, EndsAtALineWithoutAPipe) {
  EXPECT_EQ(rows("| a | b |\n| - | - |\n| 1 | 2 |\n\n| 3 | 4 |\n"), (Rows{{"1", "2"}}));
}

TEST(MarkdownTable, NeedsADelimiterOfTheHeadersWidth) {
  EXPECT_TRUE(read("| a | b |\n| - |\n| 1 | 2 |\n").empty());
  EXPECT_TRUE(read("| a | b |\n| 1 | 2 |\n").empty());
  EXPECT_TRUE(read("| a | b |\n| :: | - |\n").empty());
}

TEST(MarkdownTable, IsNoneInACodeBlock) {
  EXPECT_TRUE(read("```\n| a | b |\n| - | - |\n| 1 | 2 |\n```\n").empty());
  EXPECT_TRUE(read("~~~md\n| a | b |\n| - | - |\n~~~\n").empty());
  EXPECT_TRUE(read("````\n```\n| a | b |\n| - | - |\n````\n").empty());
  EXPECT_TRUE(read("~~~\n```\n| a | b |\n| - | - |\n~~~\n").empty());
}

TEST(MarkdownTable, IsReadBehindACodeBlock) {
  EXPECT_EQ(rows("```sh\n# no heading\n```\n| a | b |\n| - | - |\n| 1 | 2 |\n"),
            (Rows{{"1", "2"}}));
  EXPECT_EQ(rows("```in line``` text\n| a | b |\n| - | - |\n| 1 | 2 |\n"), (Rows{{"1", "2"}}));
}

TEST(MarkdownTable, IsNoneInAComment) {
  EXPECT_TRUE(read("<!--\n| a | b |\n| - | - |\n-->\n").empty());
  EXPECT_TRUE(read("{/*\n| a | b |\n| - | - |\n*/}\n").empty());
}

TEST(MarkdownTable, LosesCommentedRowsOnly) {
  EXPECT_EQ(rows("| a | b |\n| - | - |\n<!-- | 1 | 2 | -->\n| 3 | 4 |\n"), (Rows{{"3", "4"}}));
}

TEST(MarkdownTable, KnowsTheHeadingsItStandsUnder) {
  const auto tables = read(
      "# Page\n## First\n### Deep\n## **Second**\n| a | b |\n| - | - |\n### Third\n| a | b |\n"
      "| - | - |\n");
  ASSERT_EQ(tables.size(), 2u);
  EXPECT_EQ(tables[0].headings, (Row{"Page", "Second"}));
  EXPECT_EQ(tables[1].headings, (Row{"Page", "Second", "Third"}));
}

TEST(MarkdownTable, TakesAHashtagForText) {
  EXPECT_TRUE(read("#tag\n| a | b |\n| - | - |\n")[0].headings.empty());
}

TEST(MarkdownCell, LosesItsMarkup) {
  EXPECT_EQ(cell("`acme/Model_1-b`"), "acme/Model_1-b");
  EXPECT_EQ(cell("**Notes:**"), "Notes:");
  EXPECT_EQ(cell("[Yes](https://example.com/a#b)"), "Yes");
  EXPECT_EQ(cell("[`a/b`](x) and [c](y)"), "a/b and c");
}

TEST(MarkdownCell, UnescapesPunctuationOnly) {
  EXPECT_EQ(cell("\\<24 hours, 3 weeks\\*"), "<24 hours, 3 weeks*");
  EXPECT_EQ(cell("one\\|two"), "one|two");
  EXPECT_EQ(cell("C:\\new"), "C:\\new");
}

TEST(MarkdownCell, TrimsNoBreakSpaces) {
  EXPECT_EQ(cell("\xC2\xA0 1\xC2\xA0"
                 "2 \xC2\xA0"),
            "1 2");
}
TEST(MarkdownCell, KeepsBracketsThatAreNoLink) {
  EXPECT_EQ(cell("[a] (b) [c](d"), "[a] (b) [c](d");
}
TEST(MarkdownCell, KeepsOtherBytes) { EXPECT_EQ(cell("“\xFF”"), "“\xFF”"); }

TEST(MarkdownTables, HaveALimit) {
  std::string page = "| a | b |\n| - | - |\n";
  for (int i = 0; i < 9'999; ++i) page += "| 1 | 2 |\n";
  EXPECT_EQ(rows(page).size(), 9'999u);
  const auto refused = read_tables(page + "| 1 | 2 |\n");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "the page has tables of more than 10000 rows");
}

TEST(MarkdownTables, EndAtAnyByte) {
  const std::string page = "# H\n| `a` | b\\| |\n| :- | - |\n| [1](2) | \\";
  for (std::size_t n = 0; n <= page.size(); ++n) EXPECT_TRUE(read_tables(page.substr(0, n)));
}

}  // namespace
}  // namespace together
