// Metrics of models: what is believed of each, its prices and fallbacks.
#include "exporter/engine/model_metrics.h"

#include <array>
#include <optional>
#include <string>

#include "exporter/engine/retirement_metrics.h"

namespace together {
namespace {

using enum MetricType;

constexpr MetricDef kInfo{"together_model_info",
                          kGauge,
                          "What the model list says of the model; `team` as configured.",
                          {"model", "modality", "organization", "display_name", "team"},
                          {}};
constexpr MetricDef kContext{
    "together_model_context_length_tokens", kGauge, "Context length as listed.", {"model"}, {}};
constexpr MetricDef kListed{"together_model_listed",
                            kGauge,
                            "Whether the believed list holds the model. Listed is not callable.",
                            {"model", "list"},
                            {}};
constexpr MetricDef kAvailable{
    "together_model_available",
    kGauge,
    "1: the last authoritative look was answered by the model itself, or throttled. 0: it was not. "
    "Absent: not known.",
    {"model"},
    {}};
constexpr MetricDef kState{"together_model_state",
                           kGauge,
                           "The model's state, one-hot: exactly one state is 1.",
                           {"model", "state"},
                           {}};
constexpr MetricDef kStateSince{"together_model_state_since_timestamp_seconds",
                                kGauge,
                                "When the model entered its state.",
                                {"model"},
                                {}};
constexpr MetricDef kUnavailable{
    "together_model_unavailable_info",
    kGauge,
    "Why a suspect, removed or blocked model, or an id that nothing knows, does not answer.",
    {"model", "reason"},
    {}};
constexpr MetricDef kStateChanges{"together_model_state_changes_total",
                                  kCounter,
                                  "Times the model entered the state since this process started.",
                                  {"model", "state"},
                                  {}};
constexpr MetricDef kLastServed{"together_model_last_served_timestamp_seconds",
                                kGauge,
                                "When the model last answered; survives restarts.",
                                {"model"},
                                {}};
constexpr MetricDef kServedAs{"together_model_served_as_info",
                              kGauge,
                              "The other model that answers for this one.",
                              {"model", "served_model"},
                              {}};

constexpr MetricDef kFallbackAvailable{
    "together_model_fallback_available",
    kGauge,
    "Whether the configured fallback is available. Absent: not known.",
    {"model", "fallback", "position"},
    {}};
constexpr MetricDef kFallbacks{"together_model_fallbacks_available",
                               kGauge,
                               "How many configured fallbacks are proven available. Every tracked "
                               "model has this, and no other.",
                               {"model"},
                               {}};

constexpr MetricDef kPrice{"together_model_price_usd_per_token",
                           kGauge,
                           "Price per token as listed. Absent: the list names none.",
                           {"model", "direction"},
                           {}};
constexpr MetricDef kPreviousPrice{"together_model_previous_price_usd_per_token",
                                   kGauge,
                                   "Price per token before the last change.",
                                   {"model", "direction"},
                                   {}};
constexpr MetricDef kUnitPrice{"together_model_price_usd",
                               kGauge,
                               "Price of one unit that is not a token.",
                               {"model", "unit"},
                               {}};
constexpr MetricDef kPriceChanges{
    "together_model_price_changes_total",
    kCounter,
    "Price changes since this process started. Going to or coming from zero is none.",
    {"model", "direction", "change"},
    {}};
constexpr MetricDef kPriceChanged{"together_model_price_last_change_timestamp_seconds",
                                  kGauge,
                                  "When the price was last seen to change.",
                                  {"model", "direction"},
                                  {}};
constexpr MetricDef kPreviousUnitPrice{"together_model_previous_price_usd",
                                       kGauge,
                                       "Price of one unit before the last change.",
                                       {"model", "unit"},
                                       {}};
constexpr MetricDef kUnitPriceChanges{
    "together_model_unit_price_changes_total",
    kCounter,
    "Changes of the price of one unit since this process started. Going to or coming from zero is "
    "none.",
    {"model", "unit", "change"},
    {}};
constexpr MetricDef kUnitPriceChanged{"together_model_unit_price_last_change_timestamp_seconds",
                                      kGauge,
                                      "When the price of one unit was last seen to change.",
                                      {"model", "unit"},
                                      {}};
constexpr MetricDef kFaults{
    "together_model_price_faults_total",
    kCounter,
    "Faults of the model list about the model's prices that began since this process started: a "
    "price `vanished` while the model stayed listed, or `returned`; a price of another `kind` of "
    "JSON value, or `unreadable`.",
    {"model", "fault"},
    {}};
constexpr MetricDef kPriced{"together_model_priced",
                            kGauge,
                            "Whether the list names any price for the model.",
                            {"model"},
                            {}};
double flag(bool b) { return b ? 1 : 0; }

void collect_listing(const Ledger& ledger, const std::string& id, const CatalogEntry& entry,
                     const std::string& team, SampleSink& sink) {
  sink.add(kInfo, {id, to_string(entry.modality), entry.organization, entry.display_name, team}, 1);
  if (entry.context_length) {
    sink.add(kContext, {id}, static_cast<double>(*entry.context_length));
  }
  for (const auto& [name, list] : ledger.lists()) {
    if (list.known()) sink.add(kListed, {id, name}, flag(list.find(id) != nullptr));
  }
}

/// The families of one sort of price: per token or per unit.
struct PriceFamilies {
  const MetricDef& price;
  const MetricDef& previous;
  const MetricDef& changed;
  const MetricDef& changes;
};

void collect_price(const PriceFamilies& families, const std::string& id, std::string_view name,
                   const PriceHistory& price, SampleSink& sink) {
  if (price.current) sink.add(families.price, {id, name}, *price.current);
  if (price.previous) sink.add(families.previous, {id, name}, *price.previous);
  if (price.changed_at) sink.add(families.changed, {id, name}, to_unix_seconds(*price.changed_at));
  if (!price.last) return;
  sink.add(families.changes, {id, name, "increase"}, price.increases);
  sink.add(families.changes, {id, name, "decrease"}, price.decreases);
}

void collect_prices(const std::string& id, const Prices& prices, SampleSink& sink) {
  if (!prices.seen) return;
  sink.add(kPriced, {id}, flag(prices.priced()));
  const PriceFamilies tokens{kPrice, kPreviousPrice, kPriceChanged, kPriceChanges};
  for (std::size_t i = 0; i < kDirections.size(); ++i) {
    collect_price(tokens, id, kDirections[i], prices.per_token[i], sink);
  }
  const PriceFamilies units{kUnitPrice, kPreviousUnitPrice, kUnitPriceChanged, kUnitPriceChanges};
  for (const auto& [unit, price] : prices.per_unit) collect_price(units, id, unit, price, sink);
  if (!prices.ever_priced() && prices.faulty.empty()) return;
  for (const PriceFault fault : kPriceFaults) {
    sink.add(kFaults, {id, to_string(fault)}, prices.faults[static_cast<std::size_t>(fault)]);
  }
}

void collect_state(const ModelBelief& model, SampleSink& sink) {
  const std::string& id = model.watched.id;
  for (const ModelState state : kModelStates) {
    sink.add(kState, {id, to_string(state)}, flag(state == model.state));
    const auto entered = model.entered.find(state);
    sink.add(kStateChanges, {id, to_string(state)},
             entered == model.entered.end() ? 0 : entered->second);
  }
  sink.add(kStateSince, {id}, to_unix_seconds(model.state_since));
  if (model.state != ModelState::kUnknown) {
    sink.add(kAvailable, {id},
             flag(model.state == ModelState::kAvailable || model.state == ModelState::kThrottled));
  }
  // An id that nothing knows stays unknown, but is refused all the same.
  const bool gone = model.state == ModelState::kSuspect || model.state == ModelState::kRemoved ||
                    model.state == ModelState::kBlocked || model.questioned;
  const std::string_view reason = unavailable_reason(model.looks);
  if (gone && !reason.empty()) sink.add(kUnavailable, {id, reason}, 1);
  if (model.looks.last_served)
    sink.add(kLastServed, {id}, to_unix_seconds(*model.looks.last_served));
  if (model.state == ModelState::kRedirected) {
    sink.add(kServedAs, {id, model.looks.served_model}, 1);
  }
}

const ModelBelief* known(const Ledger& ledger, const std::string& id) {
  const auto found = ledger.models().find(id);
  if (found == ledger.models().end() || found->second.state == ModelState::kUnknown) return nullptr;
  return &found->second;
}

void collect_fallbacks(const Ledger& ledger, const ModelBelief& model, SampleSink& sink) {
  const std::string& id = model.watched.id;
  int available = 0;
  for (std::size_t i = 0; i < model.watched.fallbacks.size(); ++i) {
    const ModelBelief* fallback = known(ledger, model.watched.fallbacks[i]);
    if (fallback == nullptr) continue;
    const bool answers = fallback->state == ModelState::kAvailable;
    if (answers) ++available;
    sink.add(kFallbackAvailable, {id, model.watched.fallbacks[i], std::to_string(i + 1)},
             flag(answers));
  }
  if (model.watched.tracked) sink.add(kFallbacks, {id}, available);
}

}  // namespace

int collect_models(const Ledger& ledger, const Config& config, SampleSink& sink) {
  for (const auto& [id, model] : ledger.models()) {
    collect_listing(ledger, id, model.entry, model.watched.team, sink);
    collect_state(model, sink);
    collect_fallbacks(ledger, model, sink);
    collect_prices(id, model.prices, sink);
    collect_retirements(ledger, id, sink);
    collect_replacements(ledger, model, sink);
  }
  if (!config.export_all) return 0;
  int room = config.max_models - static_cast<int>(ledger.models().size());
  int dropped = 0;
  const auto all = ledger.lists().find("all");
  if (all == ledger.lists().end()) return 0;
  for (const auto& [id, entry] : all->second.entries()) {
    if (ledger.models().contains(id)) continue;
    if (room-- <= 0) {
      ++dropped;
      continue;
    }
    collect_listing(ledger, id, entry, "", sink);
    const auto prices = ledger.catalog_prices().find(id);
    if (prices != ledger.catalog_prices().end()) collect_prices(id, prices->second, sink);
    collect_retirements(ledger, id, sink);
  }
  return dropped;
}

std::vector<const MetricDef*> model_metrics() {
  return {&kInfo,
          &kContext,
          &kListed,
          &kAvailable,
          &kState,
          &kStateSince,
          &kUnavailable,
          &kStateChanges,
          &kLastServed,
          &kServedAs,
          &kFallbackAvailable,
          &kFallbacks,
          &kPrice,
          &kPreviousPrice,
          &kUnitPrice,
          &kPriceChanges,
          &kPriceChanged,
          &kPreviousUnitPrice,
          &kUnitPriceChanges,
          &kUnitPriceChanged,
          &kFaults,
          &kPriced};
}

}  // namespace together
