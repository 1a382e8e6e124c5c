// The part of the status page that tells of each tracked model.
#pragma once

#include <string>

#include "exporter/web/status_view.h"

namespace together {

/// More are in /api/v1/models.
inline constexpr std::size_t kModelRows = 200;

/// What wants attention first.
std::string model_table(const StatusView& view);

/// How many tracked models are in which state.
std::string state_counts(const StatusView& view);

}  // namespace together
