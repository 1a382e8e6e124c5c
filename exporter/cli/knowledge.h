// What is known of model ids, for a scan: from the service itself, or from the state database.
#pragma once

#include <string>
#include <vector>

#include "exporter/cli/looker.h"
#include "exporter/config/config.h"
#include "exporter/core/result.h"
#include "exporter/ledger/ledger.h"
#include "exporter/scan/known_ids.h"

namespace together {

/// Everything the lists, the sources and the configuration name.
std::vector<KnownId> known_ids(const Ledger& ledger);

/// Reads the model lists and the retirement sources. A source that is broken is one warning on
/// standard error. Errors: a model list cannot be read.
Result<void> learn_lists(Looker& looker, const Config& config, Ledger& ledger);

/// Looks at these models, and at what would replace them, until the ledger is sure of each: as the
/// exporter would, only without waiting in between. Stops, with a warning, at the day's budget.
void learn_states(Looker& looker, Config config, const std::vector<std::string>& ids,
                  Ledger& ledger);

}  // namespace together
