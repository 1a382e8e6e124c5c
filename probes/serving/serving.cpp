// The serving probe: the cheapest chat request there is, the authority on availability.
#include "probes/serving/serving.h"

#include <chrono>

#include "probes/api_error/envelope.h"
#include "probes/api_error/verdict.h"
#include "probes/chat/chat.h"
#include "probes/chat/gateway_times.h"
#include "probes/json/read.h"

namespace together {
namespace {

constexpr long long kMaxTokens = 1;

const ProbeInfo& serving_info() {
  static const ProbeInfo info = [] {
    ProbeInfo i;
    i.name = "serving";
    i.help = "Asks the model for one token: is it there, and who answers.";
    i.scope = Scope::kModel;
    i.modalities = {Modality::kChat, Modality::kLanguage, Modality::kCode, Modality::kModeration,
                    Modality::kUnknown};
    i.paid = true;
    i.for_fallbacks = true;
    i.authority = true;
    i.interval = std::chrono::minutes(5);
    i.max_interval = std::chrono::hours(1);
    i.metrics = {&kGatewayTime, &kEngineTime};
    i.settings = {
        {"removed_after", 3LL, "Absences in a row before a model is `removed` or `blocked`.", 1,
         100},
        {"down_after", 3LL, "Failures in a row before a model is `down`.", 1, 100},
        {"confirm_interval", Duration(std::chrono::seconds(30)),
         "How soon to look again after an absence or a failure."},
    };
    return i;
  }();
  return info;
}

/// Empty where the answer follows the contract. Content may be empty or missing: a reasoning model
/// spends its one token before it says anything.
std::string fault_of(const Json& answer) {
  const Json* choices = member(&answer, "choices");
  if (choices == nullptr || !choices->is_array()) return "the answer has no array of choices";
  if (choices->empty()) return "the answer has no choice";
  const Json* message = member(&choices->front(), "message");
  const Json* text = member(&choices->front(), "text");
  const bool complete =
      (message != nullptr && message->is_object()) || (text != nullptr && text->is_string());
  return complete ? "" : "the first choice has neither message nor text";
}

/// The error a choice carries, where one does.
std::optional<std::string> choice_error(const Json& answer) {
  const Json* choices = member(&answer, "choices");
  if (choices == nullptr || !choices->is_array()) return std::nullopt;
  for (const Json& choice : *choices) {
    if (const Json* error = member(&choice, "error"); carries_error(error))
      return error_text(*error);
    if (text_of(member(&choice, "finish_reason")) == "error") return "finish_reason is error";
  }
  return std::nullopt;
}

Observation failed(const ApiVerdict& verdict) {
  Observation seen;
  seen.outcome = verdict.outcome;
  seen.detail = verdict.detail;
  seen.facts = ServingFacts{.look = verdict.look, .served_model = "", .authority = true};
  return seen;
}

class ServingProbe final : public Probe {
 public:
  const ProbeInfo& info() const override { return serving_info(); }

  Request request(const Target& target) const override {
    return chat_request(
        {.model = target.model, .text = "hi", .max_tokens = kMaxTokens, .stream = false});
  }

  Observation judge(const Target& target, const Exchange& exchange,
                    std::string_view) const override {
    if (exchange.error != TransportError::kNone || exchange.status != 200) {
      return failed(judge_failure(exchange));
    }
    const auto answer = parse_json(exchange.body);
    if (!answer) return failed({Outcome::kBadResponse, Look::kFailing, answer.error().message});
    if (read_api_error(*answer)) return failed(judge_failure(exchange));
    if (const auto error = choice_error(*answer)) {
      return failed({Outcome::kInBandError, Look::kFailing, *error});
    }
    if (const std::string fault = fault_of(*answer); !fault.empty()) {
      return failed({Outcome::kBadResponse, Look::kFailing, fault});
    }
    ServingFacts facts = served_as(target, answered_model(*answer));
    facts.authority = true;
    Observation seen;
    seen.outcome = Outcome::kOk;
    seen.detail = facts.look == Look::kServedByOther ? "answered by " + facts.served_model
                                                     : "answered by the model";
    seen.facts = std::move(facts);
    seen.readings = gateway_times(target.model, exchange);
    seen.usage = read_usage(member(&*answer, "usage"));
    return seen;
  }

  Billed most_billed(const Target&) const override { return most_chat_bill(kMaxTokens); }
  Billed usually_billed(const Target&) const override { return usual_chat_bill(kMaxTokens); }
};

}  // namespace

ProbeType serving_probe() {
  return {serving_info(), [](const ProbeInputs&) { return std::make_unique<ServingProbe>(); }};
}

}  // namespace together
