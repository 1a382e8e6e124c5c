// What the probes of surfaces other than the stream share.
#include "probes/answer/surface.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "exporter/core/text.h"
#include "probes/answer/rules.h"
#include "probes/api_error/envelope.h"

namespace together {

Request post_json(std::string path, const nlohmann::ordered_json& body) {
  Request request;
  request.method = Method::kPost;
  request.path = std::move(path);
  request.headers = {{"content-type", "application/json"}};
  // A model id comes from a file: bytes that are no UTF-8 must not throw.
  request.body = body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  return request;
}

tl::expected<Json, ApiVerdict> open_answer(const Exchange& exchange) {
  if (exchange.error != TransportError::kNone || exchange.status != 200) {
    return tl::make_unexpected(judge_failure(exchange));
  }
  auto answer = parse_json(exchange.body);
  if (!answer) {
    return tl::make_unexpected(
        ApiVerdict{Outcome::kBadResponse, Look::kFailing, answer.error().message});
  }
  if (read_api_error(*answer)) return tl::make_unexpected(judge_failure(exchange));
  return std::move(*answer);
}

Observation failed_look(const ApiVerdict& verdict, bool authority) {
  Observation seen;
  seen.outcome = verdict.outcome;
  seen.detail = verdict.detail;
  seen.facts = ServingFacts{.look = verdict.look, .served_model = "", .authority = authority};
  return seen;
}

Observation::Rule judge_list_object(const Json& answer) {
  const std::string object = one_line(text_of(member(&answer, "object")), 60);
  if (object == "list") return kept("object", "object is list");
  return broken("object", object.empty() ? "the answer has no object" : "object is " + object);
}

void conclude(std::string_view surface, const std::string& model, const std::string& good,
              Observation& seen) {
  const std::string fault = first_fault(seen.rules);
  seen.outcome = fault.empty() ? Outcome::kOk : Outcome::kBadResponse;
  seen.detail = fault.empty() ? good : fault;
  const auto& facts = std::get<ServingFacts>(seen.facts);
  if (facts.look == Look::kServedByOther) seen.detail += "; answered by " + facts.served_model;
  add_rule_readings(surface, model, seen);
}

std::optional<Usage> read_input_usage(const Json* usage) {
  constexpr long long kMost = 10'000'000;
  const auto prompt = count_of(member(usage, "prompt_tokens"));
  const long long completion = count_of(member(usage, "completion_tokens")).value_or(0);
  if (!prompt || *prompt > kMost || completion > kMost) return std::nullopt;
  return Usage{.prompt_tokens = *prompt, .completion_tokens = completion};
}

void remark_fields(const Json* object, std::span<const std::string_view> known,
                   std::string_view prefix, Observation& seen) {
  constexpr std::size_t kMostRemarks = 8;
  constexpr std::size_t kMostBytes = 200;
  if (object == nullptr || !object->is_object()) return;
  for (const auto& [name, value] : object->items()) {
    if (seen.remarks.size() >= kMostRemarks) return;
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    seen.remarks.push_back({"field", one_line(std::string(prefix) + name, kMostBytes)});
  }
}

}  // namespace together
