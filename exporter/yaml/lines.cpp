// A text by its lines: what a parser's marks leave to be found out.
#include "exporter/yaml/lines.h"

#include <algorithm>

#include "exporter/core/text.h"

namespace together {
namespace {

constexpr std::string_view kBlank = " \t\r";

bool is_blank(std::string_view text) {
  return text.find_first_not_of(kBlank) == std::string_view::npos;
}

bool says_nothing(std::string_view line) {
  const std::size_t first = line.find_first_not_of(kBlank);
  return first == std::string_view::npos || line[first] == '#';
}

int line_at(std::string_view text, std::string_view::const_iterator at) {
  return 1 + static_cast<int>(std::count(text.begin(), at, '\n'));
}

}  // namespace

Lines::Lines(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines_.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

int Lines::count() const { return std::max(static_cast<int>(lines_.size()), 1); }

int Lines::of_empty_value(int line, int column) const {
  auto at = std::min(static_cast<std::size_t>(std::max(line, 0)), lines_.size());
  const auto before_mark = static_cast<std::size_t>(std::max(column, 0));
  if (at < lines_.size() && !is_blank(lines_[at].substr(0, before_mark))) {
    return static_cast<int>(at) + 1;
  }
  while (at > 0 && says_nothing(lines_[at - 1])) --at;
  return std::max(static_cast<int>(at), 1);
}

std::optional<BadByte> find_bad_byte(std::string_view text) {
  const std::string clean = clean_utf8(text, std::string::npos);
  const auto bad = std::mismatch(text.begin(), text.end(), clean.begin(), clean.end()).first;
  if (bad != text.end()) {
    return BadByte{line_at(text, bad), "found bytes that are not UTF-8; save the file as UTF-8"};
  }
  const auto control = std::find_if(text.begin(), text.end(), [](char c) {
    const bool blank = c == '\t' || c == '\n' || c == '\r';
    return (static_cast<unsigned char>(c) < 0x20 && !blank) || c == 0x7F;
  });
  if (control == text.end()) return std::nullopt;
  return BadByte{line_at(text, control), "found a control character; remove it"};
}

}  // namespace together
