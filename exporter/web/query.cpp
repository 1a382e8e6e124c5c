// The query of a URL.
#include "exporter/web/query.h"

#include <algorithm>

#include "exporter/core/text.h"

namespace together {
namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";
constexpr std::size_t kShownBytes = 100;

std::size_t hex_value(char c) {
  return kHexDigits.find(c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c);
}

Result<std::string> decoded(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      plain += text[at] == '+' ? ' ' : text[at];
      continue;
    }
    const auto high = at + 2 < text.size() ? hex_value(text[at + 1]) : std::string::npos;
    const auto low = at + 2 < text.size() ? hex_value(text[at + 2]) : std::string::npos;
    if (high == std::string::npos || low == std::string::npos) {
      return fail("two hex digits belong behind every % of the query: " +
                  one_line(text, kShownBytes));
    }
    plain += static_cast<char>(high * 16 + low);
    at += 2;
  }
  return plain;
}

}  // namespace

Result<QueryParameters> parse_query(std::string_view query) {
  QueryParameters parameters;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const auto part = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (part.empty()) continue;
    const auto equals = std::min(part.find('='), part.size());
    auto name = decoded(part.substr(0, equals));
    auto value = decoded(part.substr(std::min(equals + 1, part.size())));
    if (!name) return tl::make_unexpected(name.error());
    if (!value) return tl::make_unexpected(value.error());
    for (const auto& [known, _] : parameters) {
      if (known == *name) return fail("\"" + one_line(*name, kShownBytes) + "\" is given twice");
    }
    parameters.emplace_back(std::move(*name), std::move(*value));
  }
  return parameters;
}

}  // namespace together
