// What is believed, gathered for people.
#include "exporter/engine/status.h"

#include <algorithm>
#include <cmath>

#include "exporter/engine/comparison.h"
#include "exporter/web/api.h"
#include "exporter/web/calendar.h"
#include "exporter/web/status_page.h"

namespace together {
namespace {

constexpr const char* kAlertsReadme =
    "https://github.com/together-exporter/together-exporter/blob/main/alerts/README.md";

double per_million(double usd_per_token) {
  // Nine decimals: 5e-08 a token is 0.05 a million, not 0.049999999999999996.
  return std::round(usd_per_token * 1e15) / 1e9;
}

std::optional<double> per_million(const std::optional<double>& usd_per_token) {
  return usd_per_token ? std::optional(per_million(*usd_per_token)) : std::nullopt;
}

StatusView::Price price_view(std::string name, std::string unit, const PriceHistory& history,
                             double scale(double)) {
  StatusView::Price view{std::move(name), std::move(unit), std::nullopt, std::nullopt};
  if (history.current) view.usd = scale(*history.current);
  if (history.previous && history.last) {
    view.last_change = {scale(*history.previous), scale(*history.last), history.changed_at};
  }
  return view;
}

std::vector<StatusView::Price> prices_of(const Prices& prices) {
  std::vector<StatusView::Price> view;
  for (std::size_t i = 0; i < kDirections.size(); ++i) {
    const PriceHistory& history = prices.per_token[i];
    if (!history.last) continue;
    view.push_back(
        price_view(std::string(kDirections[i]), std::string(kMillionTokens), history, per_million));
  }
  for (const auto& [unit, history] : prices.per_unit) {
    view.push_back(price_view(unit, unit, history, [](double usd) { return usd; }));
  }
  return view;
}

/// The newest looks by model: a look-up a model, where a search would be one a model and look.
using LooksByModel =
    std::map<std::string_view, std::vector<std::pair<const JobKey*, const LastLook*>>>;

LooksByModel looks_by_model(const LookLog& looks) {
  LooksByModel by_model;
  for (const auto& [key, last] : looks.last()) by_model[key.model].emplace_back(&key, &last);
  return by_model;
}

void add_looks(const LooksByModel& looks, const std::vector<std::string>& authorities,
               StatusView::Model& model) {
  const auto found = looks.find(model.id);
  if (found == looks.end()) return;
  for (const auto& [key, last] : found->second) {
    model.probes.push_back({key->probe, std::string(to_string(last->outcome)), last->detail,
                            last->at, last->broken_rules});
    if (std::find(authorities.begin(), authorities.end(), key->probe) == authorities.end())
      continue;
    model.authority = key->probe;
    model.recent_outcomes = last->recent;
  }
}

std::vector<StatusView::Trouble> troubles_of(const EngineStatus& status) {
  std::vector<StatusView::Trouble> troubles;
  if (!status.reload_ok) {
    troubles.push_back({"The newest configuration cannot be used; the one before stays in force.",
                        "TogetherConfigReloadFailed"});
  }
  if (!status.state_writable) {
    troubles.push_back({"The state does not reach the disk; a restart would forget what is new.",
                        "TogetherStateNotWritable"});
  }
  return troubles;
}

std::string state_of(const Ledger& ledger, const std::string& id) {
  const auto found = ledger.models().find(id);
  return std::string(
      to_string(found == ledger.models().end() ? ModelState::kUnknown : found->second.state));
}

std::string reason_of(const ModelBelief& model) {
  if (model.state == ModelState::kRedirected) return "answered by " + model.looks.served_model;
  if (model.state == ModelState::kAvailable || model.state == ModelState::kUnknown) return "";
  return std::string(unavailable_reason(model.looks));
}

std::vector<StatusView::Retirement> retirements_of(const ModelBelief& model) {
  std::vector<StatusView::Retirement> view;
  for (const auto& notice : model.notices) {
    if (!notice.date) continue;
    view.push_back({std::string(to_string(notice.surface)), *notice.date, notice.source,
                    notice.replacement, notice.announced});
  }
  std::stable_sort(view.begin(), view.end(),
                   [](const auto& a, const auto& b) { return a.date < b.date; });
  return view;
}

std::vector<StatusView::Replacement> replacements_of(const Ledger& ledger, const std::string& id) {
  std::vector<StatusView::Replacement> view;
  for (const auto& [other, source] : ledger.replacements(id)) {
    view.push_back({other, source, state_of(ledger, other), ledger.price_ratio(id, other, 0),
                    ledger.price_ratio(id, other, 1), context_length_ratio(ledger, id, other)});
  }
  return view;
}

StatusView::Source source_view(const SourceBelief& belief) {
  StatusView::Source view;
  view.name = belief.source.name;
  view.up = belief.up.value_or(false);
  view.rows = static_cast<long long>(belief.rows.size());
  view.redirects = static_cast<long long>(belief.redirects.size());
  view.last_success = belief.last_success;
  view.trouble = belief.up ? belief.trouble : "it has not been read yet";
  return view;
}

StatusView::Model model_view(const ModelBelief& belief, const StatusSources& from,
                             const LooksByModel& looks) {
  StatusView::Model model;
  model.id = belief.watched.id;
  model.state = std::string(to_string(belief.state));
  model.state_since = belief.state_since;
  model.last_served = belief.looks.last_served;
  model.reason = reason_of(belief);
  model.input_usd_per_million_tokens = per_million(belief.prices.per_token[0].current);
  model.output_usd_per_million_tokens = per_million(belief.prices.per_token[1].current);
  for (const auto& id : belief.watched.fallbacks) {
    model.fallbacks.push_back({id, state_of(from.ledger, id)});
  }
  model.retirements = retirements_of(belief);
  model.replacements = replacements_of(from.ledger, model.id);
  if (const auto successor = from.ledger.successor(model.id)) model.successor = successor->id;
  model.nearest = belief.nearest;
  model.prices = prices_of(belief.prices);
  add_looks(looks, from.authorities, model);
  return model;
}

StatusView::Catalogue catalogue_view(const std::string& list, const StatusSources& from) {
  StatusView::Catalogue view;
  view.list = list;
  if (const auto known = from.ledger.lists().find(list); known != from.ledger.lists().end()) {
    if (known->second.known()) {
      view.models = static_cast<long long>(known->second.entries().size());
      view.last_success = known->second.accepted_at();
    }
  }
  const auto last = from.looks.last().find({"catalog", "", list});
  if (last != from.looks.last().end()) view.last_outcome = to_string(last->second.outcome);
  return view;
}

}  // namespace

StatusView status_view(const StatusSources& from) {
  StatusView view;
  view.now = from.now;
  view.started = from.started;
  view.version = from.build.version;
  view.upstream = from.config.upstream.base_url;
  for (const Gate gate : kGates) {
    view.gates.push_back({std::string(to_string(gate)), from.ledger.gate(gate)});
  }
  for (const char* list : {"all", "serverless"}) {
    view.catalogues.push_back(catalogue_view(list, from));
  }
  view.troubles = troubles_of(from.status);
  const LooksByModel looks = looks_by_model(from.looks);
  for (const auto& [id, belief] : from.ledger.models()) {
    if (belief.watched.tracked) view.models.push_back(model_view(belief, from, looks));
  }
  for (const auto& [name, source] : from.ledger.retirements().sources()) {
    view.sources.push_back(source_view(source));
  }
  for (const auto& [probe, count] : from.looks.counts()) {
    view.probes.push_back({probe, count.ok, count.failed, count.last_run});
  }
  view.budget = {from.budget.cap(), from.budget.spent(from.now), from.budget.remaining(from.now),
                 from.forecast_usd_per_day};
  view.events = from.events;
  view.links = {{"Metrics", from.telemetry_path},
                {"Models as JSON", "/api/v1/models"},
                {"Events as JSON", "/api/v1/events"},
                {"Retirement calendar", "/api/v1/retirements.ics"},
                {"Alerts and runbooks", kAlertsReadme}};
  return view;
}

std::map<std::string, Page> render_pages(const StatusView& view) {
  std::map<std::string, Page> pages;
  pages["/"] = make_page(std::string(kHtmlContentType), render_status_page(view));
  pages["/api/v1/models"] = make_page(std::string(kJsonContentType), render_models_json(view));
  pages["/api/v1/retirements.ics"] =
      make_page(std::string(kCalendarContentType), render_calendar(view));
  return pages;
}

}  // namespace together
