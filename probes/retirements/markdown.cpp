// Tables in Markdown.
#include "probes/retirements/markdown.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "exporter/core/text.h"

namespace together {
namespace {

constexpr std::size_t kMostColumns = 64;
constexpr std::size_t kMostRows = 10'000;
constexpr std::size_t kMostCellBytes = 1024;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr std::string_view kPunctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return trim(line);
}

/// The text of the `[text](target)` that `cell` begins with, and the bytes that all of it takes.
std::optional<std::pair<std::string_view, std::size_t>> link_at_front(std::string_view cell) {
  if (!cell.starts_with('[')) return std::nullopt;
  const auto close = cell.find("](");
  if (close == std::string_view::npos) return std::nullopt;
  const auto end = cell.find(')', close);
  if (end == std::string_view::npos) return std::nullopt;
  return std::pair(cell.substr(1, close - 1), end + 1);
}

void append_plain(std::string_view cell, std::string& to) {
  while (!cell.empty()) {
    std::size_t taken = 1;
    if (cell.size() > 1 && cell[0] == '\\' && kPunctuation.find(cell[1]) != std::string::npos) {
      to += cell[1];
      taken = 2;
    } else if (cell.starts_with(kNoBreakSpace)) {
      to += ' ';
      taken = kNoBreakSpace.size();
    } else if (const auto link = link_at_front(cell)) {
      append_plain(link->first, to);  // no deeper: what it holds has no "]("
      taken = link->second;
    } else if (cell[0] != '`' && cell[0] != '*') {
      to += cell[0];
    }
    cell.remove_prefix(taken);
  }
}

std::string plain(std::string_view cell) {
  std::string text;
  append_plain(cell.substr(0, kMostCellBytes), text);
  return std::string(trim(text));
}

/// The cells of a line, raw. An escaped pipe does not end a cell; the outer pipes may be missing.
std::vector<std::string_view> split(std::string_view line) {
  if (line.starts_with('|')) line.remove_prefix(1);
  std::vector<std::string_view> cells;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '\\') {
      ++at;
    } else if (line[at] == '|') {
      cells.push_back(trim(line.substr(begin, at - begin)));
      begin = at + 1;
    }
  }
  if (begin < line.size()) cells.push_back(trim(line.substr(begin)));
  return cells;
}

bool is_delimiter(std::string_view line, std::size_t columns) {
  if (line.find('-') == std::string_view::npos || line.find('|') == std::string_view::npos) {
    return false;
  }
  const auto cells = split(line);
  return cells.size() == columns && std::all_of(cells.begin(), cells.end(), [](auto cell) {
           if (cell.starts_with(':')) cell.remove_prefix(1);
           if (cell.ends_with(':')) cell.remove_suffix(1);
           return !cell.empty() && cell.find_first_not_of('-') == std::string_view::npos;
         });
}

/// 1 to 6 for a heading, else 0.
std::size_t heading_level(std::string_view line) {
  const std::size_t level = std::min(line.find_first_not_of('#'), line.size());
  const bool is_heading = level >= 1 && level <= 6 && line.size() > level && line[level] == ' ';
  return is_heading ? level : 0;
}

std::vector<std::string> plain_cells(std::string_view line, std::size_t columns) {
  std::vector<std::string> cells;
  for (const auto cell : split(line)) {
    if (cells.size() < columns) cells.push_back(plain(cell));
  }
  cells.resize(columns);
  return cells;
}

/// Follows code blocks and comments: the lines that only look like Markdown.
class Hidden {
 public:
  /// Whether the line belongs to one. Lines come one by one, in order.
  bool takes(std::string_view line) {
    if (!end_of_comment_.empty()) {
      if (line.find(end_of_comment_) != std::string_view::npos) end_of_comment_ = {};
      return true;
    }
    const std::size_t length = fence_length(line);
    if (!fence_.empty()) {
      const bool closes = length == line.size() && length >= fence_.size() && line[0] == fence_[0];
      if (closes) fence_ = {};
      return true;
    }
    if (length > 0) {
      fence_ = line.substr(0, length);
      return true;
    }
    return opens_comment(line, "<!--", "-->") || opens_comment(line, "{/*", "*/}");
  }

 private:
  /// 0 where the line is no fence. `a` in back quotes may stand at the start of a line too.
  static std::size_t fence_length(std::string_view line) {
    if (!line.starts_with("```") && !line.starts_with("~~~")) return 0;
    const std::size_t length = std::min(line.find_first_not_of(line[0]), line.size());
    const bool is_text = line[0] == '`' && line.substr(length).find('`') != std::string_view::npos;
    return is_text ? 0 : length;
  }

  bool opens_comment(std::string_view line, std::string_view begin, std::string_view end) {
    if (!line.starts_with(begin)) return false;
    if (line.find(end, begin.size()) == std::string_view::npos) end_of_comment_ = end;
    return true;
  }

  std::string_view fence_;           ///< what opened the code block
  std::string_view end_of_comment_;  ///< what will close the comment
};

}  // namespace

Result<std::vector<MarkdownTable>> read_tables(std::string_view page) {
  std::vector<MarkdownTable> tables;
  std::vector<std::pair<std::size_t, std::string>> above;  // level, text
  std::string_view before;                                 // the line that may be a header
  Hidden hidden;
  bool in_table = false;
  std::size_t rows = 0;
  if (page.starts_with(kByteOrderMark)) page.remove_prefix(kByteOrderMark.size());
  while (!page.empty()) {
    const std::string_view line = take_line(page);
    const std::string_view header = std::exchange(before, {});
    if (hidden.takes(line)) continue;
    if (const std::size_t level = heading_level(line)) {
      while (!above.empty() && above.back().first >= level) above.pop_back();
      above.emplace_back(level, plain(line.substr(level)));
      in_table = false;
      continue;
    }
    in_table = in_table && line.find('|') != std::string_view::npos;
    const std::size_t columns = in_table ? 0 : split(header).size();
    const bool begins = columns > 0 && columns <= kMostColumns && is_delimiter(line, columns);
    if ((begins || in_table) && ++rows > kMostRows) {
      return fail("the page has tables of more than " + std::to_string(kMostRows) + " rows");
    }
    if (in_table) {
      tables.back().rows.push_back(plain_cells(line, tables.back().header.size()));
    } else if (begins) {
      MarkdownTable table;
      for (const auto& [level, text] : above) table.headings.push_back(text);
      table.header = plain_cells(header, columns);
      tables.push_back(std::move(table));
      in_table = true;
    } else if (line.find('|') != std::string_view::npos) {
      before = line;
    }
  }
  return tables;
}

}  // namespace together
