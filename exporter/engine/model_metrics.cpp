// Metrics of models.
#include "exporter/engine/model_metrics.h"

#include <array>
#include <optional>
#include <string>

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
constexpr MetricDef kUnavailable{"together_model_unavailable_info",
                                 kGauge,
                                 "Why a suspect, removed or blocked model does not answer.",
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

constexpr MetricDef kReplacementInfo{"together_model_replacement_info",
                                     kGauge,
                                     "A model that is named as this one's replacement.",
                                     {"model", "replacement", "source"},
                                     {}};
constexpr MetricDef kReplacementAvailable{
    "together_model_replacement_available",
    kGauge,
    "Whether the replacement is available. Absent: not known.",
    {"model", "replacement"},
    {}};
constexpr MetricDef kReplacementRatio{"together_model_replacement_price_ratio",
                                      kGauge,
                                      "Price per token of the replacement over that of the model.",
                                      {"model", "replacement", "direction"},
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
constexpr MetricDef kPriced{"together_model_priced",
                            kGauge,
                            "Whether the list names any price for the model.",
                            {"model"},
                            {}};
constexpr MetricDef kWorkloadCost{
    "together_workload_cost_usd_per_day",
    kGauge,
    "What the configured workload costs a day at current, previous, replacement or batch (half) "
    "prices.",
    {"workload", "model", "pricing"},
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

void collect_prices(const std::string& id, const Prices& prices, SampleSink& sink) {
  if (!prices.seen) return;
  sink.add(kPriced, {id}, flag(prices.priced()));
  for (std::size_t i = 0; i < kDirections.size(); ++i) {
    const DirectionPrice& price = prices.per_token[i];
    const std::string_view direction = kDirections[i];
    if (price.current) sink.add(kPrice, {id, direction}, *price.current);
    if (price.previous) sink.add(kPreviousPrice, {id, direction}, *price.previous);
    if (price.changed_at) {
      sink.add(kPriceChanged, {id, direction}, to_unix_seconds(*price.changed_at));
    }
    if (!price.last) continue;
    sink.add(kPriceChanges, {id, direction, "increase"}, price.increases);
    sink.add(kPriceChanges, {id, direction, "decrease"}, price.decreases);
  }
  for (const auto& unit : prices.per_unit) sink.add(kUnitPrice, {id, unit.unit}, unit.usd);
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
  const bool gone = model.state == ModelState::kSuspect || model.state == ModelState::kRemoved ||
                    model.state == ModelState::kBlocked;
  const std::string_view reason = unavailable_reason(model.looks);
  if (gone && !reason.empty()) sink.add(kUnavailable, {id, reason}, 1);
  if (model.looks.last_served)
    sink.add(kLastServed, {id}, to_unix_seconds(*model.looks.last_served));
  if (model.state == ModelState::kRedirected) {
    sink.add(kServedAs, {id, model.looks.served_model}, 1);
    sink.add(kReplacementInfo, {id, model.looks.served_model, "redirect"}, 1);
  }
}

const ModelBelief* known(const Ledger& ledger, const std::string& id) {
  const auto found = ledger.models().find(id);
  if (found == ledger.models().end() || found->second.state == ModelState::kUnknown) return nullptr;
  return &found->second;
}

void collect_stand_ins(const Ledger& ledger, const ModelBelief& model, SampleSink& sink) {
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

  for (const auto& replacement : model.watched.replacements) {
    sink.add(kReplacementInfo, {id, replacement, "migration"}, 1);
    if (const ModelBelief* known_one = known(ledger, replacement)) {
      sink.add(kReplacementAvailable, {id, replacement},
               flag(known_one->state == ModelState::kAvailable));
    }
    const Prices& ours = model.prices;
    const Prices& theirs = ledger.models().at(replacement).prices;
    for (std::size_t i = 0; i < kDirections.size(); ++i) {
      const auto& from = ours.per_token[i].last;
      const auto& to = theirs.per_token[i].current;
      if (from && to) sink.add(kReplacementRatio, {id, replacement, kDirections[i]}, *to / *from);
    }
  }
}

using Pick = std::optional<double> DirectionPrice::*;

/// USD a day, or nothing where a price that is needed is not known.
std::optional<double> cost(const WorkloadConfig& workload, const Prices& prices, Pick pick) {
  const std::array<double, kDirections.size()> tokens{workload.input_tokens_per_day,
                                                      workload.output_tokens_per_day,
                                                      workload.cached_input_tokens_per_day};
  double usd = 0;
  for (std::size_t i = 0; i < kDirections.size(); ++i) {
    if (tokens[i] == 0) continue;
    auto price = prices.per_token[i].*pick;
    if (!price) price = prices.per_token[i].current;            // this direction never changed
    if (!price && i == 2) price = prices.per_token[0].current;  // no discount for cached input
    if (!price) return std::nullopt;
    usd += tokens[i] * *price;
  }
  return usd;
}

/// Of a watched model, else of a listed one.
const Prices* prices_of(const Ledger& ledger, const std::string& id) {
  const auto watched = ledger.models().find(id);
  if (watched != ledger.models().end()) return &watched->second.prices;
  const auto listed = ledger.catalog_prices().find(id);
  return listed == ledger.catalog_prices().end() ? nullptr : &listed->second;
}

bool ever_changed(const Prices& prices) {
  for (const auto& price : prices.per_token) {
    if (price.previous) return true;
  }
  return false;
}

}  // namespace

int collect_models(const Ledger& ledger, const Config& config, SampleSink& sink) {
  for (const auto& [id, model] : ledger.models()) {
    collect_listing(ledger, id, model.entry, model.watched.team, sink);
    collect_state(model, sink);
    collect_stand_ins(ledger, model, sink);
    collect_prices(id, model.prices, sink);
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
  }
  return dropped;
}

void collect_workloads(const Ledger& ledger, const Config& config, SampleSink& sink) {
  for (const auto& workload : config.workloads) {
    const Prices* prices = prices_of(ledger, workload.model);
    if (prices == nullptr) continue;
    const auto tell = [&](std::string_view pricing, std::optional<double> usd) {
      if (usd) sink.add(kWorkloadCost, {workload.name, workload.model, pricing}, *usd);
    };
    const auto current = cost(workload, *prices, &DirectionPrice::current);
    tell("current", current);
    if (current) tell("batch", *current / 2);
    if (ever_changed(*prices)) tell("previous", cost(workload, *prices, &DirectionPrice::previous));
    for (const auto& migration : config.migrations) {
      if (migration.from != workload.model) continue;
      const Prices* theirs = prices_of(ledger, migration.to);
      if (theirs != nullptr) tell("replacement", cost(workload, *theirs, &DirectionPrice::current));
    }
  }
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
          &kReplacementInfo,
          &kReplacementAvailable,
          &kReplacementRatio,
          &kFallbackAvailable,
          &kFallbacks,
          &kPrice,
          &kPreviousPrice,
          &kUnitPrice,
          &kPriceChanges,
          &kPriceChanged,
          &kPriced,
          &kWorkloadCost};
}

}  // namespace together
