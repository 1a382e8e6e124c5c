// Bounded reading of JSON from strangers, and questions to it that never throw.
#include "probes/json/read.h"

#include <charconv>
#include <cmath>
#include <string>

#include "exporter/core/text.h"

namespace together {
namespace {

/// Counts nesting and values outside strings. Exact for every prefix that is JSON, which is all
/// that a parser builds before it stops.
std::optional<Error> over_limits(std::string_view text) {
  std::size_t depth = 0;
  std::size_t values = 1;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
      continue;
    }
    switch (c) {
      case '"': in_string = true; break;
      case '[':
      case '{':
        ++values;
        if (++depth > kMaxJsonDepth) {
          return Error{"the JSON is nested deeper than " + std::to_string(kMaxJsonDepth) +
                       " levels"};
        }
        break;
      case ']':
      case '}':
        if (depth > 0) --depth;
        break;
      case ',':
        if (++values > kMaxJsonValues) {
          return Error{"the JSON holds more than " + std::to_string(kMaxJsonValues) + " values"};
        }
        break;
      default: break;
    }
  }
  return std::nullopt;
}

Json parse_quietly(std::string_view text) { return Json::parse(text, nullptr, false); }

}  // namespace

bool looks_like_html(std::string_view text) { return trim(text).starts_with('<'); }

Result<Json> parse_json(std::string_view text) {
  if (trim(text).empty()) return fail("the body is empty");
  if (looks_like_html(text)) return fail("the body is an HTML page, not JSON");
  if (auto error = over_limits(text)) return tl::make_unexpected(std::move(*error));
  Json json = parse_quietly(text);
  if (json.is_discarded()) {
    const std::string clean = clean_utf8(text, 3 * text.size());
    if (clean != text) json = parse_quietly(clean);
  }
  if (json.is_discarded()) return fail("the body is not JSON, or is cut");
  return json;
}

const Json* member(const Json* value, std::string_view key) {
  if (value == nullptr || !value->is_object()) return nullptr;
  const auto found = value->find(key);
  return found == value->end() ? nullptr : &*found;
}

std::string_view text_of(const Json* value) {
  if (value == nullptr || !value->is_string()) return "";
  return value->get_ref<const std::string&>();
}

std::optional<double> number_of(const Json* value) {
  if (value == nullptr) return std::nullopt;
  double number = 0;
  if (value->is_number()) {
    number = value->get<double>();
  } else {
    const std::string_view text = text_of(value);
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (text.empty() || error != std::errc{} || stop != end) return std::nullopt;
  }
  return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<long long> count_of(const Json* value) {
  constexpr double kMost = 9007199254740992.0;  // 2^53: every whole number up to here is a double
  const auto number = number_of(value);
  if (!number || *number < 0 || *number > kMost || *number != std::floor(*number)) {
    return std::nullopt;
  }
  return static_cast<long long>(*number);
}

}  // namespace together
