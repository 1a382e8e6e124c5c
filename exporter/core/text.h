// Text from strangers: made safe to pass on, trimmed, compared without case.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace together {

/// Valid UTF-8 of at most `max_bytes`, cut at a character; each invalid byte becomes U+FFFD.
/// For label values: Prometheus refuses a whole scrape for one bad byte.
std::string clean_utf8(std::string_view text, std::size_t max_bytes);

/// One printable line of at most `max_bytes` for logs and messages: clean UTF-8 with control
/// characters as spaces.
std::string one_line(std::string_view text, std::size_t max_bytes);

/// ASCII letters in lower case; every other byte as it is, in any locale.
std::string lower_ascii(std::string_view text);

/// True where the two differ at most in the case of ASCII letters.
bool equals_ignoring_case(std::string_view a, std::string_view b);

/// What `trim` takes off.
inline constexpr std::string_view kBlanks = " \t\r\n";

/// Without the spaces, tabs and line ends around it. Lives: a part of `text`.
std::string_view trim(std::string_view text);

}  // namespace together
