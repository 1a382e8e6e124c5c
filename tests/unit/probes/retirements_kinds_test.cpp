// The other kinds of retirement source: any Markdown table, LiteLLM's price map, a list of one's
// own.
#include <gtest/gtest.h>

#include "probes/retirements/litellm_prices.h"
#include "probes/retirements/markdown_table.h"
#include "probes/retirements/yaml_list.h"

namespace together {
namespace {

using Lines = std::vector<std::string>;

Lines lines_of(const ParsedRows& read) {
  if (!read) return {"error: " + read.error().message};
  Lines lines;
  for (const auto& row : read->rows) {
    lines.push_back(row.model + " " + std::string(to_string(row.surface)) + " " +
                    (row.date ? format_day(*row.date) : "no day") +
                    (row.replacement.empty() ? "" : " " + row.replacement));
  }
  return lines;
}

// The two tables of Databricks' page, in both languages it was seen in.
constexpr std::string_view kEnglish =
    "# Retired models\n\n## Fine-tuning\n\n"
    "| Model family | Retirement date | Recommended replacement model family |\n|---|---|---|\n"
    "| Llama 2 | April 30, 2025 | Llama 3.1 |\n\n"
    "## Pay-per-token\n\n"
    "| Model | Retirement date | Recommended replacement model |\n|---|---|---|\n"
    "| DBRX Instruct | April 30, 2025 | Meta Llama 3.3 70B Instruct |\n"
    "| Mixtral-8x7B Instruct | soon | |\n";
constexpr std::string_view kChinese =
    "# 已停用的模型\n\n"
    "| 模型系列 | 停用日期 | 推荐的替换模型系列 |\n|---|---|---|\n"
    "| Llama 2 | 2025 年 4 月 30 日 | Llama 3.1 |\n\n"
    "| 模型 | 停用日期 | 推荐的替换模型 |\n|---|---|---|\n"
    "| DBRX Instruct | 2025 年 4 月 30 日 | Meta Llama 3.3 70B Instruct |\n";

TEST(MarkdownTable, ReadsBothTablesOfAnEnglishPage) {
  EXPECT_EQ(lines_of(read_markdown_table(kEnglish, {})),
            (Lines{"Llama 2 fine_tuning 2025-04-30 Llama 3.1",
                   "DBRX Instruct inference 2025-04-30 Meta Llama 3.3 70B Instruct",
                   "Mixtral-8x7B Instruct inference no day"}));
}
TEST(MarkdownTable, ReadsAnyLanguageWhoseColumnsAreNamed) {
  EXPECT_EQ(
      lines_of(read_markdown_table(
          kChinese, {{"model", "模型"}, {"date", "停用日期"}, {"replacement", "推荐的替换模型"}})),
      (Lines{"Llama 2 fine_tuning 2025-04-30 Llama 3.1",
             "DBRX Instruct inference 2025-04-30 Meta Llama 3.3 70B Instruct"}));
}
TEST(MarkdownTable, WithoutTheNamesAForeignTableIsNone) {
  EXPECT_EQ(lines_of(read_markdown_table(kChinese, {})),
            (Lines{"error: the page has no table with a column of models and one of dates"}));
}
TEST(MarkdownTable, WithoutRowsIsBroken) {
  EXPECT_EQ(lines_of(read_markdown_table("| Model | Date |\n|---|---|\n", {})),
            (Lines{"error: the tables of models and dates name no model"}));
}
TEST(MarkdownTable, AHeaderThatOnlyBeginsSoCountsWhereItIsTheOnlyOne) {
  const std::map<std::string, std::string> columns{{"model", "Model"}};
  EXPECT_EQ(
      lines_of(read_markdown_table(
          "| Model name | Model age | Date |\n|---|---|---|\n| a/b | 3 | 2026-01-01 |\n", columns)),
      (Lines{"error: the page has no table with a column of models and one of dates"}));
}

TEST(LitellmPrices, ReadsDatesOfTogethersEntries) {
  EXPECT_EQ(lines_of(read_litellm_prices(
                R"({"sample_spec":{"deprecation_date":"date when it is deprecated"},
                    "gpt-4":{"deprecation_date":"2026-01-01"},
                    "together_ai/a/b":{"deprecation_date":"2026-09-14",
                                       "metadata":{"successor":"together_ai/c/d"}},
                    "together_ai/e/f":{"input_cost_per_token":1e-6}})")),
            (Lines{"a/b inference 2026-09-14 c/d"}));
}
TEST(LitellmPrices, NoDatesAtAllIsAGoodAnswer) {
  EXPECT_EQ(lines_of(read_litellm_prices(R"({"together_ai/a/b":{"mode":"chat"}})")), Lines{});
}
TEST(LitellmPrices, AnUnreadableDateIsCounted) {
  const auto read = read_litellm_prices(
      R"({"together_ai/a/b":{"deprecation_date":"soon"},"together_ai/c/d":{"deprecation_date":7}})");
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->rows.empty());
  EXPECT_EQ(read->unreadable, 1);
}
TEST(LitellmPrices, SomethingElseIsBroken) {
  EXPECT_EQ(lines_of(read_litellm_prices(R"({"gpt-4":{}})")),
            (Lines{"error: the price map has no entry that begins with together_ai/"}));
  EXPECT_EQ(lines_of(read_litellm_prices("[]")), (Lines{"error: the price map is no JSON object"}));
  EXPECT_FALSE(read_litellm_prices("<html>"));
}

TEST(YamlList, ReadsModelDateReplacementAndSurface) {
  EXPECT_EQ(lines_of(read_yaml_list("- {model: a/b, date: 2026-12-31, replacement: c/d}\n"
                                    "- {model: e/f, date: 2027-01-15, surface: fine_tuning}\n",
                                    "r.yml")),
            (Lines{"a/b inference 2026-12-31 c/d", "e/f fine_tuning 2027-01-15"}));
}
TEST(YamlList, AnEmptyListIsAnswerEnoughAndAnEmptyFileIsNot) {
  EXPECT_EQ(lines_of(read_yaml_list("[]\n", "r.yml")), Lines{});
  EXPECT_EQ(lines_of(read_yaml_list("# nothing\n", "r.yml"))[0].substr(0, 13), "error: r.yml:");
}
TEST(YamlList, ErrorsNameTheLine) {
  const auto error = [](std::string_view text) {
    return lines_of(read_yaml_list(text, "r.yml"))[0];
  };
  EXPECT_EQ(error("- {model: a/b, date: 2026-12-31}\n- {model: c/d, date: soon}\n"),
            "error: r.yml:2: [1].date: \"soon\" is no date; write it as 2026-12-31");
  EXPECT_NE(error("- {model: a/b}\n").find("date"), std::string::npos);
  EXPECT_NE(error("- {date: 2026-12-31}\n").find("model"), std::string::npos);
  EXPECT_NE(error("- {model: a/b, date: 2026-12-31, surfaec: inference}\n").find("surface"),
            std::string::npos);
  EXPECT_NE(error("- {model: a/b, date: 2026-12-31, surface: training}\n").find("surface"),
            std::string::npos);
  EXPECT_NE(error("model: a/b\n").find("list"), std::string::npos);
  EXPECT_NE(error("- [\n").find("r.yml:"), std::string::npos);
}

}  // namespace
}  // namespace together
