// What is known of the model ids that a scan looks for.
#pragma once

#include <optional>
#include <string>

#include "exporter/core/day.h"

namespace together {

struct KnownId {
  std::string id;
  std::string state = "unknown";  ///< a model state's text; "unknown" where nothing is known
  std::optional<Day> removal{};
  std::string source{};       ///< who names the removal; "" where nobody does
  std::string replacement{};  ///< "" where none is named
  friend bool operator==(const KnownId&, const KnownId&) = default;
};

}  // namespace together
