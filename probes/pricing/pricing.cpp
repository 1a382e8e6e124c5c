// The pricing probe: what the models of the full list cost.
#include "probes/pricing/pricing.h"

#include "probes/catalog/model_list.h"
#include "probes/pricing/prices.h"

namespace together {
namespace {

const ProbeInfo& pricing_info() {
  static const ProbeInfo info = [] {
    ProbeInfo i;
    i.name = "pricing";
    i.help = "Reads the prices in the model list that the catalog probe fetched.";
    i.scope = Scope::kRider;
    i.rides_on = "catalog";
    return i;
  }();
  return info;
}

std::string summarize(const PriceFacts& facts) {
  std::size_t priced = 0;
  for (const ModelPrice& model : facts.models) {
    if (!model.per_token.empty() || !model.per_unit.empty()) ++priced;
  }
  return std::to_string(priced) + " of " + std::to_string(facts.models.size()) +
         " models carry a price";
}

class PricingProbe final : public Probe {
 public:
  const ProbeInfo& info() const override { return pricing_info(); }

  Request request(const Target&) const override { return {}; }

  Observation judge(const Target& target, const Exchange& exchange,
                    std::string_view) const override {
    Observation seen;
    seen.outcome = Outcome::kOk;
    // The serverless list repeats prices of the full one.
    if (target.part != "all") return seen;
    ListAnswer answer = read_list_answer(exchange);
    seen.outcome = answer.verdict.outcome;
    seen.detail = answer.verdict.detail;
    if (seen.outcome != Outcome::kOk) return seen;
    PriceFacts facts;
    facts.models.reserve(answer.list.models.size());
    for (ListedModel& model : answer.list.models) {
      facts.models.push_back(read_prices(std::move(model.id), model.entry));
    }
    seen.detail = summarize(facts);
    seen.facts = std::move(facts);
    return seen;
  }
};

}  // namespace

ProbeType pricing_probe() {
  return {pricing_info(), [](const ProbeInputs&) { return std::make_unique<PricingProbe>(); }};
}

}  // namespace together
