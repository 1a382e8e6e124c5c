// Recorded pages. The counts are those of awk on the same files: lines that begin with a date,
// section by section.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "probes/retirements/litellm_prices.h"
#include "probes/retirements/together_page.h"
#include "tests/unit/probes/exchanges.h"
#include "tests/unit/probes/recordings.h"

namespace together {
namespace {

using RecordedRetirements = Recorded;

RetirementRows read(const std::string& file) {
  auto rows = read_together_page(read_recording(file));
  EXPECT_TRUE(rows) << rows.error().message;
  return rows ? *rows : RetirementRows();
}

auto count(const RetirementRows& read, Surface surface) {
  return std::count_if(read.rows.begin(), read.rows.end(),
                       [&](const Retirement& row) { return row.surface == surface; });
}

auto with_replacement(const RetirementRows& read, Surface surface) {
  return std::count_if(read.rows.begin(), read.rows.end(), [&](const Retirement& row) {
    return row.surface == surface && !row.replacement.empty();
  });
}

bool all_dated(const RetirementRows& read) {
  return std::all_of(read.rows.begin(), read.rows.end(),
                     [](const Retirement& row) { return row.date.has_value(); });
}

std::string dates_of(const RetirementRows& read, const std::string& model, Surface surface) {
  std::string dates;
  for (const auto& row : read.rows) {
    if (row.model == model && row.surface == surface) dates += format_day(*row.date) + " ";
  }
  return dates;
}

TEST_F(RecordedRetirements, OfAugust2026AreReadWhole) {
  const auto page = read("deprecations.md");
  EXPECT_EQ(count(page, Surface::kInference), 211);
  EXPECT_EQ(count(page, Surface::kFineTuning), 105);
  EXPECT_EQ(with_replacement(page, Surface::kInference), 0);
  EXPECT_EQ(with_replacement(page, Surface::kFineTuning), 96);
  EXPECT_EQ(page.redirects, (std::vector<Redirect>{{"mistralai/Mistral-7B-Instruct-v0.3",
                                                    "mistralai/Ministral-3-14B-Instruct-2512"},
                                                   {"Kimi-K2", "Kimi-K2-0905"},
                                                   {"DeepSeek-V3", "DeepSeek-V3.1"},
                                                   {"DeepSeek-V3-0324", "DeepSeek-V3.1"},
                                                   {"DeepSeek-R1", "DeepSeek-R1-0528"}}));
  EXPECT_EQ(page.unreadable, 0);
  EXPECT_TRUE(all_dated(page));
}

TEST_F(RecordedRetirements, OfAugust2026KeepWhatIsOdd) {
  const auto page = read("deprecations.md");
  EXPECT_EQ(dates_of(page, "deepcogito/cogito-v2-1-671b", Surface::kInference), "2026-08-21 ");
  EXPECT_EQ(dates_of(page, "Qwen/Qwen3-235B-A22B-Thinking-2507", Surface::kInference),
            "2026-04-16 2026-03-06 ");
  EXPECT_EQ(dates_of(page, "Qwen/Qwen3-14B", Surface::kFineTuning), "2026-07-29 ");
  EXPECT_EQ(dates_of(page, "bert-base-uncased", Surface::kInference), "2025-02-06 2024-08-22 ");
}

TEST_F(RecordedRetirements, OfNovember2025AreReadWhole) {
  const auto page = read("deprecations_2025-11.md");
  EXPECT_EQ(count(page, Surface::kInference), 1 + 137);
  EXPECT_EQ(count(page, Surface::kFineTuning), 0);
  EXPECT_EQ(with_replacement(page, Surface::kInference), 1);
  EXPECT_EQ(page.redirects.size(), 0u);
  EXPECT_EQ(page.unreadable, 0);
  EXPECT_TRUE(all_dated(page));
  EXPECT_EQ(page.rows.front(),
            (Retirement{"qwen-qwen2-5-14b-instruct-lora", Surface::kInference,
                        parse_day("2025-06-19"), "meta-llama/Meta-Llama-3.1-8B-Instruct-lora"}));
}

TEST_F(RecordedRetirements, OfSeptember2026AreReadWhole) {
  const auto page = read("deprecations_scheduled_2026-09.md");
  EXPECT_EQ(count(page, Surface::kInference), 3 + 4);
  EXPECT_EQ(count(page, Surface::kFineTuning), 1);
  EXPECT_EQ(with_replacement(page, Surface::kInference), 3);
  EXPECT_EQ(page.redirects.size(), 0u);
  EXPECT_EQ(page.unreadable, 0);
  EXPECT_TRUE(all_dated(page));
  EXPECT_EQ(dates_of(page, "google/gemma-4-31B-it", Surface::kInference), "2026-09-14 2026-09-15 ");
  EXPECT_EQ(page.rows.front(), (Retirement{"openai/gpt-oss-20b", Surface::kInference,
                                           parse_day("2026-09-14"), "Qwen/Qwen3.5-9B"}));
}

TEST_F(RecordedRetirements, TellTheUpgradeGuidesExamples) {
  const auto page = read("deprecations.md");
  std::set<std::string> gone;
  for (const auto& row : page.rows) {
    if (row.surface == Surface::kInference) gone.insert(row.model);
  }
  EXPECT_TRUE(gone.contains("meta-llama/Meta-Llama-3.1-70B-Instruct-Turbo"));
  EXPECT_TRUE(gone.contains("mistralai/Mixtral-8x7B-Instruct-v0.1"));
  EXPECT_TRUE(gone.contains("Qwen/Qwen2.5-72B-Instruct-Turbo"));
}

TEST_F(RecordedRetirements, AreToldByTheProbe) {
  RetirementSource source;
  source.name = "together";
  source.kind = "together_page";
  source.url = "https://docs.example.com/deprecations.md";
  const auto probe = probe_type("retirements").make({{}, {source}});
  const auto seen = probe->judge(list_target("together"),
                                 answer(200, read_recording("deprecations.md")), "retirements");
  EXPECT_EQ(seen.detail, "211 inference rows, 105 fine-tuning rows, 5 redirects");
}

TEST_F(RecordedRetirements, OfLitellmHaveNoDates) {
  const auto prices = read_litellm_prices(read_recording("litellm_together.json"));
  ASSERT_TRUE(prices) << prices.error().message;
  EXPECT_TRUE(prices->rows.empty());
  EXPECT_EQ(prices->unreadable, 0);
}

}  // namespace
}  // namespace together
