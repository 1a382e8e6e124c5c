// What the probes of an account share: to open an answer, to find its list, to conclude.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "exporter/core/exchange.h"
#include "exporter/core/observation.h"
#include "probes/api_error/verdict.h"
#include "probes/json/read.h"

namespace together {

/// The JSON of a good answer. Where there is none, `seen` holds what the exchange means instead.
std::optional<Json> open_account_answer(const Exchange& exchange, Observation& seen);

/// The outcome of a failed exchange: no model is asked for, so none can be proven to exist.
Outcome account_outcome(const ApiVerdict& verdict);

/// The items of a list, be it a bare array or the `data` of an object; null where there is none.
const Json* items_of(const Json& answer);

/// The rule `list`: an object with an array `data`.
Observation::Rule judge_list(const Json& answer);

/// Sets outcome, detail and the readings of the rules: kBadResponse and the first fault, or kOk.
/// `summary` may be "" where a rule is broken; `surface` is the probe's name and part.
void conclude_account(std::string_view surface, std::string_view summary, Observation& seen);

}  // namespace together
