// One model's prices over time.
#include "exporter/ledger/prices.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace together {
namespace {

constexpr double kDust = 1e-9;

bool differs(double a, double b) {
  return std::abs(a - b) > kDust * std::max(std::abs(a), std::abs(b));
}

template <class Test>
bool any_of(const Prices& prices, const Test& test) {
  return std::any_of(prices.per_token.begin(), prices.per_token.end(), test) ||
         std::any_of(prices.per_unit.begin(), prices.per_unit.end(),
                     [&](const auto& unit) { return test(unit.second); });
}

bool all_faulty(const std::map<std::string, PriceFault>& faulty) {
  return faulty.contains(std::string(kAllPrices));
}

/// One list seen through one model's prices.
struct Fold {
  Prices& prices;
  WallTime at;
  FoldedPrices folded{};
  std::map<std::string, PriceFault> faulty{};  ///< as this list has it
  std::set<std::string> readable{};

  void fold_price(const std::string& name, bool per_token, PriceHistory& price,
                  const std::optional<double>& named) {
    const bool was_named = price.current.has_value();
    price.current = named;
    if (!named) {
      // A price that cannot be read has its fault already.
      const bool missed = was_named || prices.faulty.contains(name) || all_faulty(prices.faulty);
      if (price.last && missed && !all_faulty(faulty)) faulty.emplace(name, PriceFault::kVanished);
      return;
    }
    readable.insert(name);
    if (price.last && differs(*price.last, *named)) {
      folded.changes.push_back({name, per_token, *price.last, *named});
      ++(*named > *price.last ? price.increases : price.decreases);
      price.previous = price.last;
      price.changed_at = at;
      price.last = named;
    } else if (!price.last) {
      price.last = named;
    } else {
      price.current = price.last;  // keep the dust out of the series
    }
  }

  void fold_faults() {
    for (const auto& [name, fault] : faulty) {
      const auto before = prices.faulty.find(name);
      if (before == prices.faulty.end() || before->second != fault) {
        folded.faults[fault].push_back(name);
      }
    }
    for (const auto& [name, fault] : prices.faulty) {
      const bool returned = !faulty.contains(name) && readable.contains(name);
      if (returned) folded.faults[PriceFault::kReturned].push_back(name);
    }
    for (const auto& [fault, names] : folded.faults) {
      ++prices.faults[static_cast<std::size_t>(fault)];
    }
    prices.faulty = std::move(faulty);
  }
};

}  // namespace

bool Prices::priced() const {
  return any_of(*this, [](const PriceHistory& price) { return price.current.has_value(); });
}

bool Prices::ever_priced() const {
  return any_of(*this, [](const PriceHistory& price) { return price.last.has_value(); });
}

void unlist(Prices& prices) {
  for (auto& price : prices.per_token) price.current.reset();
  for (auto& [unit, price] : prices.per_unit) price.current.reset();
  prices.faulty.clear();
}

FoldedPrices fold(Prices& prices, const ModelPrice& listed, WallTime at) {
  Fold fold{prices, at};
  for (const auto& [name, fault] : listed.unread) fold.faulty.emplace(name, fault);
  if (!all_faulty(fold.faulty)) fold.readable.insert(std::string(kAllPrices));
  const std::array<std::optional<double>, kDirections.size()> named{
      listed.per_token.input, listed.per_token.output, listed.per_token.cached_input};
  for (std::size_t i = 0; i < kDirections.size(); ++i) {
    fold.fold_price(std::string(kDirections[i]), true, prices.per_token[i], named[i]);
  }
  for (const auto& [unit, usd] : listed.per_unit) prices.per_unit.try_emplace(unit);
  for (auto& [unit, price] : prices.per_unit) {
    const auto same = std::find_if(listed.per_unit.begin(), listed.per_unit.end(),
                                   [&, &unit = unit](const auto& u) { return u.unit == unit; });
    fold.fold_price(unit, false, price,
                    same == listed.per_unit.end() ? std::nullopt : std::optional(same->usd));
  }
  fold.fold_faults();
  prices.seen = true;
  return std::move(fold.folded);
}

}  // namespace together
