#include "probes/retirements/markdown_table.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/unit/probes/retirements_pages.h"

namespace together {
namespace {

using Rows = std::vector<Retirement>;
using Names = std::map<std::string, std::string>;

const Names kChinese{{"model", "模型"}, {"date", "停用日期"}, {"replacement", "推荐的替换模型"}};

RetirementRows read_all(const std::string& page, const Names& columns = {}) {
  auto rows = read_markdown_table(page, columns);
  EXPECT_TRUE(rows) << rows.error().message;
  return rows ? *rows : RetirementRows();
}

Rows read(const std::string& page, const Names& columns = {}) {
  return read_all(page, columns).rows;
}

std::string error_of(const std::string& page, const Names& columns = {}) {
  const auto rows = read_markdown_table(page, columns);
  return rows ? "no error" : rows.error().message;
}

Retirement row(const std::string& date, const std::string& model, const std::string& to = "",
               Surface surface = Surface::kInference) {
  return {model, surface, parse_day(date), to};
}

TEST(MarkdownRetirements, ReadsFamiliesAsFineTuningAndModelsAsInference) {
  EXPECT_EQ(
      read(kFamiliesAndModels),
      (Rows{row("2025-01-07", "Llama 2", "Llama 3.1", Surface::kFineTuning),
            row("2025-04-30", "Mistral", "Llama 3.1", Surface::kFineTuning),
            row("2025-04-30", "Acme 70B Chat", "Acme-3.1-70B"), row("2025-06-07", "Acme Code")}));
}

TEST(MarkdownRetirements, ReadsOtherLanguagesByConfiguredColumns) {
  EXPECT_EQ(
      read(kFamiliesAndModelsInChinese, kChinese),
      (Rows{row("2025-01-07", "Llama 2", "Llama 3.1", Surface::kFineTuning),
            row("2025-04-30", "Acme 70B Chat", "Acme-3.1-70B"), row("2025-06-07", "Acme Code")}));
}

TEST(MarkdownRetirements, NeedsColumnsForOtherLanguages) {
  EXPECT_EQ(error_of(kFamiliesAndModelsInChinese),
            "the page has no table with a column of models and one of dates");
}

TEST(MarkdownRetirements, PrefersTheExactHeader) {
  EXPECT_EQ(
      read("| 模型系列 | 模型 | 停用日期 |\n| - | - | - |\n| F | M | 2025-01-07 |\n", kChinese),
      (Rows{row("2025-01-07", "M")}));
}

TEST(MarkdownRetirements, TakesNoHeaderThatCouldBeTwo) {
  EXPECT_EQ(
      error_of("| 模型甲 | 模型乙 | 停用日期 |\n| - | - | - |\n| F | M | 2025-01-07 |\n", kChinese),
      "the page has no table with a column of models and one of dates");
}

TEST(MarkdownRetirements, ComparesConfiguredHeadersWithoutCase) {
  EXPECT_EQ(read("| MODELL | Ende |\n| - | - |\n| a/b | 2025-01-07 |\n",
                 {{"model", "Modell"}, {"date", "ende"}}),
            (Rows{row("2025-01-07", "a/b")}));
}

TEST(MarkdownRetirements, FindsWhatIsNotConfiguredByEnglishWords) {
  EXPECT_EQ(read("| Endpoint | Retirement date | Replacement |\n| - | - | - |\n"
                 "| a/b | 2025-01-07 | a/c |\n",
                 {{"model", "Endpoint"}}),
            (Rows{row("2025-01-07", "a/b", "a/c")}));
}

TEST(MarkdownRetirements, NeverTakesOneColumnForTwo) {
  EXPECT_EQ(
      error_of("| Removal date | x |\n| - | - |\n| 2025-01-07 | y |\n", {{"model", "Removal"}}),
      "the page has no table with a column of models and one of dates");
}

TEST(MarkdownRetirements, KnowFineTuningByTheHeading) {
  const auto surface = [](const std::string& heading) {
    return read("## " + heading + "\n| Model | Date |\n| - | - |\n| a | 2025-01-07 |\n")[0].surface;
  };
  EXPECT_EQ(surface("Fine-tuning"), Surface::kFineTuning);
  EXPECT_EQ(surface("Models to be fine-tuned"), Surface::kFineTuning);
  EXPECT_EQ(surface("Fine Tuning"), Surface::kFineTuning);
  EXPECT_EQ(surface("微调"), Surface::kFineTuning);
  EXPECT_EQ(surface("Pay-per-token"), Surface::kInference);
}

TEST(MarkdownRetirements, KnowFineTuningByTheHeader) {
  EXPECT_EQ(read("| Fine-tuning model name | Date |\n| - | - |\n| a | 2025-01-07 |\n"),
            (Rows{row("2025-01-07", "a", "", Surface::kFineTuning)}));
}

TEST(MarkdownRetirements, KeepsModelsWithoutAReadableDate) {
  EXPECT_EQ(read("| Model | Date | Replacement |\n| - | - | - |\n| a | 2025-01-07 | |\n"
                 "| b | to be announced | |\n| c | | d |\n"),
            (Rows{row("2025-01-07", "a"), row("", "b"), row("", "c", "d")}));
}

TEST(MarkdownRetirements, TakesALoneNameForARemark) {
  const auto page =
      read_all("| Model | Date |\n| - | - |\n| a | 2025-01-07 |\n| Notes: | |\n| | |\n");
  EXPECT_EQ(page.rows, (Rows{row("2025-01-07", "a")}));
  EXPECT_EQ(page.unreadable, 1);
}

TEST(MarkdownRetirements, CountsWhatIsNoName) {
  const auto page = read_all(
      "| Model | Date |\n| - | - |\n| a | 2025-01-07 |\n| \xFF | 2025-01-07 |\n| | 2025-01-07 |\n");
  EXPECT_EQ(page.rows, (Rows{row("2025-01-07", "a")}));
  EXPECT_EQ(page.unreadable, 2);
}

TEST(MarkdownRetirements, RefusesAPageWithoutRows) {
  EXPECT_EQ(error_of("| Model | Date |\n| - | - |\n"),
            "the tables of models and dates name no model");
}

TEST(MarkdownRetirements, RefusesDatesOfWhichNoneCanBeRead) {
  EXPECT_EQ(error_of("| Model | Date |\n| - | - |\n| a | 30 avril 2025 |\n| b | 04/05/2025 |\n"),
            "none of the dates can be read: write them as 2025-04-30, April 30, 2025 or "
            "2025 年 4 月 30 日");
}

}  // namespace
}  // namespace together
