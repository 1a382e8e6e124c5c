// Bounded reading of JSON from strangers, and questions to it that never throw.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include <nlohmann/json.hpp>

#include "exporter/core/result.h"

namespace together {

using Json = nlohmann::json;

inline constexpr std::size_t kMaxJsonDepth = 64;
inline constexpr std::size_t kMaxJsonValues = 500'000;  ///< some 50 MB as a DOM

/// Total over any bytes. Invalid UTF-8 inside strings becomes U+FFFD; integers above int64 stay
/// unsigned or become doubles. Errors: empty, a page of HTML, not JSON, nested deeper than
/// `kMaxJsonDepth` or more than `kMaxJsonValues` values; both limits hold before a DOM is built.
Result<Json> parse_json(std::string_view text);

/// True where the first printable character opens a tag.
bool looks_like_html(std::string_view text);

/// The member of that name; null where `value` is null, no object, or has no such member.
const Json* member(const Json* value, std::string_view key);

/// A string's text, else "". Valid as long as `value` is.
std::string_view text_of(const Json* value);

/// A finite number, also one written as a string.
std::optional<double> number_of(const Json* value);

/// A whole number from 0 to 2^53, also one written as a string.
std::optional<long long> count_of(const Json* value);

}  // namespace together
