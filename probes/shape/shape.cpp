// The shape probe.
#include "probes/shape/shape.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "probes/api_error/envelope.h"
#include "probes/json/documents.h"
#include "probes/shape/fingerprint.h"

namespace together {
namespace {

const ProbeInfo& shape_info() {
  static const ProbeInfo info = [] {
    ProbeInfo i;
    i.name = "shape";
    i.help = "Fingerprints the keys and types of every good answer; values are left out.";
    i.scope = Scope::kRider;
    i.rides_on = "*";
    i.settings = {{"learning_period", Duration(std::chrono::hours(6)),
                   "How long the shapes of a surface are only learned, and how long a new one "
                   "counts as new."}};
    return i;
  }();
  return info;
}

bool has_error(const Json& document) {
  if (read_api_error(document)) return true;
  const Json* choices = member(&document, "choices");
  if (choices == nullptr || !choices->is_array()) return false;
  return std::any_of(choices->begin(), choices->end(), [](const Json& choice) {
    return carries_error(member(&choice, "error")) ||
           text_of(member(&choice, "finish_reason")) == "error";
  });
}

/// A stream without an end lacks keys for another reason than a new shape.
bool is_whole(const Exchange& exchange, const std::vector<Json>& documents) {
  if (!is_event_stream(exchange)) return true;
  return std::any_of(documents.begin(), documents.end(), [](const Json& chunk) {
    const Json* choices = member(&chunk, "choices");
    return choices != nullptr && choices->is_array() && !choices->empty() &&
           !text_of(member(&choices->front(), "finish_reason")).empty();
  });
}

class ShapeProbe final : public Probe {
 public:
  const ProbeInfo& info() const override { return shape_info(); }

  Request request(const Target&) const override { return {}; }

  Observation judge(const Target& target, const Exchange& exchange,
                    std::string_view source) const override {
    Observation seen;
    seen.outcome = Outcome::kOk;
    if (exchange.error != TransportError::kNone || exchange.status < 200 || exchange.status > 299) {
      return seen;
    }
    const auto documents = json_documents(exchange);
    if (documents.empty() || !is_whole(exchange, documents)) return seen;
    if (std::any_of(documents.begin(), documents.end(), has_error)) return seen;
    ShapeReader reader;
    for (const Json& document : documents) reader.add(document);
    ShapeFacts facts;
    facts.surface = surface_of(source, target.part);
    facts.paths = reader.paths();
    facts.fingerprint = fingerprint_of(facts.paths);
    seen.detail =
        "shape " + facts.fingerprint + " of " + std::to_string(facts.paths.size()) + " paths";
    seen.facts = std::move(facts);
    return seen;
  }
};

}  // namespace

ProbeType shape_probe() {
  return {shape_info(), [](const ProbeInputs&) { return std::make_unique<ShapeProbe>(); }};
}

}  // namespace together
