// Models that a message names.
#include "probes/warnings/named_model.h"

#include <algorithm>

#include "exporter/core/text.h"

namespace together {
namespace {

constexpr std::size_t kMostBytes = 128;
constexpr std::size_t kMostNamed = 4;

bool is_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_part_of_id(char c) { return is_alnum(c) || c == '-' || c == '_' || c == '.' || c == '/'; }

bool is_model_id(std::string_view word) {
  const std::size_t slash = word.find('/');
  if (slash == std::string_view::npos || slash == 0 || word.size() > kMostBytes) return false;
  const std::string_view name = word.substr(slash + 1);
  if (name.empty() || name.find('/') != std::string_view::npos) return false;
  if (!is_alnum(word.front()) || !is_alnum(name.front())) return false;
  return name.find_first_of("0123456789-") != std::string_view::npos;
}

}  // namespace

std::vector<std::string> models_named_in(std::string_view text, std::string_view asked) {
  std::vector<std::string> named;
  for (std::size_t at = 0; at < text.size() && named.size() < kMostNamed;) {
    // A whole address is one word, so that its path is not taken for an id.
    const std::size_t end = std::min(text.find_first_of(" \t\r\n\"'`,;()<>[]{}", at), text.size());
    std::string_view word = text.substr(at, end - at);
    at = end + 1;
    while (word.ends_with('.') || word.ends_with(':')) word.remove_suffix(1);
    if (!std::all_of(word.begin(), word.end(), is_part_of_id) || !is_model_id(word)) continue;
    if (equals_ignoring_case(word, asked)) continue;
    if (std::find(named.begin(), named.end(), word) == named.end()) named.emplace_back(word);
  }
  return named;
}

}  // namespace together
