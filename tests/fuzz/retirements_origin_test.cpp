// Mutated retirement pages of every layout and kind, through the probe: no crash, and every row
// comes from a line of its own that spells its model and its date.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "tests/unit/probes/exchanges.h"
#include "tests/unit/probes/recordings.h"
#include "tests/unit/probes/retirements_pages.h"

namespace together {
namespace {

constexpr long kMutations = 40'000;        // without TE_MUTATIONS
constexpr long kCompactPerRecording = 50;  // a recording takes that much longer

struct Sample {
  const char* name;
  RetirementSource source;
  std::string page;
};

RetirementSource source_of(const std::string& kind) {
  RetirementSource source;
  source.name = kind;
  source.kind = kind;
  source.url = "https://docs.example.com/" + kind;
  return source;
}

std::vector<Sample> compact_samples() {
  auto chinese = source_of("markdown_table");
  chinese.columns = {{"model", "模型"}, {"date", "停用日期"}, {"replacement", "推荐的替换模型"}};
  return {{"2025-11", source_of("together_page"), kPageOfNovember2025},
          {"2025-12", source_of("together_page"), kPageOfDecember2025},
          {"2026-08", source_of("together_page"), kPageOfAugust2026},
          {"2026-09", source_of("together_page"), kPageOfSeptember2026},
          {"english table", source_of("markdown_table"), kFamiliesAndModels},
          {"chinese table", chinese, kFamiliesAndModelsInChinese},
          {"prices", source_of("litellm_prices"), kPriceMap},
          {"list", source_of("yaml"), kOwnList}};
}

std::vector<Sample> recorded_samples() {
  std::vector<Sample> samples;
  for (const char* file :
       {"deprecations.md", "deprecations_2025-11.md", "deprecations_scheduled_2026-09.md"}) {
    if (std::filesystem::exists(recording_path(file))) {
      samples.push_back({file, source_of("together_page"), read_recording(file)});
    }
  }
  return samples;
}

/// Deterministic on every machine: the standard fixes this engine's numbers.
class Mutator {
 public:
  explicit Mutator(std::uint32_t seed) : random_(seed) {}

  /// One to eight changes; `other` is what is spliced in.
  std::string mutate(std::string page, const std::string& other) {
    for (std::size_t changes = 1 + below(8); changes > 0; --changes) change(page, other);
    return page;
  }
  std::size_t below(std::size_t n) { return n == 0 ? 0 : random_() % n; }

 private:
  std::string piece(const std::string& of, std::size_t longest) {
    const std::size_t at = below(of.size());
    return of.substr(at, 1 + below(longest));
  }
  /// From a line's first byte to its end.
  std::pair<std::size_t, std::size_t> line(const std::string& page) {
    const std::size_t inside = below(page.size());
    const std::size_t begin = inside == 0 ? 0 : page.rfind('\n', inside - 1) + 1;  // npos + 1 is 0
    const std::size_t end = std::min(page.find('\n', inside), page.size() - 1);
    return {begin, std::max(end, begin) + 1 - begin};
  }
  void change(std::string& page, const std::string& other) {
    if (page.empty()) return;
    const std::size_t at = below(page.size());
    switch (below(9)) {
      case 0: page[at] = static_cast<char>(page[at] ^ (1 << below(8))); break;
      case 1: page[at] = kSigns[below(kSigns.size())]; break;
      case 2: page.insert(at, 1, kSigns[below(kSigns.size())]); break;
      case 3: page.erase(at, 1 + below(40)); break;
      case 4: page.insert(at, piece(page, 80)); break;
      case 5: page.insert(at, piece(other, 200)); break;
      case 6: page.resize(at); break;
      case 7: {
        const auto [begin, length] = line(page);
        page.insert(begin, page.substr(begin, length));
        break;
      }
      default: {  // a line moves elsewhere
        const auto [begin, length] = line(page);
        const std::string moved = page.substr(begin, length);
        page.erase(begin, length);
        if (!page.empty()) page.insert(line(page).first, moved);
      }
    }
  }

  static constexpr std::string_view kSigns =
      "|-`\n\r#:/*\\[](){}~<!\"', 0123456789aM\t\xC2\xA0\xE5\xFF";
  std::mt19937 random_;
};

// What the source says, read by means that share nothing with the parsers.

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string without_markup(std::string_view text, bool follow_links) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    if (std::string_view("\\`*").find(rest[0]) != std::string_view::npos) continue;
    if (follow_links && rest[0] == '[') continue;
    if (follow_links && rest.starts_with("](")) {
      at += std::min(rest.find(')'), rest.size() - 1);
    } else {
      result += rest[0];
    }
  }
  return result;
}

