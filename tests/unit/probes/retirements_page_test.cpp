// Together's page on deprecations, in its four layouts.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "probes/retirements/markdown.h"
#include "probes/retirements/together_page.h"

namespace together {
namespace {

std::string line_of(const Retirement& row) {
  return row.model + " " + std::string(to_string(row.surface)) + " " +
         (row.date ? format_day(*row.date) : "no day") +
         (row.replacement.empty() ? "" : " " + row.replacement);
}

using Lines = std::vector<std::string>;

Lines rows_of(std::string_view page) {
  const auto read = read_together_page(page);
  if (!read) return {"error: " + read.error().message};
  Lines lines;
  for (const auto& row : read->rows) lines.push_back(line_of(row));
  return lines;
}

TEST(TogetherPage, OfNovember2025HasBareIdsInThePlan) {
  EXPECT_EQ(rows_of("# Deprecations\n"
                    "## Deprecation Policy\n\n"
                    "| Model Type | Deprecation Notice | Notes |\n| :--- | :--- | :--- |\n"
                    "| Preview Model | \\<24 hrs of notice, after 30 days | Clearly marked |\n\n"
                    "## Planned Deprecations\n\n"
                    "| Planned Deprecation Date | Model | Recommended Model Replacement |\n"
                    "| :--- | :--- | :--- |\n"
                    "| 2025-06-19 | qwen-qwen2-5-14b-instruct-lora | meta-llama/Llama-lora |\n\n"
                    "## Deprecation History\n\n"
                    "| Removal Date | Model | Supported by on-demand dedicated endpoints |\n"
                    "| :--- | :--- | :--- |\n"
                    "| 2025-08-28 | `Qwen/Qwen2-72B-Instruct` | [Yes](https://example.com/a|b) |\n"
                    "| 2025-06-13 | `gryphe-mythomax-l2-13b` | No (coming soon!) |\n\n"
                    "\\*\\*Notes on model support: \\*\\*\n"),
            (Lines{"qwen-qwen2-5-14b-instruct-lora inference 2025-06-19 meta-llama/Llama-lora",
                   "Qwen/Qwen2-72B-Instruct inference 2025-08-28",
                   "gryphe-mythomax-l2-13b inference 2025-06-13"}));
}

TEST(TogetherPage, OfDecember2025HasRedirectsByDisplayName) {
  const auto read = read_together_page(
      "## Model Lifecycle Policy\n\n"
      "## Active Model Redirects\n\n"
      "| Original Model | Redirects To | Notes |\n| :--- | :--- | :--- |\n"
      "| `Kimi-K2` | `Kimi-K2-0905` | Same architecture |\n"
      "| `DeepSeek-V3` | `DeepSeek-V3.1` | Same architecture |\n"
      "| `DeepSeek-R1` | `DeepSeek-R1-0528` | Same architecture |\n\n"
      "## Deprecation History\n\n"
      "| Removal Date | Model | Supported by on-demand dedicated endpoints |\n| - | - | - |\n"
      "| 2025-11-13 | `a/b` | No |\n");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->redirects, (std::vector<Redirect>{{"Kimi-K2", "Kimi-K2-0905"},
                                                    {"DeepSeek-V3", "DeepSeek-V3.1"},
                                                    {"DeepSeek-R1", "DeepSeek-R1-0528"}}));
  EXPECT_EQ(read->rows.size(), 1u);
}

TEST(TogetherPage, OfAugust2026KeepsFineTuningApart) {
  EXPECT_EQ(
      rows_of("## Deprecation history\n\n### Inference\n\n"
              "| Removal date | Model | Supported by on-demand dedicated endpoints |\n"
              "| :- | :- | :- |\n"
              "| 2026-08-21 | `deepcogito/cogito-v2-1-671b` | No |\n"
              "| 2025-07-25 | `arcee_ai/arcee-spotlight` | No |\n"
              "| 2026-04-16 | `a/twice` | Yes |\n"
              "| 2026-03-06 | `a/twice` | Yes |\n"
              "| **Notes on model support:** | | |\n\n"
              "### Fine-tuning\n\n"
              "| Removal date | Model | Suggested replacement |\n| :- | :- | :- |\n"
              "| 2026-07-29 | `Qwen/Qwen3-8B` | `Qwen/Qwen3.5-9B` |\n"
              "| 2026-07-29 | `Qwen/Qwen2-72B` | |\n"),
      (Lines{"deepcogito/cogito-v2-1-671b inference 2026-08-21",
             "arcee_ai/arcee-spotlight inference 2025-07-25", "a/twice inference 2026-04-16",
             "a/twice inference 2026-03-06", "Qwen/Qwen3-8B fine_tuning 2026-07-29 Qwen/Qwen3.5-9B",
             "Qwen/Qwen2-72B fine_tuning 2026-07-29"}));
}

TEST(TogetherPage, OfSeptember2026SchedulesWithReplacements) {
  EXPECT_EQ(rows_of("## Scheduled deprecations\n\n"
                    "| Removal date | Model | Recommended replacement | Supported by on-demand "
                    "dedicated endpoints |\n| :- | :- | :- | :- |\n"
                    "| 2026-09-14 | `google/gemma-4-31B-it` | `zai-org/GLM-5.3-Flash` | Yes |\n"),
            (Lines{"google/gemma-4-31B-it inference 2026-09-14 zai-org/GLM-5.3-Flash"}));
}

constexpr std::string_view kHead =
    "## Deprecation history\n| Removal date | Model |\n| :- | :- |\n";

TEST(TogetherPage, ARowWithoutAReadableDayKeepsNone) {
  EXPECT_EQ(rows_of(std::string(kHead) + "| TBD | `a/b` |\n| | `c/d` |\n| 2026-01-01 | `e/f` |\n"),
            (Lines{"a/b inference no day", "c/d inference no day", "e/f inference 2026-01-01"}));
}
TEST(TogetherPage, ARowWithoutAModelIsCountedAndLeftOut) {
  const auto read = read_together_page(std::string(kHead) +
                                       "| 2026-01-01 | |\n| 2026-01-01 | see below |\n"
                                       "| 2026-01-01 | `a/b` |\n");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->rows.size(), 1u);
  EXPECT_EQ(read->unreadable, 2);
}
TEST(TogetherPage, WithoutInferenceRowsIsBroken) {
  EXPECT_EQ(rows_of("# Deprecations\n\nComing soon.\n"),
            (Lines{"error: no inference rows: the page has 0 tables, and in them 0 rows that "
                   "cannot be read"}));
  EXPECT_EQ(rows_of(std::string(kHead) + "| 2026-01-01 | |\n")[0].substr(0, 5), "error");
  EXPECT_EQ(
      rows_of("### Fine-tuning\n| Removal date | Model |\n| - | - |\n| 2026-07-29 | a/b |\n")[0]
          .substr(0, 5),
      "error");
  EXPECT_EQ(rows_of("<html><body>| Removal date | Model |</body></html>")[0].substr(0, 5), "error");
  EXPECT_EQ(rows_of("")[0].substr(0, 5), "error");
}
TEST(TogetherPage, WindowsLineEndsAndAByteOrderMarkChangeNothing) {
  EXPECT_EQ(rows_of("\xEF\xBB\xBF## Deprecation history\r\n| Removal date | Model |\r\n"
                    "| :- | :- |\r\n| 2026-01-01 | `a/b` |\r\n"),
            (Lines{"a/b inference 2026-01-01"}));
}
TEST(TogetherPage, ATableInACodeBlockIsAnExample) {
  EXPECT_EQ(rows_of("```\n" + std::string(kHead) + "| 2026-01-01 | `a/b` |\n```\n" +
                    std::string(kHead) + "| 2026-01-02 | `c/d` |\n"),
            (Lines{"c/d inference 2026-01-02"}));
}

