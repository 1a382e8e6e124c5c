// One model's prices over time: today's, the ones before, what changed and what is a fault.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/core/clock.h"
#include "exporter/core/facts.h"

namespace together {

inline constexpr std::array<std::string_view, 3> kDirections{"input", "output", "cached_input"};

struct PriceChange {
  std::string name;        ///< one of kDirections, or a unit
  bool per_token = false;  ///< USD per token, else per unit
  double before = 0;
  double after = 0;
};

/// The price of one direction or unit.
/// A price that vanishes (Together's list shows it as zero) is not forgotten: when it comes back,
/// it is compared with what it was. So a catalogue fault 1.2 -> 0 -> 1.2 is no change at all.
struct PriceHistory {
  std::optional<double> current;   ///< USD per token or unit; empty while the list names none
  std::optional<double> last;      ///< the newest that was ever named
  std::optional<double> previous;  ///< the one before `last`
  std::optional<WallTime> changed_at;
  double increases = 0;  ///< since this process started
  double decreases = 0;
  friend bool operator==(const PriceHistory&, const PriceHistory&) = default;
};

struct Prices {
  std::array<PriceHistory, kDirections.size()> per_token;  ///< in the order of kDirections
  std::map<std::string, PriceHistory> per_unit;            ///< every unit that was ever named
  bool seen = false;  ///< some accepted list held the model, priced or not
  /// Faults that have not ended, by the price's name; see UnreadPrice.
  std::map<std::string, PriceFault> faulty;
  std::array<double, kPriceFaults.size()> faults{};  ///< begun since this process started

  bool priced() const;
  bool ever_priced() const;
  friend bool operator==(const Prices&, const Prices&) = default;
};

/// Faults of one kind that began with one list: the names of the prices.
using PriceFaults = std::map<PriceFault, std::vector<std::string>>;

struct FoldedPrices {
  std::vector<PriceChange> changes;
  PriceFaults faults;
};

/// The newest list does not hold the model: it names no price now. What it was is remembered.
void unlist(Prices& prices);

/// Differences below 1e-9 of the price are float dust, not changes.
FoldedPrices fold(Prices& prices, const ModelPrice& listed, WallTime at);

}  // namespace together