/// Bytes of the blank or comma at the front.
std::size_t gap_length(std::string_view text) {
  if (text.starts_with("\xC2\xA0")) return 2;
  if (text.starts_with("\xE3\x80\x80")) return 3;
  return std::string_view(" \t\r\n,").find(text.front()) == std::string_view::npos ? 0 : 1;
}

/// A text as a page shows it, in small letters: no markup, single blanks instead of commas.
std::string shown(std::string_view text, bool follow_links) {
  const std::string bare = without_markup(text, follow_links);
  std::string result;
  for (std::size_t at = 0; at < bare.size();) {
    const char c = bare[at];
    const std::size_t gap = gap_length(std::string_view(bare).substr(at));
    if (gap == 0) {
      result += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
    at += std::max<std::size_t>(gap, 1);
  }
  if (result.ends_with(' ')) result.pop_back();
  return result;
}

/// Whether `word` stands in `text` and is no part of a longer number.
bool has_apart(const std::string& text, const std::string& word) {
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const bool longer_before = at > 0 && is_digit(text[at - 1]) && is_digit(word.front());
    const std::size_t end = at + word.size();
    const bool longer_after = end < text.size() && is_digit(text[end]) && is_digit(word.back());
    if (!longer_before && !longer_after) return true;
  }
  return false;
}

std::vector<std::string> with_and_without_zero(unsigned number) {
  std::vector<std::string> texts{std::to_string(number)};
  if (number < 10) texts.push_back("0" + texts.front());
  return texts;
}

/// Whether `text`, as `shown` gives it, spells the day in one of the ways that are understood.
bool spells(const std::string& text, Day day) {
  static constexpr std::array kMonths{"january",   "february", "march",    "april",
                                      "may",       "june",     "july",     "august",
                                      "september", "october",  "november", "december"};
  const std::string iso = format_day(day);
  if (has_apart(text, iso)) return true;
  std::string slashes = iso;
  slashes[4] = slashes[7] = '/';
  if (has_apart(text, slashes)) return true;
  const std::chrono::year_month_day date(day);
  const std::string year = std::to_string(static_cast<int>(date.year()));
  if (!has_apart(text, year)) return false;
  const unsigned month = static_cast<unsigned>(date.month());
  const std::string name = kMonths[month - 1];
  const std::string brief = name.substr(0, 3);
  for (const auto& d : with_and_without_zero(static_cast<unsigned>(date.day()))) {
    for (const auto& m :
         {name, brief, name + ".", brief + ".", std::string(month == 9 ? "sept" : brief),
          std::string(month == 9 ? "sept." : brief)}) {
      if (has_apart(text, m + " " + d + " " + year)) return true;
      if (has_apart(text, d + " " + m + " " + year)) return true;
    }
    for (const auto& m : with_and_without_zero(month)) {
      std::string close;
      for (std::size_t at = 0; at < text.size(); ++at) {
        // Blanks may stand around the signs for year, month and day, never between two digits.
        const bool inside_number =
            at > 0 && at + 1 < text.size() && is_digit(text[at - 1]) && is_digit(text[at + 1]);
        if (text[at] != ' ' || inside_number) close += text[at];
      }
      if (has_apart(close, year + "年" + m + "月" + d + "日")) return true;
    }
  }
  return false;
}

bool says(const std::string& line, const std::string& with_links, const Retirement& row) {
  const auto tells = [&](const std::string& text) {
    return text.find(shown(row.model, false)) != std::string::npos &&
           (!row.date || spells(text, *row.date));
  };
  return tells(line) || tells(with_links);
}

/// Rows of Markdown come from lines of their own, in order.
testing::AssertionResult come_from_lines(const std::vector<Retirement>& rows,
                                         const std::string& page) {
  std::size_t begin = 0;
  for (const auto& row : rows) {
    bool found = false;
    while (!found && begin < page.size()) {
      const std::size_t end = std::min(page.find('\n', begin), page.size());
      const std::string_view line(page.data() + begin, end - begin);
      found = says(shown(line, false), shown(line, true), row);
      begin = end + 1;
    }
    if (!found) {
      return testing::AssertionFailure() << "no line says " << row.model << " "
                                         << (row.date ? format_day(*row.date) : "without a day");
    }
  }
  return testing::AssertionSuccess();
}

/// Rows of data may be spread over lines: the page says the model, and says the date.
testing::AssertionResult come_from_page(const std::vector<Retirement>& rows,
                                        const std::string& page) {
  const std::string text = shown(page, false);
  for (const auto& row : rows) {
    if (!says(text, text, row)) {
      return testing::AssertionFailure() << "the page does not say " << row.model << " "
                                         << (row.date ? format_day(*row.date) : "without a day");
    }
  }
  return testing::AssertionSuccess();
}

