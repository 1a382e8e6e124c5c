// The part of the status page that tells of each tracked model.
#include "exporter/web/status_models.h"

#include <algorithm>

#include "exporter/web/html.h"
#include "exporter/web/html_table.h"
#include "exporter/web/retirement_tables.h"
#include "exporter/web/status_runbooks.h"
#include "exporter/web/status_strip.h"

namespace together {
namespace {

constexpr std::string_view kStream = "stream";  ///< the probe with a column of its own

std::string div(const std::string& html) { return "<div>" + html + "</div>"; }
std::string dim(const std::string& html) { return "<div class=\"dim\">" + html + "</div>"; }

std::string state_cell(const StatusView::Model& model, WallTime now) {
  std::string out = state_badge(model.state);
  if (!model.reason.empty()) out += " " + html_text(model.reason);
  const std::string runbook = runbook_link(alert_of_state(known_state(model.state)));
  if (!runbook.empty()) out += " " + runbook;
  if (model.state_since) out += dim("since " + html_age(model.state_since, now));
  out += dim(model.last_served ? "answered " + html_age(model.last_served, now) : "never answered");
  std::string meant;
  for (const auto& id : model.nearest) meant += (meant.empty() ? "" : " or ") + html_text(id);
  if (!meant.empty()) out += div("Did you mean " + meant + "?");
  return out;
}

bool is_well(const StatusView::ProbeResult& result) {
  return result.outcome == "ok" && !breaks_contract(result);
}

/// "serving: not_found 3 s ago", and what the answer said where it was not well.
std::string result_text(const StatusView::ProbeResult& result, WallTime now) {
  std::string out = html_text(result.probe) + ": <b>" + html_text(result.outcome) + "</b>";
  if (result.at) out += " <span class=\"dim\">" + html_age(result.at, now) + "</span>";
  for (const auto& rule : result.broken_rules) out += " breaks <b>" + html_text(rule) + "</b>";
  if (!is_well(result) && !result.detail.empty()) out += dim(html_text(result.detail));
  return out;
}

/// The strip, the authority's newest look, and the other probes' where they did not end well.
std::string looks_cell(const StatusView::Model& model, WallTime now) {
  std::string out = look_strip(model.recent_outcomes);
  std::vector<std::string> lines;
  for (const auto& result : model.probes) {
    if (result.probe == kStream || (is_well(result) && result.probe != model.authority)) continue;
    lines.push_back(result_text(result, now));
  }
  return out + short_list(lines);
}

std::string stream_cell(const StatusView::Model& model, WallTime now) {
  const auto* result = probe_result(model, kStream);
  if (result == nullptr) return "";
  std::string out;
  // Without an answer there was no stream to judge, whatever its rules say.
  const bool was_judged = result->outcome == "ok" || answers(model) || model.state == "redirected";
  if (was_judged && breaks_contract(*result)) {
    std::vector<std::string> rules;
    for (const auto& rule : result->broken_rules) rules.push_back(html_text(rule));
    out = "<span class=\"state suspect\">broken</span> " +
          runbook_link("TogetherStreamContractBroken") + short_list(rules);
  } else if (result->outcome == "ok") {
    out = "<span class=\"state available\">ok</span>";
    if (!result->broken_rules.empty()) out += dim("unknown fields");
  } else {
    out = "<b>" + html_text(result->outcome) + "</b>";
  }
  return out + dim(html_age(result->at, now));
}

std::string fallback_cell(const StatusView::Model& model) {
  if (model.fallbacks.empty()) return "";
  std::string out = std::to_string(fallbacks_available(model)) + " of " +
                    std::to_string(model.fallbacks.size()) +
                    (model.fallbacks.size() == 1 ? " answers" : " answer");
  if (fallbacks_exhausted(model))
    out = "<b>" + out + "</b> " + runbook_link("TogetherFallbacksExhausted");
  std::vector<std::string> items;
  for (const auto& fallback : model.fallbacks) {
    items.push_back(html_text(fallback.id) + " " + state_badge(fallback.state));
  }
  return out + short_list(items);
}

/// "million_tokens" as a person writes it.
std::string spaced(const std::string& name) {
  std::string out = html_text(name);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

std::string price_change_text(const StatusView::Price& price, WallTime now) {
  const auto& step = *price.last_change;
  const bool rose = step.after_usd > step.before_usd;
  std::string out = spaced(price.name) + (rose ? " <b>rose</b> from " : " fell from ") +
                    dollars(step.before_usd) + " to " + dollars(step.after_usd);
  if (step.at) out += ", " + html_age(step.at, now);
  if (rose) out += " " + runbook_link("TogetherPriceIncreased");
  return out;
}

std::string price_cell(const StatusView::Model& model, WallTime now) {
  const auto& in = model.input_usd_per_million_tokens;
  const auto& out = model.output_usd_per_million_tokens;
  std::string html;
  if (in || out) {
    html = "<span class=\"num\">" + (in ? dollars(*in) : "?") + " / " +
           (out ? dollars(*out) : "?") + "</span>";
  }
  std::vector<std::string> lines;
  for (const auto& price : model.prices) {
    if (price.usd && price.unit != kMillionTokens) {
      lines.push_back(dollars(*price.usd) + " per " + spaced(price.unit));
    }
  }
  for (const auto& price : model.prices) {
    if (price.last_change) lines.push_back(price_change_text(price, now));
  }
  return html + short_list(lines);
}

std::string model_row(const StatusView::Model& model, WallTime now) {
  return "<tr>" + row_head(html_text(model.id)) + cell("State", state_cell(model, now)) +
         cell("Last looks", looks_cell(model, now)) + cell("Stream", stream_cell(model, now)) +
         cell("Retirement", retirement_cell(model, now)) + cell("Fallbacks", fallback_cell(model)) +
         cell("USD per million tokens, in / out", price_cell(model, now)) + "</tr>\n";
}

}  // namespace

std::string model_table(const StatusView& view) {
  std::string out = table_start("models", "Tracked models",
                                {"Model", "State", "Last looks", "Stream", "Retirement",
                                 "Fallbacks", "USD per million tokens, in / out"});
  const auto models = by_attention(view);
  const std::size_t shown = std::min(models.size(), kModelRows);
  for (std::size_t i = 0; i < shown; ++i) out += model_row(*models[i], view.now);
  if (models.empty()) out += empty_row(7, "The configuration tracks no model.");
  out.append(kTableEnd);
  return (out + rest_line(shown, models.size(), "/api/v1/models")).append(kSectionEnd);
}

std::string state_counts(const StatusView& view) {
  if (view.models.empty()) return "";
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

}  // namespace together
