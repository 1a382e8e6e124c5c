// What the probes of an account share.
#include "probes/account/look.h"

#include "probes/answer/rules.h"
#include "probes/answer/surface.h"

namespace together {

std::optional<Json> open_account_answer(const Exchange& exchange, Observation& seen) {
  auto answer = open_answer(exchange);
  if (answer) return std::move(*answer);
  seen.outcome = account_outcome(answer.error());
  seen.detail = answer.error().detail;
  return std::nullopt;
}

Outcome account_outcome(const ApiVerdict& verdict) {
  return verdict.outcome == Outcome::kOk ? Outcome::kCallerError : verdict.outcome;
}

const Json* items_of(const Json& answer) {
  if (answer.is_array()) return &answer;
  const Json* data = member(&answer, "data");
  return data != nullptr && data->is_array() ? data : nullptr;
}

Observation::Rule judge_list(const Json& answer) {
  if (answer.is_array()) return broken("list", "the answer is a bare array, no object with data");
  if (items_of(answer) == nullptr) return broken("list", "the answer has no array data");
  return kept("list", "an object with an array data");
}

void conclude_account(std::string_view surface, std::string_view summary, Observation& seen) {
  seen.detail = first_fault(seen.rules);
  seen.outcome = seen.detail.empty() ? Outcome::kOk : Outcome::kBadResponse;
  if (!seen.detail.empty() && !summary.empty()) seen.detail += "; ";
  seen.detail += summary;
  add_rule_readings(surface, "", seen);
}

}  // namespace together
