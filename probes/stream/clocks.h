// When the tokens of a stream arrived.
#pragma once

#include <string>
#include <vector>

#include "exporter/core/exchange.h"
#include "exporter/core/metric.h"
#include "probes/stream/reading.h"

namespace together {

/// Times to the first byte, event and tokens, gaps between tokens, and the output rate; each only
/// where the exchange has the times for it.
std::vector<Reading> read_clocks(const std::string& model, const Exchange& exchange,
                                 const StreamReading& reading);

}  // namespace together
