// Every answer that is an error: its status, body and headers.
// Source: together-api.md sections 1 and 3; bodies recorded 2025-05 to 2026-10.
#pragma once

#include <string>

#include "simulator/script.h"
#include "simulator/stamp.h"
#include "simulator/world.h"

namespace together::simulator {

/// GET /models without a good key: a bare envelope.
Script unauthorized_list(const Stamp& stamp);
/// Chat without a good key.
Script invalid_api_key(const Stamp& stamp);
Script credit_limit(const Stamp& stamp);
/// `model` is "" where the account itself is limited.
Script rate_limited(const Stamp& stamp, const Throttle& throttle, const std::string& model);

/// A model that does not answer. Requires: the standing is not kServed.
Script refused(const Stamp& stamp, Standing standing, const std::string& model);

/// A request that the gateway cannot read.
Script unreadable_request(const Stamp& stamp);
/// A request that a live model's engine refuses: carries the headers from behind the gateway.
Script bad_input(const Stamp& stamp, const Account& account, const std::string& message);
/// 500 or 503 of a live model's engine.
Script engine_failure(const Stamp& stamp, const Account& account, int status);

/// As an event says.
Script refused_so(const Stamp& stamp, const Refusal& refusal);

/// The whole API fails. Only inference carries headers from behind the gateway.
Script outage(const Stamp& stamp, const Account& account, Failure failure, bool inference);

/// No such path.
Script no_route(const Stamp& stamp, const std::string& method, const std::string& path);

/// An answer whose body is all there at once.
Script whole(int status, Headers headers, std::string body);

/// 200 of what no engine answers.
Script good_json(const Stamp& stamp, const Json& body);

}  // namespace together::simulator
