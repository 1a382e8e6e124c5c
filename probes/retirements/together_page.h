// Together's page on deprecations.
#pragma once

#include <string_view>

#include "probes/retirements/rows.h"

namespace together {

/// Every layout from 2025-11 to 2026-09: scheduled or planned removals, the history of inference
/// and of fine-tuning, active redirects. Tables are found by their header cells and the headings
/// above them. A row whose day cannot be read keeps none; a row without a model id is no row.
/// Errors: no inference row at all, or a history that cannot be read: the page was never without.
/// Source: https://docs.together.ai/docs/deprecations.md
ParsedRows read_together_page(std::string_view page);

}  // namespace together
