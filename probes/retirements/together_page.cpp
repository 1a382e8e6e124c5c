// Together's page on deprecations.
#include "probes/retirements/together_page.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

#include "exporter/core/text.h"
#include "probes/retirements/columns.h"
#include "probes/retirements/date.h"
#include "probes/retirements/markdown.h"

namespace together {
namespace {

constexpr std::size_t kShownBytes = 80;
constexpr std::array<std::string_view, 7> kAboutRemovals{
    "deprecat", "remov", "retire", "scheduled", "planned", "upcoming", "history"};

/// Ids are of letters, digits and /-._, with a / or - inside; "Notes on model support:", "N/A",
/// "TBD" and a date are none.
bool is_id(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto belongs = [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') ||
           std::string_view("/-._").find(c) != std::string_view::npos;
  };
  const auto inside = name.substr(0, name.size() - std::min<std::size_t>(name.size(), 1));
  return is_name(name) && std::all_of(name.begin(), name.end(), belongs) &&
         std::any_of(name.begin(), name.end(), is_letter) &&
         inside.find_first_of("/-", 1) != std::string_view::npos &&
         !equals_ignoring_case(name, "n/a");
}

/// A bare "Date" says nothing: a heading below the page's title must say what it is about.
bool is_about_removals(const MarkdownTable& table, const Columns& columns) {
  if (!equals_ignoring_case(table.header[*columns.date], "date")) return true;
  const auto& headings = table.headings;
  return std::any_of(headings.begin() + (headings.size() > 1 ? 1 : 0), headings.end(),
                     [](const std::string& heading) {
                       return std::any_of(
                           kAboutRemovals.begin(), kAboutRemovals.end(),
                           [&](std::string_view word) { return mentions(heading, word); });
                     });
}

void read_redirects(const MarkdownTable& table, std::size_t from, std::size_t to,
                    RetirementRows& into) {
  for (const auto& row : table.rows) {
    if (is_name(row[from]) && is_name(row[to])) into.redirects.push_back({row[from], row[to]});
  }
}

/// How many of the rows have a day.
int read_removals(const MarkdownTable& table, const Columns& columns, RetirementRows& into) {
  int dated = 0;
  const Surface surface = surface_of(table, *columns.model);
  for (const auto& row : table.rows) {
    const std::string& model = row[*columns.model];
    const auto date = read_date(row[*columns.date]);
    if (!is_id(model)) {
      if (date || !model.empty()) ++into.unreadable;
      continue;
    }
    if (date) ++dated;
    const std::string replacement = columns.replacement ? row[*columns.replacement] : "";
    into.rows.push_back({model, surface, date, is_id(replacement) ? replacement : ""});
  }
  return dated;
}

std::string where(const MarkdownTable& table) {
  return "the table under \"" + one_line(table.headings.back(), kShownBytes) + "\"";
}

}  // namespace

ParsedRows read_together_page(std::string_view page) {
  const auto tables = read_tables(page);
  if (!tables) return tl::make_unexpected(tables.error());
  RetirementRows read;
  std::vector<const MarkdownTable*> missed;
  std::set<std::vector<std::string>> sections;  // those with a table that was read
  for (const auto& table : *tables) {
    const auto from = column_with(table.header, "original model");
    const auto to = column_with(table.header, "redirects to");
    const Columns columns = english_columns(table.header);
    const bool is_history = is_under(table, "history");
    if (from && to) {
      read_redirects(table, *from, *to, read);
    } else if (columns.model && columns.date && is_about_removals(table, columns)) {
      const int dated = read_removals(table, columns, read);
      if (is_history && dated == 0) return fail(where(table) + " has no row that can be read");
      sections.insert(table.headings);
    } else if (is_history) {
      missed.push_back(&table);
    }
  }
  // A history is never empty: where it is not understood, the page must not pass for a short one.
  for (const auto* table : missed) {
    if (!sections.contains(table->headings)) {
      return fail(where(*table) + " has no column of models or none of dates");
    }
  }
  const bool any = std::any_of(read.rows.begin(), read.rows.end(), [](const Retirement& row) {
    return row.surface == Surface::kInference;
  });
  if (!any) {
    return fail("no inference rows: the page has " + std::to_string(tables->size()) +
                " tables, and in them " + std::to_string(read.unreadable) +
                " rows that cannot be read");
  }
  return read;
}

}  // namespace together
