// Which form of an answer the client wants.
#include "exporter/web/negotiate.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "exporter/core/text.h"

namespace together {
namespace {

/// Takes what stands before the next separator off the front, trimmed.
std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view piece = trim(text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
  return piece;
}

std::string_view unquoted(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    return text.substr(1, text.size() - 2);
  }
  return text;
}

/// What is no weight between 0 and 1 counts as 0: nothing is forced on a client we cannot read.
double parse_weight(std::string_view text) {
  double weight = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, weight, std::chars_format::fixed);
  return error == std::errc() && stop == end && weight > 0 && weight <= 1 ? weight : 0;
}

/// One entry of a list such as `a/b;version=1;q=0.5`.
struct Choice {
  std::string_view name;
  std::string_view version;
  double weight = 1;
};

Choice parse_choice(std::string_view text) {
  Choice choice;
  choice.name = take_until(text, ';');
  while (!text.empty()) {
    std::string_view parameter = take_until(text, ';');
    const std::string_view key = take_until(parameter, '=');
    const std::string_view value = unquoted(trim(parameter));
    if (equals_ignoring_case(key, "q")) choice.weight = parse_weight(value);
    if (equals_ignoring_case(key, "version")) choice.version = value;
  }
  return choice;
}

/// 3 for the exact media type, 1 for the widest wildcard that holds text/plain, 0 for no match.
int text_precision(const Choice& choice) {
  if (equals_ignoring_case(choice.name, "text/plain")) {
    return choice.version.empty() || choice.version == "0.0.4" ? 3 : 0;
  }
  if (equals_ignoring_case(choice.name, "text/*")) return 2;
  return choice.name == "*/*" ? 1 : 0;
}

bool is_openmetrics(const Choice& choice) {
  return equals_ignoring_case(choice.name, "application/openmetrics-text") &&
         (choice.version.empty() || choice.version == "1.0.0" || choice.version == "0.0.1");
}

}  // namespace

bool prefers_openmetrics(std::string_view accept) {
  double openmetrics = 0;
  double text = 0;
  int precision = 0;
  while (!accept.empty()) {
    const Choice choice = parse_choice(take_until(accept, ','));
    if (is_openmetrics(choice)) openmetrics = std::max(openmetrics, choice.weight);
    const int now = text_precision(choice);
    if (now > precision) {
      precision = now;
      text = choice.weight;
    } else if (now == precision && now > 0) {
      text = std::max(text, choice.weight);
    }
  }
  return openmetrics > 0 && openmetrics >= text;
}

bool accepts_gzip(std::string_view accept_encoding) {
  double any = 0;
  while (!accept_encoding.empty()) {
    const Choice choice = parse_choice(take_until(accept_encoding, ','));
    if (equals_ignoring_case(choice.name, "gzip")) return choice.weight > 0;
    if (choice.name == "*") any = choice.weight;
  }
  return any > 0;
}

}  // namespace together