std::vector<MarkdownTable> tables_of(std::string_view page) {
  const auto tables = read_tables(page);
  EXPECT_TRUE(tables) << tables.error().message;
  return tables.value_or(std::vector<MarkdownTable>{});
}

TEST(MarkdownTables, KnowTheHeadingsTheyStandUnder) {
  const auto tables = tables_of("# A\n## B\n### C\n| x |\n| - |\n| 1 |\n## D\n| y |\n| - |\n");
  ASSERT_EQ(tables.size(), 2u);
  EXPECT_EQ(tables[0].headings, (Lines{"A", "B", "C"}));
  EXPECT_EQ(tables[0].rows, (std::vector<Lines>{{"1"}}));
  EXPECT_EQ(tables[1].headings, (Lines{"A", "D"}));
  EXPECT_TRUE(tables[1].rows.empty());
}
TEST(MarkdownTables, CellsArePlainText) {
  const auto tables = tables_of(
      "a | b | c\n---|:-:|--:\n`x\\|y` | **z** | [Yes](https://e.com/a_(b)\n1 | 2\n1|2|3|4\n");
  ASSERT_EQ(tables.size(), 1u);
  EXPECT_EQ(tables[0].header, (Lines{"a", "b", "c"}));
  EXPECT_EQ(tables[0].rows,
            (std::vector<Lines>{{"x|y", "z", "Yes"}, {"1", "2", ""}, {"1", "2", "3"}}));
}
TEST(MarkdownTables, ALineOfDashesIsNoTable) {
  EXPECT_TRUE(tables_of("Title\n-----\n\na | b\n\n| - | - |\n").empty());
}

class RecordedPage : public testing::TestWithParam<std::pair<const char*, Lines>> {};

/// inference rows, fine-tuning rows, redirects, rows without a day, rows with a replacement
TEST_P(RecordedPage, HasItsRows) {
  const auto path = std::string(TE_SOURCE_DIR) + "/../shared/data/together/" + GetParam().first;
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "there is no recording at " << path;
  std::ifstream file(path);
  std::stringstream page;
  page << file.rdbuf();
  const auto read = read_together_page(page.str());
  ASSERT_TRUE(read) << read.error().message;
  const auto count = [&](auto&& is) {
    return std::to_string(std::count_if(read->rows.begin(), read->rows.end(), is));
  };
  EXPECT_EQ(
      (Lines{count([](const auto& r) { return r.surface == Surface::kInference; }),
             count([](const auto& r) { return r.surface == Surface::kFineTuning; }),
             std::to_string(read->redirects.size()), count([](const auto& r) { return !r.date; }),
             count([](const auto& r) { return !r.replacement.empty(); })}),
      GetParam().second);
  EXPECT_EQ(read->unreadable, 0);
}

INSTANTIATE_TEST_SUITE_P(
    All, RecordedPage,
    testing::Values(std::pair("deprecations.md", Lines{"211", "105", "5", "0", "96"}),
                    std::pair("deprecations_2025-11.md", Lines{"138", "0", "0", "0", "1"}),
                    std::pair("deprecations_scheduled_2026-09.md",
                              Lines{"7", "1", "0", "0", "4"})));

}  // namespace
}  // namespace together
