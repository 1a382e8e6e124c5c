// Dates as people write them.
#include "probes/retirements/date.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "exporter/core/text.h"

namespace together {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"january",   "february", "march",    "april",
                                                   "may",       "june",     "july",     "august",
                                                   "september", "october",  "november", "december"};
constexpr std::size_t kLongest = 64;  ///< bytes; a date is shorter

/// 1 to 12 for a month's name, its first three letters, or "sept"; 0 for anything else.
unsigned month_of(std::string_view word) {
  if (!word.empty() && word.back() == '.') word.remove_suffix(1);
  for (unsigned i = 0; i < kMonths.size(); ++i) {
    if (word == kMonths[i] || word == kMonths[i].substr(0, 3)) return i + 1;
  }
  return word == "sept" ? 9 : 0;
}

std::optional<unsigned> number(std::string_view text) {
  unsigned value = 0;
  if (text.empty() || text.size() > 4) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(value)
                                                                  : std::nullopt;
}

bool is_day(std::string_view word) { return word.size() <= 2 && number(word).has_value(); }
bool is_year(std::string_view word) { return word.size() == 4 && number(word).has_value(); }

std::optional<Day> day(std::string_view year, unsigned month, std::string_view day_of_month) {
  if (!is_year(year) || !is_day(day_of_month)) return std::nullopt;
  return make_day(static_cast<int>(*number(year)), month, *number(day_of_month));
}

/// Bytes of the blank at the front: 0 where there is none.
std::size_t blank_length(std::string_view text) {
  if (text.starts_with(' ') || text.starts_with('\t')) return 1;
  if (text.starts_with("\xC2\xA0")) return 2;      // no-break space
  if (text.starts_with("\xE3\x80\x80")) return 3;  // full-width space
  return 0;
}

void skip_blanks(std::string_view& text) {
  while (const std::size_t length = blank_length(text)) text.remove_prefix(length);
}

/// What stands between blanks and commas.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  while (!text.empty()) {
    const std::size_t between = text.front() == ',' ? 1 : blank_length(text);
    if (between == 0) {
      words.back() += text.front();
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
    text.remove_prefix(std::max<std::size_t>(between, 1));
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

/// Takes blanks, digits, blanks and `unit` off the front; "" where they are not there.
std::string_view take_digits(std::string_view& text, std::string_view unit) {
  skip_blanks(text);
  const auto digits = text.substr(0, std::min(text.find_first_not_of("0123456789"), text.size()));
  text.remove_prefix(digits.size());
  skip_blanks(text);
  if (!text.starts_with(unit)) return {};
  text.remove_prefix(unit.size());
  return digits;
}

/// `2025 年 4 月 30 日`.
std::optional<Day> chinese(std::string_view text) {
  const auto year = take_digits(text, "年");
  const auto month = take_digits(text, "月");
  const auto day_of_month = take_digits(text, "日");
  skip_blanks(text);
  if (!text.empty() || !is_day(month)) return std::nullopt;
  return day(year, *number(month), day_of_month);
}

std::optional<Day> with_slashes(std::string text) {
  if (text.size() != 10 || text[4] != '/' || text[7] != '/') return std::nullopt;
  text[4] = text[7] = '-';
  return parse_day(text);
}

}  // namespace

std::optional<Day> read_date(std::string_view text) {
  if (text.size() > kLongest) return std::nullopt;
  const auto words = words_of(lower_ascii(trim(text)));
  if (words.size() == 1) {
    if (const auto iso = parse_day(words[0])) return iso;
    if (const auto slashes = with_slashes(words[0])) return slashes;
  }
  if (words.size() == 3) {
    if (const unsigned month = month_of(words[0])) return day(words[2], month, words[1]);
    if (const unsigned month = month_of(words[1])) return day(words[2], month, words[0]);
  }
  return chinese(text);
}

}  // namespace together