struct Tally {
  long pages = 0;
  long read = 0;
  long rows = 0;
};

/// Mutates `samples` in turn, `count` pages in all; splices in pieces of the next sample.
Tally run(const std::vector<Sample>& samples, long count, std::uint32_t seed) {
  Mutator mutator(seed);
  std::vector<std::unique_ptr<Probe>> probes;
  for (const auto& sample : samples) {
    probes.push_back(probe_type("retirements").make({{}, {sample.source}}));
  }
  Tally tally;
  for (; tally.pages < count && !testing::Test::HasFailure(); ++tally.pages) {
    const std::size_t i = static_cast<std::size_t>(tally.pages) % samples.size();
    const Sample& sample = samples[i];
    const std::string page =
        mutator.mutate(sample.page, samples[mutator.below(samples.size())].page);
    const Observation seen =
        probes[i]->judge(list_target(sample.source.name), answer(200, page), "retirements");
    const auto* facts = std::get_if<RetirementFacts>(&seen.facts);
    EXPECT_EQ(facts != nullptr, seen.outcome == Outcome::kOk);
    EXPECT_TRUE(facts != nullptr || seen.outcome == Outcome::kBadResponse);
    EXPECT_FALSE(seen.detail.empty());
    if (facts == nullptr) continue;
    ++tally.read;
    tally.rows += static_cast<long>(facts->rows.size());
    const bool by_line =
        sample.source.kind == "together_page" || sample.source.kind == "markdown_table";
    EXPECT_TRUE(by_line ? come_from_lines(facts->rows, page) : come_from_page(facts->rows, page))
        << "page " << tally.pages << ", made from " << sample.name << ":\n"
        << page;
  }
  std::printf("%ld mutated pages, %ld of them read, with %ld rows\n", tally.pages, tally.read,
              tally.rows);
  return tally;
}

long mutations() {
  const char* asked = std::getenv("TE_MUTATIONS");
  return asked == nullptr ? kMutations : std::atol(asked);
}

TEST(RetirementOrigins, OfUntouchedPagesAreFound) {
  for (const auto& sample : compact_samples()) {
    const auto probe = probe_type("retirements").make({{}, {sample.source}});
    const auto seen = probe->judge(list_target(sample.source.name), answer(200, sample.page), "");
    const auto* facts = std::get_if<RetirementFacts>(&seen.facts);
    ASSERT_NE(facts, nullptr) << sample.name << ": " << seen.detail;
    EXPECT_TRUE(come_from_page(facts->rows, sample.page)) << sample.name;
  }
}

TEST(RetirementOrigins, AreMissedWhereThereAreNone) {
  const Retirement row{"a/b", Surface::kInference, parse_day("2026-01-02"), ""};
  EXPECT_TRUE(come_from_lines({row}, "| 2026-01-02 | `a/b` |\n"));
  EXPECT_TRUE(come_from_lines({row}, "| January 2, 2026 | [a/b](x) |\n"));
  EXPECT_TRUE(come_from_lines({row}, "| 2026　年 01 月 2 日 | a/b |\n"));
  EXPECT_FALSE(come_from_lines({row}, "| 2026-01-03 | `a/b` |\n"));
  EXPECT_FALSE(come_from_lines({row}, "| 2026-01-02 | `a/c` |\n"));
  EXPECT_FALSE(come_from_lines({row}, "| 2026-01-02 |\n| `a/b` |\n"));
  EXPECT_FALSE(come_from_lines({row}, "| 2026-01-021 | `a/b` |\n"));
  EXPECT_FALSE(come_from_lines({row}, "| 2 026年1月2日 | a/b |\n"));
  EXPECT_FALSE(come_from_lines({row, row}, "| 2026-01-02 | `a/b` |\n"));
}

TEST(RetirementOrigins, OfMutatedPagesAreFound) {
  const Tally tally = run(compact_samples(), mutations(), 20261121);
  EXPECT_GT(tally.read, tally.pages / 4) << "most mutations must leave something to read";
}

TEST(RetirementOrigins, OfMutatedRecordingsAreFound) {
  const auto samples = recorded_samples();
  if (samples.empty()) GTEST_SKIP() << "no recordings at " << recording_path("");
  const Tally tally = run(samples, mutations() / kCompactPerRecording, 42);
  EXPECT_GT(tally.read, tally.pages / 4) << "most mutations must leave something to read";
}

}  // namespace
}  // namespace together
