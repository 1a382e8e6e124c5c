// Mutated retirement pages: no crash, and no date that the page does not say.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include <gtest/gtest.h>

#include "probes/retirements/date.h"
#include "probes/retirements/litellm_prices.h"
#include "probes/retirements/markdown_table.h"
#include "probes/retirements/together_page.h"
#include "probes/retirements/yaml_list.h"

namespace together {
namespace {

using Random = std::mt19937;

const std::string kTogether =
    "# Deprecations\n\n## Active model redirects\n\n| Original model | Redirects to | Notes |\n"
    "| :- | :- | :- |\n| `Kimi-K2` | `Kimi-K2-0905` | Same |\n\n## Deprecation policy\n\n"
    "| Model type | Deprecation notice |\n| :- | :- |\n| Preview | \\<24 hours |\n\n"
    "## Scheduled deprecations\n\n| Removal date | Model | Recommended replacement |\n"
    "| :- | :- | :- |\n| 2026-09-14 | `openai/gpt-oss-20b` | `Qwen/Qwen3.5-9B` |\n\n"
    "## Deprecation history\n\n### Inference\n\n| Removal date | Model | Supported |\n"
    "| :- | :- | :- |\n| 2026-08-21 | `deepcogito/cogito-v2-1-671b` | No |\n"
    "| 2025-06-13 | gryphe-mythomax-l2-13b | [Yes](https://example.com) |\n"
    "| **Notes on model support:** | | |\n\n### Fine-tuning\n\n"
    "| Removal date | Model | Suggested replacement |\n| :- | :- | :- |\n"
    "| 2026-07-29 | `Qwen/Qwen3-8B` | `Qwen/Qwen3.5-9B` |\n";
const std::string kTable =
    "## Pay-per-token\n\n| Model | Retirement date | Recommended replacement |\n|---|---|---|\n"
    "| DBRX Instruct | April 30, 2025 | Llama 3.3 |\n| Mixtral | 2025 年 4 月 30 日 | |\n"
    "| Llama | 30 Apr 2025 | x |\n| Other | 2025/05/01 | y |\n";
const std::string kPrices =
    R"({"together_ai/a/b":{"deprecation_date":"2026-09-14","metadata":{"successor":"c/d"}},
"together_ai/e/f":{"deprecation_date":"2026-10-01"},"sample_spec":{"deprecation_date":"x"}})";
const std::string kList =
    "- {model: a/b, date: 2026-12-31, replacement: c/d}\n- model: e/f\n  date: 2027-01-15\n";

/// One to eight small changes of the kinds that editors, caches and networks make.
std::string mutated(std::string page, Random& random) {
  const auto below = [&](std::size_t n) { return n == 0 ? 0 : random() % n; };
  constexpr std::string_view kBytes = "|-`\n#:/*\\[]()0123456789abM \xE5\xB9\xB4\xFF\x00";
  for (std::size_t changes = 1 + below(8); changes > 0 && !page.empty(); --changes) {
    const std::size_t at = below(page.size());
    const std::size_t size = 1 + below(std::min<std::size_t>(40, page.size() - at));
    switch (below(7)) {
      case 0: page[at] = kBytes[below(kBytes.size())]; break;
      case 1: page.erase(at, size); break;
      case 2: page.insert(at, page.substr(at, size)); break;
      case 3: page.insert(below(page.size()), page.substr(at, size)); break;
      case 4: page.resize(at); break;
      case 5: page[at] = static_cast<char>(page[at] ^ (1 << below(8))); break;
      default: page.insert(at, 1, kBytes[below(kBytes.size())]); break;
    }
  }
  return page;
}

/// Every day that the text spells anywhere, read by means of its own: three numbers that are apart
/// by no more than a date's own signs and a month's name.
bool spells(const std::string& text, Day day) {
  const std::chrono::year_month_day date(day);
  const std::string year = std::to_string(static_cast<int>(date.year()));
  const auto has_number = [](std::string_view window, unsigned number) {
    for (std::size_t at = 0; at < window.size();) {
      if (window[at] < '0' || window[at] > '9') {
        ++at;
        continue;
      }
      unsigned value = 0;
      const std::size_t from = at;
      while (at < window.size() && window[at] >= '0' && window[at] <= '9') {
        value = value * 10 + static_cast<unsigned>(window[at++] - '0');
      }
      if (at - from <= 2 && value == number) return true;
    }
    return false;
  };
  constexpr std::size_t kNear = 60;
  for (auto at = text.find(year); at != std::string::npos; at = text.find(year, at + 1)) {
    const std::size_t from = at < kNear ? 0 : at - kNear;
    const std::string_view window(text.data() + from, std::min(text.size() - from, 2 * kNear));
    if (has_number(window, static_cast<unsigned>(date.day()))) return true;
  }
  return false;
}

long mutations() {
  const char* asked = std::getenv("TE_MUTATIONS");
  return asked == nullptr ? 100'000 : std::atol(asked);
}

long days_found = 0;

void expect_no_invented_day(const ParsedRows& read, const std::string& page) {
  if (!read) return;
  for (const auto& row : read->rows) {
    if (!row.date) continue;
    ++days_found;
    // Markup inside a date is taken out before it is read.
    std::string text = page;
    std::erase_if(text, [](char c) { return c == '`' || c == '*' || c == '\\'; });
    ASSERT_TRUE(spells(text, *row.date)) << format_day(*row.date) << " of " << row.model << " in\n"
                                         << page;
  }
}

TEST(RetirementMutations, InventNoDateAndCrashNothing) {
  Random random(20261121);
  const long count = mutations();
  for (long i = 0; i < count && !testing::Test::HasFatalFailure(); ++i) {
    switch (i % 4) {
      case 0: {
        const std::string page = mutated(kTogether, random);
        expect_no_invented_day(read_together_page(page), page);
        break;
      }
      case 1: {
        const std::string page = mutated(kTable, random);
        expect_no_invented_day(read_markdown_table(page, {}), page);
        break;
      }
      case 2: {
        const std::string page = mutated(kPrices, random);
        expect_no_invented_day(read_litellm_prices(page), page);
        break;
      }
      default: {
        const std::string page = mutated(kList, random);
        expect_no_invented_day(read_yaml_list(page, "r.yml"), page);
      }
    }
  }
  std::printf("mutated pages: %ld, days read from them: %ld\n", count, days_found);
  EXPECT_GT(days_found, count / 4) << "most mutations must leave something to read";
}

TEST(RetirementMutations, OfTheRecordedPageInventNoDate) {
  const auto path = std::string(TE_SOURCE_DIR) + "/../shared/data/together/deprecations.md";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "there is no recording at " << path;
  std::ifstream file(path);
  std::stringstream recorded;
  recorded << file.rdbuf();
  Random random(42);
  const long count = mutations() / 500;
  for (long i = 0; i < count && !testing::Test::HasFatalFailure(); ++i) {
    const std::string page = mutated(recorded.str(), random);
    const auto read = read_together_page(page);
    if (!read) continue;
    for (const auto& row : read->rows) {
      if (!row.date) continue;
      ASSERT_NE(page.find(format_day(*row.date)), std::string::npos) << row.model;
    }
  }
  std::printf("mutated recordings: %ld\n", count);
}

}  // namespace
}  // namespace together
