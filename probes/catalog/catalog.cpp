// The catalogue probe: which models are listed.
#include "probes/catalog/catalog.h"

#include <chrono>

#include "exporter/core/text.h"
#include "probes/catalog/model_list.h"

namespace together {
namespace {

constexpr std::size_t kMaxNameBytes = 256;

const ProbeInfo& catalog_info() {
  static const ProbeInfo info = [] {
    ProbeInfo i;
    i.name = "catalog";
    i.help = "Reads the account's model lists, all and serverless.";
    i.scope = Scope::kAccount;
    i.parts = {Part{"all"}, Part{"serverless"}};
    i.interval = std::chrono::minutes(1);
    return i;
  }();
  return info;
}

CatalogEntry describe(ListedModel model) {
  const Json& entry = model.entry;
  CatalogEntry listed;
  listed.modality = modality_from(text_of(member(&entry, "type")));
  listed.organization = one_line(text_of(member(&entry, "organization")), kMaxNameBytes);
  listed.display_name = one_line(text_of(member(&entry, "display_name")), kMaxNameBytes);
  listed.context_length = count_of(member(&entry, "context_length"));
  if (listed.context_length == 0) listed.context_length.reset();
  listed.id = std::move(model.id);
  return listed;
}

std::string summarize(const CatalogFacts& facts) {
  std::string text = std::to_string(facts.models.size()) + " models";
  if (facts.duplicates > 0) text += ", " + std::to_string(facts.duplicates) + " listed twice";
  if (facts.unreadable > 0) text += ", " + std::to_string(facts.unreadable) + " without usable id";
  return text;
}

class CatalogProbe final : public Probe {
 public:
  const ProbeInfo& info() const override { return catalog_info(); }

  Request request(const Target& target) const override {
    Request request;
    request.path = target.part == "serverless" ? "/models?serverless=true" : "/models";
    request.max_body_bytes = 16 << 20;
    return request;
  }

  Observation judge(const Target& target, const Exchange& exchange,
                    std::string_view) const override {
    ListAnswer answer = read_list_answer(exchange);
    Observation seen;
    seen.outcome = answer.verdict.outcome;
    seen.detail = answer.verdict.detail;
    if (seen.outcome != Outcome::kOk) return seen;
    CatalogFacts facts;
    facts.list = target.part;
    facts.duplicates = answer.list.duplicates;
    facts.unreadable = answer.list.unreadable;
    facts.models.reserve(answer.list.models.size());
    for (ListedModel& model : answer.list.models) {
      facts.models.push_back(describe(std::move(model)));
    }
    seen.detail = summarize(facts);
    seen.facts = std::move(facts);
    return seen;
  }
};

}  // namespace

ProbeType catalog_probe() {
  return {catalog_info(), [](const ProbeInputs&) { return std::make_unique<CatalogProbe>(); }};
}

}  // namespace together
