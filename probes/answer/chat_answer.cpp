// A plain chat answer, for probes that ask more of it than that it comes.
#include "probes/answer/chat_answer.h"

#include "exporter/core/text.h"
#include "probes/answer/rules.h"
#include "probes/stream/rules.h"

namespace together {
namespace {

std::string finish_reason_of(const Json& choice) {
  return one_line(text_of(member(&choice, "finish_reason")), 60);
}

}  // namespace

Observation judge_chat_answer(const Probe& serving, const Target& target,
                              const Exchange& exchange) {
  Observation seen = serving.judge(target, exchange, serving.info().name);
  // Times of an answer of one token are another matter than those of a long one.
  seen.readings.clear();
  auto& facts = std::get<ServingFacts>(seen.facts);
  facts.authority = false;
  const bool refused = exchange.status != 200 && exchange.error == TransportError::kNone &&
                       (seen.outcome == Outcome::kOk || seen.outcome == Outcome::kCallerError);
  if (refused) {
    seen.outcome = Outcome::kCallerError;
    facts.look = Look::kNothing;
    facts.generated = false;
  }
  return seen;
}

Observation::Rule judge_finish_reason(const Json& choice, std::string_view wanted) {
  const std::string reason = finish_reason_of(choice);
  if (reason.empty()) return broken("finish_reason", "the answer has no finish_reason");
  const bool good = reason == wanted || reason == "stop" || reason == "eos";
  const std::string detail = "finish_reason is " + reason;
  return good ? kept("finish_reason", detail) : broken("finish_reason", detail);
}

bool is_cut_by_length(const Json& choice) { return finish_reason_of(choice) == "length"; }

Observation::Rule cut_by_length(long long max_tokens) {
  return broken("finish_reason", "finish_reason is length: " + std::to_string(max_tokens) +
                                     " tokens did not suffice; raise max_tokens");
}

void remark_finish_reason(const Json& choice, Observation& seen) {
  const std::string reason = finish_reason_of(choice);
  if (reason.empty() || is_known_finish_reason(reason)) return;
  seen.remarks.push_back({"finish_reason", reason});
}

}  // namespace together
