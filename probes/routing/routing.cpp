// The routing probe: a request that every model refuses, so that it costs nothing.
#include "probes/routing/routing.h"

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "probes/chat/chat.h"
#include "probes/serving/serving.h"

namespace together {
namespace {

const ProbeInfo& routing_info() {
  static const ProbeInfo info = [] {
    ProbeInfo i;
    i.name = "routing";
    i.help = "Sends what every model refuses: is it found at all, for nothing.";
    i.scope = Scope::kModel;
    i.modalities = {Modality::kChat, Modality::kLanguage, Modality::kCode};
    i.enabled = false;
    i.for_fallbacks = true;
    i.interval = std::chrono::minutes(5);
    return i;
  }();
  return info;
}

/// An image for models without eyes, and log-probabilities of the wrong type for those that have
/// some. One token, should a model take both. Source: refusals recorded 2025-08 .. 2025-12.
Request refusable_request(const std::string& model) {
  using OrderedJson = nlohmann::ordered_json;
  const OrderedJson text{{"type", "text"}, {"text", "hi"}};
  const OrderedJson image{{"type", "image_url"},
                          {"image_url", {{"url", "data:image/png;base64,AA=="}}}};
  const OrderedJson message{{"role", "user"}, {"content", OrderedJson::array({text, image})}};
  return chat_request(OrderedJson{{"model", model},
                                  {"messages", OrderedJson::array({message})},
                                  {"max_tokens", 1},
                                  {"logprobs", "refuse this"},
                                  {"stream", false}});
}

class RoutingProbe final : public Probe {
 public:
  RoutingProbe() : serving_(serving_probe().make({})) {}

  const ProbeInfo& info() const override { return routing_info(); }

  Request request(const Target& target) const override { return refusable_request(target.model); }

  /// Every answer means what it means to the serving probe, but for the refusal that was asked for,
  /// and but for its weight.
  Observation judge(const Target& target, const Exchange& exchange,
                    std::string_view) const override {
    Observation seen = serving_->judge(target, exchange, serving_->info().name);
    auto& facts = std::get<ServingFacts>(seen.facts);
    facts.authority = false;
    // The refusal came from behind the gateway: the model was found, which is not to say it works.
    if (seen.outcome == Outcome::kCallerError && facts.look == Look::kServed) {
      seen.outcome = Outcome::kOk;
      seen.detail = "routed: refused by the engine's input check, nothing was generated";
      facts.look = Look::kNothing;
      facts.generated = false;
    } else if (exchange.status == 200 && seen.outcome == Outcome::kOk) {
      seen.detail += ", which took what it should refuse and may have billed it";
    }
    return seen;
  }

 private:
  std::unique_ptr<Probe> serving_;
};

}  // namespace

ProbeType routing_probe() {
  return {routing_info(), [](const ProbeInputs&) { return std::make_unique<RoutingProbe>(); }};
}

}  // namespace together
