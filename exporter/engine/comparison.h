// One model beside another that could take its place.
#pragma once

#include <optional>
#include <string>

#include "exporter/ledger/ledger.h"

namespace together {

/// The other's context length over the model's, as listed.
std::optional<double> context_length_ratio(const Ledger& ledger, const std::string& model,
                                           const std::string& other);

}  // namespace together
