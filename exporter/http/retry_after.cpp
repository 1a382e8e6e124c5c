// The Retry-After header.
#include "exporter/http/retry_after.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "exporter/core/text.h"

namespace together {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Takes a date apart from left to right. After the first mismatch everything fails.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  void skip(std::string_view expected) {
    ok_ = ok_ && rest_.starts_with(expected);
    if (ok_) rest_.remove_prefix(expected.size());
  }

  /// Exactly `digits` digits; with `padded`, leading spaces stand for zeros.
  int number(std::size_t digits, bool padded = false) {
    ok_ = ok_ && rest_.size() >= digits;
    if (!ok_) return 0;
    int value = 0;
    bool in_padding = padded;
    for (const char c : rest_.substr(0, digits)) {
      if (in_padding && c == ' ') continue;
      in_padding = false;
      ok_ = ok_ && is_digit(c);
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(digits);
    return value;
  }

  std::string_view letters() {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_letter);
    const std::string_view word = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    ok_ = ok_ && !word.empty();
    rest_.remove_prefix(word.size());
    return word;
  }

  std::chrono::month month() {
    static constexpr std::array<std::string_view, 12> kMonths{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto found = std::find(kMonths.begin(), kMonths.end(), letters());
    ok_ = ok_ && found != kMonths.end();
    return std::chrono::month(static_cast<unsigned>(found - kMonths.begin()) + 1);
  }

  seconds time_of_day() {
    const int hour = number(2);
    skip(":");
    const int minute = number(2);
    skip(":");
    const int second = number(2);
    ok_ = ok_ && hour < 24 && minute < 60 && second <= 60;
    return seconds(hour * 3600 + minute * 60 + second);
  }

  bool ended_well() const { return ok_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

std::optional<sys_seconds> moment(const Reader& reader, int year, std::chrono::month month, int day,
                                  seconds time_of_day) {
  const auto date = std::chrono::year(year) / month / std::chrono::day(static_cast<unsigned>(day));
  if (!reader.ended_well() || !date.ok()) return std::nullopt;
  return std::chrono::sys_days(date) + time_of_day;
}

/// "Sun, 06 Nov 1994 08:49:37 GMT"
std::optional<sys_seconds> parse_imf_fixdate(std::string_view text) {
  Reader r(text);
  r.letters();
  r.skip(", ");
  const int day = r.number(2);
  r.skip(" ");
  const auto month = r.month();
  r.skip(" ");
  const int year = r.number(4);
  r.skip(" ");
  const seconds time = r.time_of_day();
  r.skip(" GMT");
  return moment(r, year, month, day, time);
}

/// "Sunday, 06-Nov-94 08:49:37 GMT". A year more than 50 years ahead means the last such year past.
std::optional<sys_seconds> parse_rfc850(std::string_view text, int this_year) {
  Reader r(text);
  r.letters();
  r.skip(", ");
  const int day = r.number(2);
  r.skip("-");
  const auto month = r.month();
  r.skip("-");
  int year = this_year - this_year % 100 + r.number(2);
  if (year > this_year + 50) year -= 100;
  r.skip(" ");
  const seconds time = r.time_of_day();
  r.skip(" GMT");
  return moment(r, year, month, day, time);
}

/// "Sun Nov  6 08:49:37 1994"
std::optional<sys_seconds> parse_asctime(std::string_view text) {
  Reader r(text);
  r.letters();
  r.skip(" ");
  const auto month = r.month();
  r.skip(" ");
  const int day = r.number(2, true);
  r.skip(" ");
  const seconds time = r.time_of_day();
  r.skip(" ");
  const int year = r.number(4);
  return moment(r, year, month, day, time);
}

std::optional<Duration> parse_seconds(std::string_view text, Duration most) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value, std::chars_format::fixed);
  if (stop != end) return std::nullopt;
  if (error == std::errc::result_out_of_range || value >= to_seconds(most)) return most;
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(value));
}

}  // namespace

std::optional<Duration> parse_retry_after(std::string_view value, WallTime now, Duration most) {
  value = trim(value);
  if (value.empty()) return std::nullopt;
  if (is_digit(value.front())) return parse_seconds(value, most);

  const auto now_seconds = std::chrono::floor<seconds>(now);
  const std::chrono::year_month_day today(std::chrono::floor<std::chrono::days>(now));
  auto when = parse_imf_fixdate(value);
  if (!when) when = parse_rfc850(value, static_cast<int>(today.year()));
  if (!when) when = parse_asctime(value);
  if (!when) return std::nullopt;
  // Compared in seconds: neither the year 9999 nor 1601 fits into nanoseconds.
  const seconds wait = *when - now_seconds;
  if (wait <= seconds::zero()) return Duration::zero();
  return wait >= std::chrono::ceil<seconds>(most) ? most : Duration(wait);
}

}  // namespace together
