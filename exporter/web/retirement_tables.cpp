// The part of the status page that tells who goes when, and who says so.
#include "exporter/web/retirement_tables.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "exporter/web/html.h"
#include "exporter/web/html_table.h"

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

/// Requires: not empty, and by date.
const StatusView::Retirement& next_of(const std::vector<StatusView::Retirement>& retirements,
                                      WallTime now) {
  const auto next = std::find_if(retirements.begin(), retirements.end(),
                                 [&](const auto& one) { return one.date >= day_of_time(now); });
  return next == retirements.end() ? retirements.back() : *next;
}

/// The name, with the state where the replacement is known.
std::string replacement_text(const StatusView::Model& model, const std::string& replacement) {
  const auto known = std::find_if(model.replacements.begin(), model.replacements.end(),
                                  [&](const auto& one) { return one.id == replacement; });
  if (known == model.replacements.end()) return html_text(replacement);
  return html_text(replacement) + " " + state_badge(known->state);
}

using Row = std::pair<const StatusView::Model*, const StatusView::Retirement*>;

bool answers(const StatusView::Model& model) {
  return model.state == "available" || model.state == "throttled";
}

/// What has gone on its day is no news, and of fine-tuning nothing is known but the day.
bool is_settled(const StatusView::Model& model, const StatusView::Retirement& retirement) {
  return model.state == "removed" || model.state == "redirected" ||
         retirement.surface != "inference";
}

std::vector<Row> rows_by_date(const StatusView& view) {
  const Day today = day_of_time(view.now);
  std::vector<Row> rows;
  for (const auto& model : view.models) {
    for (const auto& retirement : model.retirements) {
      if (retirement.date >= today || !is_settled(model, retirement)) {
        rows.emplace_back(&model, &retirement);
      }
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
                   : "<span class=\"state suspect\">not up</span>";
}

}  // namespace

std::string retirement_cell(const StatusView::Model& model, WallTime now) {
  std::string out;
  if (!model.retirements.empty()) {
    const auto& next = next_of(model.retirements, now);
    out += html_day(next.date) + ", " + html_distance(next.date, now) + "<div class=\"dim\">" +
           surface_text(next.surface) + ", says " + html_text(next.source) + "</div>";
  }
  if (!model.replacements.empty()) {
    out += "<ul>";
    for (const auto& replacement : model.replacements) {
      out += "<li>replacement " + html_text(replacement.id) + " " + state_badge(replacement.state) +
             "</li>";
    }
    out += "</ul>";
  }
  if (!model.successor.empty()) {
    out += "<div class=\"dim\">nearest that answers: " + html_text(model.successor) + "</div>";
  }
  return out;
}

std::string retirement_table(const StatusView& view) {
  std::string out = table_start("Next retirements",
                                {"Model", "Date", "Surface", "Source", "Replacement", "State now"});
  const auto rows = rows_by_date(view);
  for (const auto& [model, retirement] : rows) {
    const bool overdue = retirement->date < day_of_time(view.now) && answers(*model);
    std::string when =
        html_day(retirement->date) + ", " + html_distance(retirement->date, view.now);
    if (overdue) when += ", <b>overdue</b>";
    out += "<tr>" + row_head(html_text(model->id)) + cell("Date", when) +
           cell("Surface", surface_text(retirement->surface)) +
           cell("Source", html_text(retirement->source)) +
           cell("Replacement", replacement_text(*model, retirement->replacement)) +
           cell("State now", state_badge(model->state)) + "</tr>\n";
  }
  if (rows.empty()) out += empty_row(6, "No source names a day to come for a tracked model.");
  out.append(kTableEnd);
  return out + "<p class=\"dim\">" +
         html_link("Subscribe to them as a calendar", "/api/v1/retirements.ics") + "</p>\n";
}

std::string source_table(const StatusView& view) {
  std::string out = table_start(
      "Sources", {"Source", "Status", "Rows", "Redirects", "Last good answer", "Trouble"});
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
  return out.append(kTableEnd);
}

}  // namespace together
