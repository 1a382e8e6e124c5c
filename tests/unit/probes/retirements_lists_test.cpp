// The sources that are data and no pages: LiteLLM's price map and the operator's own list.
#include <gtest/gtest.h>

#include <string>

#include "probes/retirements/litellm_prices.h"
#include "probes/retirements/yaml_list.h"
#include "tests/unit/probes/retirements_pages.h"

namespace together {
namespace {

using Rows = std::vector<Retirement>;

Retirement row(const std::string& date, const std::string& model, const std::string& to = "",
               Surface surface = Surface::kInference) {
  return {model, surface, parse_day(date), to};
}

RetirementRows prices(const std::string& json) {
  auto rows = read_litellm_prices(json);
  EXPECT_TRUE(rows) << rows.error().message;
  return rows ? *rows : RetirementRows();
}

std::string prices_error(const std::string& json) {
  const auto rows = read_litellm_prices(json);
  return rows ? "no error" : rows.error().message;
}

Rows list(const std::string& yaml) {
  auto rows = read_yaml_list(yaml, "own.yml");
  EXPECT_TRUE(rows) << rows.error().message;
  return rows ? rows->rows : Rows();
}

std::string list_error(const std::string& yaml) {
  const auto rows = read_yaml_list(yaml, "own.yml");
  return rows ? "no error" : rows.error().message;
}

TEST(LitellmPrices, ReadsDatesAndSuccessorsOfTogethersEntries) {
  EXPECT_EQ(prices(kPriceMap).rows, (Rows{row("2026-08-19", "acme/Gone-1", "acme/New-1"),
                                          row("2026-08-20", "acme/Gone-2", "acme/New-2"),
                                          row("2026-08-21", "acme/Gone-3")}));
}

TEST(LitellmPrices, MayHaveNoDates) {
  EXPECT_TRUE(prices(R"({"together_ai/a/b": {"mode": "chat"}})").rows.empty());
}

TEST(LitellmPrices, CountsDatesThatAreNone) {
  const auto read = prices(R"({"together_ai/a/b": {"deprecation_date": "soon"},
                               "together_ai/a/c": {"deprecation_date": "04/05/2026"}})");
  EXPECT_TRUE(read.rows.empty());
  EXPECT_EQ(read.unreadable, 2);
}

TEST(LitellmPrices, CountsNamesWithBrokenBytes) {
  const auto read = prices("{\"together_ai/a/\xFF\": {\"deprecation_date\": \"2026-01-01\"}}");
  EXPECT_TRUE(read.rows.empty());
  EXPECT_EQ(read.unreadable, 1);
}

TEST(LitellmPrices, BearsOddEntries) {
  const auto read = prices(R"({"together_ai/a/b": null, "together_ai/a/c": [1],
      "together_ai/": {"deprecation_date": "2026-01-01"},
      "together_ai/a/d": {"deprecation_date": 20260101},
      "together_ai/a/e": {"deprecation_date": "2026-01-02", "metadata": {"successor": 7}},
      "together_ai/a/f": {"deprecation_date": "2026-01-03", "metadata": "none"}})");
  EXPECT_EQ(read.rows, (Rows{row("2026-01-02", "a/e"), row("2026-01-03", "a/f")}));
  EXPECT_EQ(read.unreadable, 0);
}

TEST(LitellmPrices, RefusesWhatIsNoPriceMap) {
  EXPECT_EQ(prices_error("[1]"), "the price map is no JSON object");
  EXPECT_EQ(prices_error("{"), "the body is not JSON, or is cut");
  EXPECT_EQ(prices_error("<html>"), "the body is an HTML page, not JSON");
  EXPECT_EQ(prices_error(R"({"gpt-1": {"deprecation_date": "2026-01-01"}})"),
            "the price map has no entry that begins with together_ai/");
}

TEST(LitellmPrices, RefusesDeepNesting) {
  EXPECT_EQ(prices_error(std::string(100'000, '[')), "the JSON is nested deeper than 64 levels");
}

TEST(YamlList, ReadsRows) {
  EXPECT_EQ(list(kOwnList), (Rows{row("2026-10-01", "acme/Gone-1", "acme/New-1"),
                                  row("2026-11-02", "acme/Base-7B", "", Surface::kFineTuning)}));
}

TEST(YamlList, MayBeEmpty) { EXPECT_TRUE(list("[]").empty()); }

TEST(YamlList, NamesTheLineOfAnUnknownKey) {
  EXPECT_EQ(list_error("- {model: a/b, date: 2026-01-01}\n- model: a/c\n  date: 2026-01-01\n"
                       "  replacment: a/d\n"),
            "own.yml:4: [1].replacment: unknown key \"replacment\"; did you mean \"replacement\"?");
}

TEST(YamlList, NamesTheLineOfABadDate) {
  EXPECT_EQ(list_error("- model: a/b\n  date: 01/02/2026\n"),
            "own.yml:2: [0].date: \"01/02/2026\" is no date; write it as 2026-12-31");
}

TEST(YamlList, NeedsModelAndDate) {
  EXPECT_EQ(list_error("- {date: 2026-01-01}\n").substr(0, 11), "own.yml:1: ");
  EXPECT_NE(list_error("- {date: 2026-01-01}\n").find("every retirement needs one"),
            std::string::npos);
  EXPECT_NE(list_error("- {model: a/b}\n").find("write the day as 2026-12-31"), std::string::npos);
}

TEST(YamlList, RefusesOtherSurfaces) {
  const std::string error = list_error("- model: a/b\n  date: 2026-01-01\n  surface: training\n");
  EXPECT_EQ(error.substr(0, 23), "own.yml:3: [0].surface:");
}

TEST(YamlList, RefusesRepeatedKeys) {
  EXPECT_EQ(list_error("- model: a/b\n  model: a/c\n  date: 2026-01-01\n"),
            "own.yml:2: [0].model: key \"model\" is written twice; keep one");
}

TEST(YamlList, RefusesWhatIsNoList) {
  EXPECT_EQ(list_error("model: a/b\n").substr(0, 18), "own.yml:1: (file):");
  EXPECT_EQ(list_error("{{").substr(0, 10), "own.yml:1:");
}

TEST(YamlList, RefusesAnEmptyFile) {
  EXPECT_EQ(list_error(""),
            "own.yml:1: (file): the file is empty or has only comments; write [] if nothing is "
            "retired");
}

TEST(YamlList, NamesTheFirstOfManyProblems) {
  EXPECT_EQ(list_error("- {model: a/b, date: never}\n- {modell: a/b}\n").substr(0, 20),
            "own.yml:1: [0].date:");
}

}  // namespace
}  // namespace together
