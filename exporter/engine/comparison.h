// One model beside another that could take its place.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "exporter/ledger/ledger.h"

namespace together {

/// Of a watched model, else of a listed one; null where no list ever held it.
const Prices* prices_of(const Ledger& ledger, const std::string& id);

/// The other's price over the last that the model had; `direction` is an index into kDirections.
std::optional<double> price_ratio(const Ledger& ledger, const std::string& model,
                                  const std::string& other, std::size_t direction);

/// The other's context length over the model's, as listed.
std::optional<double> context_length_ratio(const Ledger& ledger, const std::string& model,
                                           const std::string& other);

}  // namespace together
