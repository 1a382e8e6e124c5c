// The deprecations page, in the layout of September 2026.
#pragma once

#include <string>

#include "simulator/world.h"

namespace together::simulator {

/// Markdown: scheduled removals (announced models), redirects, history of inference (removed
/// models, newest first, above a few that left in 2025 and 2026) and of fine-tuning (announced
/// models above a few).
/// Source: together-api.md section 7.
std::string deprecations_page(const World& world);

}  // namespace together::simulator
