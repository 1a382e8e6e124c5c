// The parts of the status page that tell of the account, the probes and what happened.
#include "exporter/web/status_tables.h"

#include <algorithm>
#include <cmath>

#include "exporter/web/html.h"
#include "exporter/web/html_table.h"
#include "exporter/web/status_runbooks.h"

namespace together {
namespace {

std::string alarm(const std::string& html, std::string_view alert) {
  return "<p class=\"alarm\" role=\"alert\">" + html + " " + runbook_link(alert) + "</p>\n";
}

/// Forecasts are no more exact than that.
double in_cents(double usd) { return usd < 1 ? usd : std::round(usd * 100) / 100; }

std::string fact(std::string_view name, const std::string& html) {
  return "<div><dt>" + std::string(name) + "</dt><dd>" + html + "</dd></div>";
}

}  // namespace

std::string alarm_lines(const StatusView& view) {
  std::string out;
  for (const auto& gate : view.gates) {
    if (!gate.active) continue;
    out += alarm("<b>Account gate active: " + html_text(gate.name) + ".</b> " +
                     std::string(gate_text(gate.name)),
                 alert_of_gate(gate.name));
  }
  if (out.empty()) out = "<p class=\"dim\">No account gate is active.</p>\n";
  for (const auto& trouble : view.troubles) out += alarm(html_text(trouble.text), trouble.alert);
  return out;
}

std::string event_table(const StatusView& view) {
  std::string out =
      table_start("events", "Recent events", {"When", "Kind", "Model", "What happened"});
  const std::size_t shown = std::min(view.events.size(), kEventRows);
  for (std::size_t i = 0; i < shown; ++i) {
    const auto& event = view.events[i];
    out += "<tr>" + cell("When", html_age(event.at, view.now)) +
           cell("Kind", "<span class=\"num\">" + html_text(event.kind) + "</span>") +
           cell("Model", html_text(event.model)) + cell("What happened", html_text(event.text)) +
           "</tr>\n";
  }
  if (view.events.empty()) out += empty_row(4, "Nothing has changed yet.");
  out.append(kTableEnd);
  return (out + "<p class=\"dim\">" + html_link("All that are kept, as JSON", "/api/v1/events") +
          "</p>\n")
      .append(kSectionEnd);
}

std::string list_table(const StatusView& view) {
  std::string out =
      table_start("lists", "Model lists", {"List", "Models", "Last good answer", "Last look"});
  for (const auto& catalogue : view.catalogues) {
    const std::string models = catalogue.models ? std::to_string(*catalogue.models) : "not known";
    std::string outcome = html_text(catalogue.last_outcome);
    if (!outcome.empty() && outcome != "ok") outcome += " " + runbook_link("TogetherCatalogStale");
    out += "<tr>" + row_head(html_text(catalogue.list)) + cell("Models", models) +
           cell("Last good answer", html_age(catalogue.last_success, view.now)) +
           cell("Last look", outcome) + "</tr>\n";
  }
  if (view.catalogues.empty()) out += empty_row(4, "No list has been read yet.");
  return out.append(kTableEnd).append(kSectionEnd);
}

std::string probe_table(const StatusView& view) {
  std::string out = table_start("probes", "Probes", {"Probe", "Ok", "Failed", "Last run"});
  for (const auto& probe : view.probes) {
    out += "<tr>" + row_head(html_text(probe.name)) + cell("Ok", std::to_string(probe.ok)) +
           cell("Failed", std::to_string(probe.failed)) +
           cell("Last run", html_age(probe.last_run, view.now)) + "</tr>\n";
  }
  if (view.probes.empty()) out += empty_row(4, "No probe has run yet.");
  return out.append(kTableEnd).append(kSectionEnd);
}

std::string budget_section(const StatusView& view) {
  const auto& budget = view.budget;
  std::string out =
      "<section aria-labelledby=\"budget\">\n<h2 id=\"budget\">Budget for paid probes</h2>\n<dl>";
  std::string left = dollars(budget.left_usd);
  // Money is drawn a hundredth of the day's at a time.
  const bool used_up = budget.usd_per_day > 0 && budget.left_usd < budget.usd_per_day / 100;
  if (used_up) left = "<b>" + left + "</b> " + runbook_link("TogetherProbeBudgetExhausted");
  out +=
      fact("Spent today (UTC)", dollars(budget.spent_usd) + " of " + dollars(budget.usd_per_day));
  out += fact("Left", left);
  out += fact("Forecast",
              dollars(in_cents(budget.forecast_usd_per_day)) + " a day at the present pace");
  out += "</dl>\n";
  if (budget.usd_per_day <= 0) out += "<p class=\"dim\">Only free probes run.</p>\n";
  return out.append(kSectionEnd);
}

}  // namespace together
