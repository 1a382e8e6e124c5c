// LiteLLM's price map, model_prices_and_context_window.json.
#pragma once

#include <string_view>

#include "probes/retirements/rows.h"

namespace together {

/// `deprecation_date` and `metadata.successor` of the `together_ai/` entries. Most have none, so no
/// rows is a good answer. Errors: no JSON object, or none with such an entry.
/// Source: BerriAI/litellm, sample_spec of 2026-08.
ParsedRows read_litellm_prices(std::string_view json);

}  // namespace together
