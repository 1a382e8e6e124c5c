// Numbers as people write them in a configuration.
#include "exporter/yaml/number.h"

#include <charconv>
#include <string>
#include <system_error>

#include "exporter/yaml/words.h"

namespace together {
namespace {

std::size_t count_digits(std::string_view s) {
  const std::size_t n = s.find_first_not_of("0123456789");
  return n == std::string_view::npos ? s.size() : n;
}

// digits [. digits] [e [+-] digits], and nothing else.
bool is_decimal(std::string_view s) {
  std::size_t n = count_digits(s);
  if (n == 0) return false;
  s.remove_prefix(n);
  if (!s.empty() && s.front() == '.') {
    s.remove_prefix(1);
    n = count_digits(s);
    if (n == 0) return false;
    s.remove_prefix(n);
  }
  if (!s.empty() && (s.front() == 'e' || s.front() == 'E')) {
    s.remove_prefix(1);
    if (!s.empty() && (s.front() == '+' || s.front() == '-')) s.remove_prefix(1);
    n = count_digits(s);
    if (n == 0) return false;
    s.remove_prefix(n);
  }
  return s.empty();
}

}  // namespace

Result<double> parse_number(std::string_view text) {
  if (text.starts_with('-') && is_decimal(text.substr(1))) {
    return fail(in_quotes(text) + " is negative; write 0 or more");
  }
  if (!is_decimal(text)) {
    return fail(in_quotes(text) + " is no number; write it as 64, 0.5 or 200e6");
  }
  const std::size_t integer_digits = count_digits(text);
  if (integer_digits > 1 && text.front() == '0') {
    const std::size_t zeros = std::min(text.find_first_not_of('0'), integer_digits - 1);
    return fail(in_quotes(text) + " starts with a zero; write " + in_quotes(text.substr(zeros)));
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    return fail(in_quotes(text) + " is beyond what a number can hold; write a smaller one");
  }
  return value;
}

}  // namespace together
