// One model's prices over time.
#include "exporter/ledger/prices.h"

#include <algorithm>
#include <cmath>

namespace together {
namespace {

constexpr double kDust = 1e-9;

bool differs(double a, double b) {
  return std::abs(a - b) > kDust * std::max(std::abs(a), std::abs(b));
}

}  // namespace

bool Prices::priced() const {
  return !per_unit.empty() || std::any_of(per_token.begin(), per_token.end(),
                                          [](const auto& p) { return p.current.has_value(); });
}

void unlist(Prices& prices) {
  for (auto& price : prices.per_token) price.current.reset();
  prices.per_unit.clear();
}

std::vector<PriceChange> fold(Prices& prices, const ModelPrice& listed, WallTime at) {
  const std::array<std::optional<double>, kDirections.size()> named{
      listed.per_token.input, listed.per_token.output, listed.per_token.cached_input};
  std::vector<PriceChange> changes;
  for (std::size_t i = 0; i < kDirections.size(); ++i) {
    DirectionPrice& price = prices.per_token[i];
    price.current = named[i];
    if (!named[i]) continue;
    if (price.last && differs(*price.last, *named[i])) {
      changes.push_back({kDirections[i], *price.last, *named[i]});
      ++(*named[i] > *price.last ? price.increases : price.decreases);
      price.previous = price.last;
      price.changed_at = at;
      price.last = named[i];
    } else if (!price.last) {
      price.last = named[i];
    } else {
      price.current = price.last;  // keep the dust out of the series
    }
  }
  prices.per_unit = listed.per_unit;
  prices.seen = true;
  return changes;
}

}  // namespace together
