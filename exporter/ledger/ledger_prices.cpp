// The ledger's prices: what one accepted list says that models cost.
#include <set>

#include "exporter/ledger/beliefs.h"
#include "exporter/ledger/draft.h"
#include "exporter/ledger/event_text.h"

namespace together {

void Ledger::fold_prices(const PriceFacts& facts, Draft& draft) {
  std::map<std::string, Prices> unwatched;
  std::set<std::string> named;
  bool unwatched_changed = false;
  for (const auto& listed : facts.models) {
    named.insert(listed.id);
    const auto watched = models_.find(listed.id);
    if (watched == models_.end()) {
      Prices prices;
      if (const auto known = catalog_prices_.find(listed.id); known != catalog_prices_.end()) {
        prices = std::move(known->second);
      }
      unwatched_changed |= !prices.seen;
      unwatched_changed |= !fold(prices, listed, draft.now).empty();
      unwatched[listed.id] = std::move(prices);
      continue;
    }
    Prices& prices = watched->second.prices;
    const bool was_seen = prices.seen;
    const auto changes = fold(prices, listed, draft.now);
    if (!changes.empty() || !was_seen) draft.touched.insert(listed.id);
    for (const auto& change : changes) {
      draft.event("price", listed.id, price_text(listed.id, change));
    }
  }
  for (auto& [id, model] : models_) {
    if (named.contains(id) || !model.prices.priced()) continue;
    unlist(model.prices);
    draft.touched.insert(id);
  }
  catalog_prices_ = std::move(unwatched);
  if (unwatched_changed) {
    draft.applied.changes.beliefs.push_back(catalog_prices_belief(catalog_prices_));
  }
}

std::optional<double> Ledger::highest_image_price() const {
  std::optional<double> highest;
  const auto consider = [&](const Prices& prices) {
    for (const auto& [unit, usd] : prices.per_unit) {
      if ((unit == "image" || unit == "megapixel") && (!highest || usd > *highest)) highest = usd;
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
