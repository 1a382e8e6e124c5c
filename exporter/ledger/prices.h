// One model's prices over time: today's, the ones before, and what changed.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/core/clock.h"
#include "exporter/core/facts.h"

namespace together {

inline constexpr std::array<std::string_view, 3> kDirections{"input", "output", "cached_input"};

struct PriceChange {
  std::string_view direction;
  double before = 0;  ///< USD per token
  double after = 0;
};

/// The price of one direction.
/// A price that vanishes (Together's list shows it as zero) is not forgotten: when it comes back,
/// it is compared with what it was. So a catalogue fault 1.2 -> 0 -> 1.2 is no change at all.
struct DirectionPrice {
  std::optional<double> current;   ///< USD per token; empty while the list names none
  std::optional<double> last;      ///< the newest that was ever named
  std::optional<double> previous;  ///< the one before `last`
  std::optional<WallTime> changed_at;
  double increases = 0;
  double decreases = 0;
};

struct Prices {
  std::array<DirectionPrice, kDirections.size()> per_token;  ///< in the order of kDirections
  std::vector<UnitPrice> per_unit;
  bool seen = false;  ///< some accepted list held the model, priced or not

  bool priced() const;
};

/// The newest list does not hold the model: it names no price now. What it was is remembered.
void unlist(Prices& prices);

/// Differences below 1e-9 of the price are float dust, not changes.
std::vector<PriceChange> fold(Prices& prices, const ModelPrice& listed, WallTime at);

}  // namespace together
