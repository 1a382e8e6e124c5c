// The simulated service as an upstream that answers in no time.
#pragma once

#include "exporter/core/exchange.h"
#include "exporter/core/request.h"
#include "simulator/service.h"

namespace together {

/// What the service answers at that time of its scenario; a request that names a URL gets the file
/// of that name from its documentation. `at` is the wall time of the exchange.
Exchange simulated_answer(simulator::Service& service, const Request& request, Duration since_start,
                          WallTime at);

/// An answer that arrived whole.
Exchange whole_answer(int status, std::string body, WallTime at);

}  // namespace together
