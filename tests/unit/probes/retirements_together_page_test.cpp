#include "probes/retirements/together_page.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/probes/retirements_pages.h"

namespace together {
namespace {

using Rows = std::vector<Retirement>;
using Redirects = std::vector<Redirect>;

constexpr Surface kInference = Surface::kInference;
constexpr Surface kFineTuning = Surface::kFineTuning;

RetirementRows read(const std::string& page) {
  auto rows = read_together_page(page);
  EXPECT_TRUE(rows) << rows.error().message;
  return rows ? *rows : RetirementRows();
}

std::string error_of(const std::string& page) {
  const auto rows = read_together_page(page);
  return rows ? "no error" : rows.error().message;
}

Retirement row(const std::string& date, const std::string& model, const std::string& to = "",
               Surface surface = kInference) {
  return {model, surface, parse_day(date), to};
}

/// A history of inference with these lines.
std::string history(const std::string& lines) {
  return "## Deprecation history\n\n### Inference\n\n| Removal date | Model | Supported |\n"
         "| :- | :- | :- |\n" +
         lines;
}

TEST(TogetherPage, ReadsTheLayoutOfNovember2025) {
  const auto page = read(kPageOfNovember2025);
  EXPECT_EQ(page.rows,
            (Rows{row("2025-06-19", "acme-tiny-14b-lora", "acme/Tiny-8B-lora"),
                  row("2025-08-28", "acme/Vision-72B"), row("2025-08-28", "acme/r1-1776"),
                  row("2024-08-22", "Acme/Old_Guard-7b")}));
  EXPECT_TRUE(page.redirects.empty());
  EXPECT_EQ(page.unreadable, 0);
}

TEST(TogetherPage, ReadsTheLayoutOfDecember2025) {
  const auto page = read(kPageOfDecember2025);
  EXPECT_EQ(page.rows, (Rows{row("2025-06-19", "acme-tiny-14b-lora", "acme/Tiny-8B-lora"),
                             row("2025-12-23", "acme/New-1"), row("2025-12-23", "acme/New-2"),
                             row("2025-08-28", "acme/Vision-72B")}));
  EXPECT_EQ(page.redirects, (Redirects{{"Kimi-K2", "Kimi-K2-0905"},
                                       {"DeepSeek-V3", "DeepSeek-V3.1"},
                                       {"acme/A 1", "acme/A-2"}}));
}

TEST(TogetherPage, ReadsTheLayoutOfAugust2026) {
  const auto page = read(kPageOfAugust2026);
  EXPECT_EQ(page.rows,
            (Rows{row("2026-08-21", "acme/Ahead-671b"), row("2026-04-16", "acme/Thinking-2507"),
                  row("2025-07-25", "arcee_ai/spotlight"), row("2026-03-06", "acme/Thinking-2507"),
                  row("2026-07-29", "acme/Thinking-2507", "acme/Small-9B", kFineTuning),
                  row("2026-07-29", "acme/Base-7B", "", kFineTuning)}));
  EXPECT_EQ(page.redirects, (Redirects{{"DeepSeek-R1", "DeepSeek-R1-2"}}));
  EXPECT_EQ(page.unreadable, 0);
}

TEST(TogetherPage, ReadsTheLayoutOfSeptember2026) {
  const auto page = read(kPageOfSeptember2026);
  EXPECT_EQ(page.rows, (Rows{row("2026-09-14", "acme/Small-20b", "acme/Small-9B"),
                             row("", "acme/Soon-1"), row("2026-08-19", "acme/Gone-1"),
                             row("2026-07-29", "acme/Base-7B", "acme/Small-9B", kFineTuning)}));
}

TEST(TogetherPage, KeepsModelsWhoseDayIsOpen) {
  const auto rows =
      read(history("| 2026-01-01 | `a/a` | |\n| TBD | `a/b` | |\n| | `a/c` | |\n")).rows;
  EXPECT_EQ(rows, (Rows{row("2026-01-01", "a/a"), row("", "a/b"), row("", "a/c")}));
}

TEST(TogetherPage, ReadsWrittenOutDates) {
  EXPECT_EQ(read(history("| May 29, 2026 | `a/a` | |\n")).rows, (Rows{row("2026-05-29", "a/a")}));
}

TEST(TogetherPage, KeepsDuplicates) {
  EXPECT_EQ(read(history("| 2026-01-01 | `a/a` | |\n| 2026-01-01 | `a/a` | |\n")).rows.size(), 2u);
}

TEST(TogetherPage, TakesTheTrailerForNoRow) {
  const auto page =
      read(history("| 2026-01-01 | `a/a` | |\n| **Notes on model support:** | | |\n"));
  EXPECT_EQ(page.rows.size(), 1u);
  EXPECT_EQ(page.unreadable, 0);
}

TEST(TogetherPage, CountsRowsWithoutAnId) {
  const auto page = read(
      history("| 2026-01-01 | `a/a` | |\n| 2026-01-01 | | |\n| 2026-01-01 | all older models | |\n"
              "| 2026-01-01 | N/A | |\n| 2026-01-01 | --- | |\n| 2026-01-01 | 2026-01-01 | |\n"));
  EXPECT_EQ(page.rows, (Rows{row("2026-01-01", "a/a")}));
  EXPECT_EQ(page.unreadable, 5);
}

TEST(TogetherPage, TakesOnlyIdsForReplacements) {
  const auto rows =
      read(
          "## Scheduled deprecations\n| Removal date | Model | Recommended replacement |\n"
          "| - | - | - |\n| 2026-01-01 | a/a | None |\n| 2026-01-01 | a/b | `c/d` |\n")
          .rows;
  EXPECT_EQ(rows, (Rows{row("2026-01-01", "a/a"), row("2026-01-01", "a/b", "c/d")}));
}

TEST(TogetherPage, ComparesHeadersWithoutCase) {
  const auto rows =
      read("## DEPRECATION HISTORY\n| REMOVAL DATE | MODEL |\n| - | - |\n| 2026-01-01 | a/a |\n")
          .rows;
  EXPECT_EQ(rows, (Rows{row("2026-01-01", "a/a")}));
}

TEST(TogetherPage, FindsColumnsInAnyOrder) {
  const auto rows =
      read(
          "## Planned removals\n| Model ID | Suggested replacement | Announcement date | "
          "**Shutdown date** |\n| - | - | - | - |\n| a/a | a/b | 2026-01-01 | 2026-02-02 |\n")
          .rows;
  EXPECT_EQ(rows, (Rows{row("2026-02-02", "a/a", "a/b")}));
}

TEST(TogetherPage, TakesABareDateWhereAHeadingSaysWhatItIs) {
  const std::string table = "| Date | Model |\n| - | - |\n| 2026-01-01 | a/a |\n";
  EXPECT_EQ(read("# Deprecations\n## Upcoming removals\n" + table).rows,
            (Rows{row("2026-01-01", "a/a")}));
  EXPECT_EQ(error_of("# Deprecations\n## New models\n" + table),
            "no inference rows: the page has 1 tables, and in them 0 rows that cannot be read");
}

TEST(TogetherPage, LeavesOutReleaseDates) {
  const auto rows =
      read(history("| 2026-01-01 | `a/a` | |\n") +
           "## New models\n| Release date | Model |\n| - | - |\n| 2026-02-02 | `a/new` |\n")
          .rows;
  EXPECT_EQ(rows, (Rows{row("2026-01-01", "a/a")}));
}

TEST(TogetherPage, LeavesOutThePolicy) {
  EXPECT_EQ(error_of("## Deprecation policy\n| Model type | Deprecation notice | Notes |\n"
                     "| - | - | - |\n| Preview model | \\<24 hours | |\n"),
            "no inference rows: the page has 1 tables, and in them 0 rows that cannot be read");
}

TEST(TogetherPage, RefusesAPageWithoutTables) {
  EXPECT_EQ(error_of(""),
            "no inference rows: the page has 0 tables, and in them 0 rows that cannot be read");
}

TEST(TogetherPage, RefusesFineTuningAlone) {
  EXPECT_EQ(error_of("## Deprecation history\n### Fine-tuning\n| Removal date | Model |\n"
                     "| - | - |\n| 2026-01-01 | a/a |\n"),
            "no inference rows: the page has 1 tables, and in them 0 rows that cannot be read");
}

TEST(TogetherPage, RefusesAHistoryOfWhichNoRowCanBeRead) {
  const std::string scheduled =
      "## Scheduled deprecations\n| Removal date | Model |\n| - | - |\n| 2026-01-01 | a/a |\n";
  const std::string sentence = "the table under \"Inference\" has no row that can be read";
  EXPECT_EQ(error_of(scheduled + history("| 2026-01-01 | a b |\n| 2026-01-01 | |\n")), sentence);
  EXPECT_EQ(error_of(scheduled + history("| soon | `a/b` |\n| later | `a/c` |\n")), sentence);
  EXPECT_EQ(error_of(scheduled + history("")), sentence);
}

TEST(TogetherPage, RefusesAHistoryWithUnknownColumns) {
  EXPECT_EQ(error_of("## Scheduled deprecations\n| Removal date | Model |\n| - | - |\n"
                     "| 2026-01-01 | a/a |\n## Deprecation history\n| When | What |\n| - | - |\n"
                     "| 2026-01-01 | a/b |\n"),
            "the table under \"Deprecation history\" has no column of models or none of dates");
}

TEST(TogetherPage, BearsAnotherTableBesideTheHistory) {
  EXPECT_EQ(
      read(history("| 2026-01-01 | `a/a` | |\n\n| Mark | Meaning |\n| - | - |\n| Yes | ok |\n"))
          .rows.size(),
      1u);
}

TEST(TogetherPage, TakesAnEmptyScheduleForNone) {
  const auto page = read(
      "## Scheduled deprecations\n| Removal date | Model |\n| - | - |\n"
      "| - | None at this time |\n\n" +
      history("| 2026-01-01 | `a/a` | |\n"));
  EXPECT_EQ(page.rows, (Rows{row("2026-01-01", "a/a")}));
  EXPECT_EQ(page.unreadable, 1);
}

TEST(TogetherPage, LeavesOutCodeBlocks) {
  const auto page = read("```\n" + history("| 2026-01-01 | `a/a` | |\n") + "```\n" +
                         history("| 2026-02-02 | `a/b` | |\n"));
  EXPECT_EQ(page.rows, (Rows{row("2026-02-02", "a/b")}));
}

TEST(TogetherPage, RefusesOverlongIds) {
  const auto page = read(
      history("| 2026-01-01 | `a/a` | |\n| 2026-01-01 | `a/" + std::string(300, 'b') + "` | |\n"));
  EXPECT_EQ(page.rows.size(), 1u);
  EXPECT_EQ(page.unreadable, 1);
}

}  // namespace
}  // namespace together
