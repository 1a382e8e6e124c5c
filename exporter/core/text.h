// Text from strangers, made safe to pass on.
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

}  // namespace together
