// The ledger's prices: what one accepted list says that models cost.
#include <cmath>
#include <set>

#include "exporter/ledger/beliefs.h"
#include "exporter/ledger/draft.h"
#include "exporter/ledger/event_text.h"

namespace together {
namespace {

/// More models than this with the same fault in one list are one event.
constexpr std::size_t kMassFault = 10;

/// Together's own policy: a redirect costs 10 % more at most.
constexpr double kRedirectPolicy = 1.1;
constexpr double kRatioDigits = 1e12;  ///< no more, or 1.1 times the price would be above 1.1

/// The faults that began with one list.
struct NewFaults {
  struct Watched {
    std::string model;
    std::vector<std::string> prices;
  };
  std::size_t models = 0;
  std::vector<Watched> watched;
};

/// `tell(model, text)`: one event a watched model, or one in all. `listed`: models in the list.
template <class Tell>
void tell_faults(const std::map<PriceFault, NewFaults>& faults, std::size_t listed,
                 const Tell& tell) {
  for (const auto& [fault, begun] : faults) {
    if (begun.models > kMassFault) {
      tell("", mass_fault_text(fault, begun.models, listed, begun.watched.size()));
      continue;
    }
    for (const auto& [model, prices] : begun.watched) {
      tell(model, price_fault_text(model, fault, prices));
    }
  }
}

}  // namespace

void Ledger::fold_prices(const PriceFacts& facts, Draft& draft) {
  std::map<std::string, Prices> unwatched;
  std::set<std::string> named;
  std::map<PriceFault, NewFaults> faults;
  bool unwatched_changed = false;
  for (const auto& listed : facts.models) {
    named.insert(listed.id);
    const auto watched = models_.find(listed.id);
    const bool is_watched = watched != models_.end();
    Prices prices;
    if (is_watched) {
      prices = watched->second.prices;
    } else if (const auto known = catalog_prices_.find(listed.id); known != catalog_prices_.end()) {
      prices = known->second;
    }
    const Prices before = prices;
    FoldedPrices folded = fold(prices, listed, draft.now);
    const bool changed = prices != before;
    for (auto& [fault, names] : folded.faults) {
      NewFaults& begun = faults[fault];
      ++begun.models;
      if (is_watched) begun.watched.push_back({listed.id, std::move(names)});
    }
    if (!is_watched) {
      unwatched_changed |= changed;
      unwatched[listed.id] = std::move(prices);
      continue;
    }
    watched->second.prices = std::move(prices);
    if (changed) draft.touched.insert(listed.id);
    for (const auto& change : folded.changes) {
      draft.event("price", listed.id, price_text(listed.id, change));
    }
  }
  tell_faults(faults, facts.models.size(), [&](const std::string& model, std::string text) {
    draft.event("price_fault", model, std::move(text));
  });
  for (auto& [id, model] : models_) {
    if (named.contains(id) || (!model.prices.priced() && model.prices.faulty.empty())) continue;
    unlist(model.prices);
    draft.touched.insert(id);
  }
  catalog_prices_ = std::move(unwatched);
  if (unwatched_changed) {
    draft.applied.changes.beliefs.push_back(catalog_prices_belief(catalog_prices_));
  }
}

const Prices* Ledger::prices_of(const std::string& id) const {
  const auto watched = models_.find(id);
  if (watched != models_.end()) return &watched->second.prices;
  const auto listed = catalog_prices_.find(id);
  return listed == catalog_prices_.end() ? nullptr : &listed->second;
}

std::optional<double> Ledger::price_ratio(const std::string& model, const std::string& other,
                                          std::size_t direction) const {
  const Prices* ours = prices_of(model);
  const Prices* theirs = prices_of(other);
  if (ours == nullptr || theirs == nullptr) return std::nullopt;
  const auto& from = ours->per_token[direction].last;
  const auto& to = theirs->per_token[direction].current;
  if (!from || !to) return std::nullopt;
  return std::round(*to / *from * kRatioDigits) / kRatioDigits;
}

std::set<std::string> Ledger::redirected_to(const ModelBelief& model) const {
  std::set<std::string> to;
  for (const auto& redirect : model.redirects) to.insert(redirect.to);
  if (model.looks.presence == Presence::kServedByOther) {
    const std::string& served = model.looks.served_model;
    to.insert(names_.resolve(served, false).value_or(served));
  }
  return to;
}

/// Once for each redirect, until it is seen to be within the policy again.
void Ledger::tell_price_policy(Draft& draft) {
  for (auto& [id, model] : models_) {
    for (const auto& to : redirected_to(model)) {
      std::optional<double> highest;
      std::size_t direction = 0;
      for (std::size_t i = 0; i < kDirections.size(); ++i) {
        const auto ratio = price_ratio(id, to, i);
        if (!ratio || (highest && *ratio <= *highest)) continue;
        highest = ratio;
        direction = i;
      }
      if (!highest) continue;
      const bool beyond = *highest > kRedirectPolicy;
      const bool news =
          beyond ? model.beyond_policy.insert(to).second : model.beyond_policy.erase(to) > 0;
      if (news) draft.touched.insert(id);
      if (!news || !beyond) continue;
      draft.event("price_policy", id, price_policy_text(id, to, kDirections[direction], *highest));
    }
  }
}

std::optional<double> Ledger::highest_image_price() const {
  std::optional<double> highest;
  const auto consider = [&](const Prices& prices) {
    for (const auto& [unit, price] : prices.per_unit) {
      const bool is_image = unit == "image" || unit == "megapixel";
      if (is_image && price.current && (!highest || *price.current > *highest)) {
        highest = price.current;
      }
    }
  };
  for (const auto& [id, model] : models_) consider(model.prices);
  for (const auto& [id, prices] : catalog_prices_) consider(prices);
  return highest;
}

std::optional<double> Ledger::highest_price() const {
  std::optional<double> highest;
  const auto consider = [&](const Prices& prices) {
    for (const auto& price : prices.per_token) {
      if (price.current && (!highest || *price.current > *highest)) highest = price.current;
    }
  };
  for (const auto& [id, model] : models_) consider(model.prices);
  for (const auto& [id, prices] : catalog_prices_) consider(prices);
  return highest;
}

}  // namespace together
