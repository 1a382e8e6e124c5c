// The part of the status page that tells who goes when, and who says so.
#include "exporter/web/retirement_tables.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "exporter/web/html.h"
#include "exporter/web/html_table.h"
#include "exporter/web/status_runbooks.h"

namespace together {
namespace {

std::string html_day(Day day) {
  const std::string iso = format_day(day);
  return "<time datetime=\"" + iso + "\">" + iso + "</time>";
}

/// "in 12 d", "today", "3 d ago".
std::string html_distance(Day day, WallTime now) {
  const auto days = (day - day_of_time(now)).count();
  if (days == 0) return "today";
  return days > 0 ? "in " + std::to_string(days) + " d" : std::to_string(-days) + " d ago";
}

std::string surface_text(const std::string& surface) {
  return surface == "fine_tuning" ? "fine-tuning" : html_text(surface);
}

/// The name, with the state where the replacement is known.
std::string replacement_text(const StatusView::Model& model, const std::string& replacement) {
  const auto known = std::find_if(model.replacements.begin(), model.replacements.end(),
                                  [&](const auto& one) { return one.id == replacement; });
  if (known == model.replacements.end()) return html_text(replacement);
  return html_text(replacement) + " " + state_badge(known->state);
}

using Row = std::pair<const StatusView::Model*, const StatusView::Retirement*>;

std::vector<Row> rows_by_date(const StatusView& view) {
  const Day today = day_of_time(view.now);
  std::vector<Row> rows;
  for (const auto& model : view.models) {
    for (const auto& retirement : model.retirements) {
      if (!is_settled(model, retirement, today)) rows.emplace_back(&model, &retirement);
    }
  }
  const auto key = [&](const Row& row) {
    return std::tuple(row.second->date < today, row.second->date, std::string_view(row.first->id));
  };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const Row& a, const Row& b) { return key(a) < key(b); });
  return rows;
}

std::string source_status(const StatusView::Source& source) {
  return source.up ? "<span class=\"state available\">up</span>"
                   : "<span class=\"state suspect\">not up</span> " +
                         runbook_link("TogetherRetirementSourceBroken");
}

/// The alert that warns of the date; "" where none does yet.
std::string_view alert_of(const StatusView::Model& model, const StatusView::Retirement& retirement,
                          Day today) {
  const bool is_gone = model.state == "removed" || model.state == "redirected";
  if (retirement.date > today + kRetirementNear || is_gone) return "";
  if (retirement.surface != "inference") {
    return retirement.date >= today ? "TogetherFineTuningModelRetired" : "";
  }
  if (retirement.date >= today) return "TogetherRetirementScheduled";
  return answers(model) ? "TogetherRetirementOverdue" : "";
}

/// The date, how far it is, whether it is overdue, and what to do.
std::string date_text(const StatusView::Model& model, const StatusView::Retirement& retirement,
                      WallTime now) {
  const Day today = day_of_time(now);
  const std::string_view alert = alert_of(model, retirement, today);
  std::string out = html_day(retirement.date) + ", " + html_distance(retirement.date, now);
  if (alert == "TogetherRetirementOverdue") out += ", <b>overdue</b>";
  if (!alert.empty()) out += " " + runbook_link(alert);
  return out;
}

std::string replacement_item(const StatusView::Replacement& replacement) {
  std::string out =
      "replacement " + html_text(replacement.id) + " " + state_badge(replacement.state);
  if (replacement.state != "available" && replacement.state != "unknown") {
    out += " " + runbook_link("TogetherReplacementUnavailable");
  }
  return out;
}

}  // namespace

std::string retirement_cell(const StatusView::Model& model, WallTime now) {
  std::string out;
  if (const auto* next = next_retirement(model, day_of_time(now))) {
    out += date_text(model, *next, now) + "<div class=\"dim\">" + surface_text(next->surface) +
           ", says " + html_text(next->source) + "</div>";
  }
  std::vector<std::string> items;
  for (const auto& replacement : model.replacements) items.push_back(replacement_item(replacement));
  out += short_list(items);
  if (!model.successor.empty()) {
    out += "<div class=\"dim\">nearest that answers: " + html_text(model.successor) + "</div>";
  }
  return out;
}

std::string retirement_table(const StatusView& view) {
  std::string out = table_start("retirements", "Next retirements",
                                {"Model", "Date", "Surface", "Source", "Replacement", "State now"});
  const auto rows = rows_by_date(view);
  const std::size_t shown = std::min(rows.size(), kRetirementRows);
  for (std::size_t i = 0; i < shown; ++i) {
    const auto& [model, retirement] = rows[i];
    out += "<tr>" + row_head(html_text(model->id)) +
           cell("Date", date_text(*model, *retirement, view.now)) +
           cell("Surface", surface_text(retirement->surface)) +
           cell("Source", html_text(retirement->source)) +
           cell("Replacement", replacement_text(*model, retirement->replacement)) +
           cell("State now", state_badge(model->state)) + "</tr>\n";
  }
  if (rows.empty()) out += empty_row(6, "No source names a day to come for a tracked model.");
  out.append(kTableEnd);
  out += rest_line(shown, rows.size(), "/api/v1/models") + "<p class=\"dim\">" +
         html_link("Subscribe to them as a calendar", "/api/v1/retirements.ics") + "</p>\n";
  return out.append(kSectionEnd);
}

std::string source_table(const StatusView& view) {
  std::string out =
      table_start("sources", "Sources",
                  {"Source", "Status", "Rows", "Redirects", "Last good answer", "Trouble"});
  for (const auto& source : view.sources) {
    out += "<tr>" + row_head(html_text(source.name)) + cell("Status", source_status(source)) +
           cell("Rows", std::to_string(source.rows)) +
           cell("Redirects", std::to_string(source.redirects)) +
           cell("Last good answer", html_age(source.last_success, view.now)) +
           cell("Trouble", html_text(source.trouble)) + "</tr>\n";
  }
  if (view.sources.empty()) {
    out += empty_row(6, "No retirement source is configured: removal dates are not known.");
  }
  return out.append(kTableEnd).append(kSectionEnd);
}

}  // namespace together
