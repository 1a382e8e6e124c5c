// Any Markdown page with a table of models and dates.
#include "probes/retirements/markdown_table.h"

#include <algorithm>

#include "probes/retirements/columns.h"
#include "probes/retirements/date.h"
#include "probes/retirements/markdown.h"

namespace together {
namespace {

Columns columns_of(const MarkdownTable& table, const std::map<std::string, std::string>& named) {
  Columns columns = english_columns(table.header);
  const auto use = [&](const char* key, std::optional<std::size_t>& column) {
    if (const auto name = named.find(key); name != named.end()) {
      column = column_named(table.header, name->second);
    }
  };
  use("model", columns.model);
  use("date", columns.date);
  use("replacement", columns.replacement);
  return columns;
}

/// A name with nothing beside it is a remark.
bool says_more_than(const std::vector<std::string>& row, const std::string& cell) {
  return std::any_of(row.begin(), row.end(),
                     [&](const std::string& other) { return &other != &cell && !other.empty(); });
}

void read_rows(const MarkdownTable& table, const Columns& columns, RetirementRows& into) {
  const Surface surface = surface_of(table, *columns.model);
  for (const auto& row : table.rows) {
    const std::string& model = row[*columns.model];
    if (!is_name(model) || !says_more_than(row, model)) {
      if (says_more_than(row, "")) ++into.unreadable;
      continue;
    }
    const std::string replacement = columns.replacement ? row[*columns.replacement] : "";
    into.rows.push_back(
        {model, surface, read_date(row[*columns.date]), is_name(replacement) ? replacement : ""});
  }
}

}  // namespace

ParsedRows read_markdown_table(std::string_view page,
                               const std::map<std::string, std::string>& columns) {
  const auto tables = read_tables(page);
  if (!tables) return tl::make_unexpected(tables.error());
  RetirementRows read;
  bool found_any = false;
  for (const auto& table : *tables) {
    const Columns found = columns_of(table, columns);
    if (!found.model || !found.date || found.model == found.date) continue;
    found_any = true;
    read_rows(table, found, read);
  }
  if (!found_any) return fail("the page has no table with a column of models and one of dates");
  if (read.rows.empty()) return fail("the tables of models and dates name no model");
  if (std::none_of(read.rows.begin(), read.rows.end(),
                   [](const Retirement& row) { return row.date.has_value(); })) {
    return fail(
        "none of the dates can be read: write them as 2025-04-30, April 30, 2025 or "
        "2025 年 4 月 30 日");
  }
  return read;
}

}  // namespace together
