// The rules of the streaming contract, judged one by one.
#pragma once

#include <string_view>
#include <vector>

#include "exporter/core/exchange.h"
#include "exporter/core/observation.h"
#include "probes/stream/reading.h"

namespace together {

/// The verdict on every rule that the exchange allows to judge, in the contract's order: status,
/// content_type, framing, json, object, finish_reason, done_once_and_last, no_error, not_truncated,
/// usage_plausible, known_fields. Nothing is judged past a status other than 200, nor past an
/// answer that is no event stream and holds no event.
/// Requires: a status line came.
std::vector<Observation::Rule> judge_rules(const Exchange& exchange, const StreamReading& reading);

bool is_broken(const std::vector<Observation::Rule>& rules, std::string_view name);

/// Whether Together documents, or was seen to send, this reason for a good end.
bool is_known_finish_reason(std::string_view reason);

}  // namespace together
