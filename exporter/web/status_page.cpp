// The status page: HTML made on the server, without a script.
#include "exporter/web/status_page.h"

#include <algorithm>

#include "exporter/core/duration.h"
#include "exporter/web/html.h"
#include "exporter/web/html_table.h"
#include "exporter/web/retirement_tables.h"
#include "exporter/web/status_style.h"

namespace together {
namespace {

constexpr std::size_t kEventRows = 50;

std::string state_cell(const StatusView::Model& model, WallTime now) {
  std::string out = state_badge(model.state);
  if (!model.reason.empty()) out += " " + html_text(model.reason);
  if (model.state_since) {
    out += "<div class=\"dim\">since " + html_age(model.state_since, now) + "</div>";
  }
  for (std::size_t i = 0; i < model.nearest.size(); ++i) {
    out += (i == 0 ? "<div>Did you mean " : " or ") + html_text(model.nearest[i]);
  }
  if (!model.nearest.empty()) out += "?</div>";
  return out;
}

std::string fallback_cell(const StatusView::Model& model) {
  if (model.fallbacks.empty()) return "";
  std::string out = "<ul>";
  for (const auto& fallback : model.fallbacks) {
    out += "<li>" + html_text(fallback.id) + " " + state_badge(fallback.state) + "</li>";
  }
  return out + "</ul>";
}

std::string price_cell(const StatusView::Model& model) {
  const auto& in = model.input_usd_per_million_tokens;
  const auto& out = model.output_usd_per_million_tokens;
  if (!in && !out) return "";
  return "<span class=\"num\">" + (in ? dollars(*in) : "?") + " / " + (out ? dollars(*out) : "?") +
         "</span>";
}

std::string probe_cell(const StatusView::Model& model, WallTime now) {
  if (model.probes.empty()) return "";
  std::string out = "<ul>";
  for (const auto& result : model.probes) {
    out += "<li>" + html_text(result.probe) + ": <b>" + html_text(result.outcome) + "</b>";
    if (result.at) out += " <span class=\"dim\">" + html_age(result.at, now) + "</span>";
    if (!result.detail.empty()) out += "<div class=\"dim\">" + html_text(result.detail) + "</div>";
    out += "</li>";
  }
  return out + "</ul>";
}

std::string model_table(const StatusView& view) {
  std::string out =
      table_start("Tracked models", {"Model", "State", "Last served", "Retirement", "Fallbacks",
                                     "USD per million tokens, in / out", "Last looks"});
  for (const auto* model : by_attention(view.models)) {
    out += "<tr>" + row_head(html_text(model->id)) + cell("State", state_cell(*model, view.now)) +
           cell("Last served", html_age(model->last_served, view.now)) +
           cell("Retirement", retirement_cell(*model, view.now)) +
           cell("Fallbacks", fallback_cell(*model)) +
           cell("USD per million tokens, in / out", price_cell(*model)) +
           cell("Last looks", probe_cell(*model, view.now)) + "</tr>\n";
  }
  if (view.models.empty()) out += empty_row(7, "The configuration tracks no model.");
  return out.append(kTableEnd);
}

/// The newest; /api/v1/events has them all.
std::string event_table(const StatusView& view) {
  std::string out = table_start("Recent events", {"When", "Kind", "Model", "What happened"});
  std::size_t rows = 0;
  for (const auto& event : view.events) {
    if (rows++ == kEventRows) break;
    out += "<tr>" + cell("When", html_age(event.at, view.now)) +
           cell("Kind", "<span class=\"num\">" + html_text(event.kind) + "</span>") +
           cell("Model", html_text(event.model)) + cell("What happened", html_text(event.text)) +
           "</tr>\n";
  }
  if (view.events.empty()) out += empty_row(4, "Nothing has changed yet.");
  return out.append(kTableEnd);
}

std::string catalogue_table(const StatusView& view) {
  std::string out = table_start("Model lists", {"List", "Models", "Last good answer", "Last look"});
  for (const auto& catalogue : view.catalogues) {
    const std::string models = catalogue.models ? std::to_string(*catalogue.models) : "not known";
    out += "<tr>" + row_head(html_text(catalogue.list)) + cell("Models", models) +
           cell("Last good answer", html_age(catalogue.last_success, view.now)) +
           cell("Last look", html_text(catalogue.last_outcome)) + "</tr>\n";
  }
  if (view.catalogues.empty()) out += empty_row(4, "No list has been read yet.");
  return out.append(kTableEnd);
}

std::string probe_table(const StatusView& view) {
  std::string out = table_start("Probes", {"Probe", "Ok", "Failed", "Last run"});
  for (const auto& probe : view.probes) {
    out += "<tr>" + row_head(html_text(probe.name)) + cell("Ok", std::to_string(probe.ok)) +
           cell("Failed", std::to_string(probe.failed)) +
           cell("Last run", html_age(probe.last_run, view.now)) + "</tr>\n";
  }
  if (view.probes.empty()) out += empty_row(4, "No probe has run yet.");
  out.append(kTableEnd);
  out += "<p class=\"dim\">Spent today: " + dollars(view.budget.spent_usd) + " of " +
         dollars(view.budget.usd_per_day) + ".</p>\n";
  return out;
}

std::string state_counts(const StatusView& view) {
  std::string out = "<ul class=\"counts\" aria-label=\"Models by state\">";
  for (const auto state : states_by_attention()) {
    const auto n = std::count_if(view.models.begin(), view.models.end(), [&](const auto& model) {
      return known_state(model.state) == state;
    });
    if (n == 0) continue;
    const std::string name(state);
    out += "<li class=\"state " + name + "\">" + std::to_string(n) + ' ' + name + "</li>";
  }
  return out + "</ul>\n";
}

std::string gate_lines(const StatusView& view) {
  std::string out;
  for (const auto& gate : view.gates) {
    if (!gate.active) continue;
    out +=
        "<p class=\"alarm\" role=\"alert\">Account gate active: " + html_text(gate.name) + "</p>\n";
  }
  return out.empty() ? "<p class=\"dim\">No account gate is active.</p>\n" : out;
}

std::string head(const StatusView& view) {
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
      "<title>together-exporter</title><style>";
  out.append(kStatusStyle).append("</style></head><body>\n<header><h1>together-exporter</h1>\n");
  out += "<p class=\"dim\">" + html_text(view.version) + " watches " + html_text(view.upstream) +
         ", started " + html_age(view.started, view.now) + ". As of <time>" +
         format_time(view.now) + "</time>.</p>\n";
  return out + gate_lines(view) + state_counts(view) + "</header>\n<main>\n";
}

std::string footer(const StatusView& view) {
  std::string out = "</main>\n<footer><nav aria-label=\"More\"><ul>";
  for (const auto& link : view.links) out += "<li>" + html_link(link.text, link.href) + "</li>";
  return out + "</ul></nav></footer>\n</body></html>\n";
}

}  // namespace

std::string render_status_page(const StatusView& view) {
  return head(view) + "<section>\n" + model_table(view) + "</section>\n<section>\n" +
         retirement_table(view) + "</section>\n<section>\n" + event_table(view) +
         "</section>\n<section>\n" + source_table(view) +
         "</section>\n<div class=\"pair\"><section>\n" + catalogue_table(view) +
         "</section>\n<section>\n" + probe_table(view) + "</section></div>\n" + footer(view);
}

}  // namespace together
