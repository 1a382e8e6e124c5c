// A plain chat answer, for probes that ask more of it than that it comes.
#pragma once

#include <string>
#include <string_view>

#include "exporter/core/exchange.h"
#include "exporter/core/observation.h"
#include "exporter/core/probe.h"
#include "probes/json/read.h"

namespace together {

/// What the serving probe says of it, without authority. A refusal of the request itself is
/// kCallerError and says nothing of the model. `kOk`: there is an answer, and its first choice has
/// a message or a text.
Observation judge_chat_answer(const Probe& serving, const Target& target, const Exchange& exchange);

/// Breaks where the answer names no finish reason, or one that is neither `wanted` nor "stop" or
/// "eos".
Observation::Rule judge_finish_reason(const Json& choice, std::string_view wanted);

/// Whether the answer was cut by our own `max_tokens`, so that no other rule can be judged.
bool is_cut_by_length(const Json& choice);
Observation::Rule cut_by_length(long long max_tokens);

/// A remark where the finish reason is none that Together documents.
void remark_finish_reason(const Json& choice, Observation& seen);

}  // namespace together
