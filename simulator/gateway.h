// The headers that say an answer was made behind the gateway, by a model's engine.
#pragma once

#include <string>

#include "simulator/script.h"
#include "simulator/stamp.h"
#include "simulator/world.h"

namespace together::simulator {

/// "<uuid>-noamzn".
std::string trace_id(const Stamp& stamp);

/// x-api-received, x-api-call-start, x-amzn-trace-id and the account's version headers.
void add_gateway_headers(Headers& headers, const Stamp& stamp, const Account& account);

/// Without the account's version headers: images have none.
void remove_version_headers(Headers& headers, const Account& account);

/// x-api-call-end: whole answers with status 200 only.
void add_call_end(Headers& headers, const Stamp& stamp, Duration engine_time);

}  // namespace together::simulator
