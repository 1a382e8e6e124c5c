// One .gitignore file.
#include "exporter/scan/ignore_file.h"

#include <algorithm>
#include <utility>

namespace together {
namespace {

constexpr std::size_t kMaxLineBytes = 4096;

std::string_view without_trailing_blanks(std::string_view line) {
  std::size_t end = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == ' ') continue;
    if (line[at] == '\\') ++at;  // what follows is kept, also a blank
    end = at + 1;
  }
  return line.substr(0, end);
}

}  // namespace

IgnoreFile::IgnoreFile(std::string_view text, std::string folder) : folder_(std::move(folder)) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with('#') || line.size() > kMaxLineBytes) continue;
    line = line.substr(0, line.find('\0'));  // as far as git reads it
    if (auto read = read_line(without_trailing_blanks(line))) lines_.push_back(std::move(*read));
  }
}

std::optional<IgnoreFile::Line> IgnoreFile::read_line(std::string_view text) {
  Line line;
  line.negated = text.starts_with('!');
  if (line.negated) text.remove_prefix(1);
  line.only_directories = text.ends_with('/');
  if (line.only_directories) text.remove_suffix(1);
  line.anchored = text.find('/') != std::string_view::npos;
  if (text.starts_with('/')) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  const auto wildcard = text.find_first_of("*?[\\");
  line.literal = text.substr(0, wildcard);
  if (wildcard != std::string_view::npos) {
    // git, too, looks at the rest alone: in `a**` the stars stand at its start, and match slashes.
    if (!line.anchored) line.literal.clear();
    line.rest.emplace(line.anchored ? text.substr(wildcard) : text,
                      line.anchored ? Glob::Text::kPath : Glob::Text::kName);
  }
  return line;
}

std::optional<bool> IgnoreFile::ignores(std::string_view path, bool is_directory) const {
  const auto below = path.substr(folder_.size());
  const auto name = path.substr(path.rfind('/') + 1);
  for (auto line = lines_.rbegin(); line != lines_.rend(); ++line) {
    if (line->only_directories && !is_directory) continue;
    const auto text = line->anchored ? below : name;
    if (!text.starts_with(line->literal)) continue;
    const auto rest = text.substr(line->literal.size());
    if (line->rest ? line->rest->matches(rest) : rest.empty()) return !line->negated;
  }
  return std::nullopt;
}

}  // namespace together
