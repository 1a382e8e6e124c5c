// The part of the status page that tells who goes when, and who says so.
#pragma once

#include <string>

#include "exporter/web/status_view.h"

namespace together {

/// A model's next date (else its last), its replacements and the nearest that answers; "" where
/// there is nothing to tell.
std::string retirement_cell(const StatusView::Model& model, WallTime now);

/// More are in /api/v1/models.
inline constexpr std::size_t kRetirementRows = 50;

/// Dates to come, the nearest first; then those that passed, the longest ago first, while the model
/// has not gone.
std::string retirement_table(const StatusView& view);

std::string source_table(const StatusView& view);

}  // namespace together
