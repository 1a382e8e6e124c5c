// The warnings probe.
#include "probes/warnings/warnings.h"

#include <array>
#include <set>
#include <string>
#include <utility>

#include "exporter/core/text.h"
#include "probes/api_error/envelope.h"
#include "probes/json/documents.h"
#include "probes/warnings/named_model.h"

namespace together {
namespace {

constexpr std::size_t kMostText = 200;
constexpr std::size_t kMostWarnings = 8;

constexpr MetricDef kWarnings{
    .name = "together_api_warnings_total",
    .type = MetricType::kCounter,
    .help =
        "Warnings in answers: entries of `warnings`, the headers Deprecation and Sunset, and "
        "errors that name another model. Events hold their text.",
    .label_names = {"surface", "model"},
    .buckets = {}};

/// Source: RFC 9745 (Deprecation) and RFC 8594 (Sunset).
struct WarningHeader {
  std::string_view name;
  std::string_view kind;
};
constexpr std::array kHeaders{WarningHeader{"deprecation", "deprecation_header"},
                              WarningHeader{"sunset", "sunset_header"}};

const ProbeInfo& warnings_info() {
  static const ProbeInfo info = [] {
    ProbeInfo i;
    i.name = "warnings";
    i.help = "Notes warnings in any answer: in its body, its headers, or its refusal.";
    i.scope = Scope::kRider;
    i.rides_on = "*";
    i.metrics = {&kWarnings};
    return i;
  }();
  return info;
}

/// Each once, in order; streams repeat theirs on every chunk.
class Found {
 public:
  void add(std::string_view kind, std::string_view text) {
    std::string line = one_line(trim(text), kMostText);
    if (line.empty() || remarks_.size() >= kMostWarnings) return;
    if (!seen_.insert(std::string(kind) + line).second) return;
    remarks_.push_back({std::string(kind), std::move(line)});
  }
  std::vector<Remark> take() { return std::move(remarks_); }

 private:
  std::vector<Remark> remarks_;
  std::set<std::string> seen_;
};

void find_in_document(const Json& document, Found& found) {
  const Json* warnings = member(&document, "warnings");
  if (warnings == nullptr || !warnings->is_array()) return;
  for (const Json& warning : *warnings) {
    const std::string_view message = text_of(member(&warning, "message"));
    found.add("warning", message.empty() ? text_of(&warning) : message);
  }
}

std::string refusal_of(const Exchange& exchange) {
  if (exchange.status < 400 || exchange.status > 499) return "";
  const auto body = parse_json(exchange.body);
  const auto error = body ? read_api_error(*body) : std::nullopt;
  return error ? error->message : "";
}

class WarningsProbe final : public Probe {
 public:
  const ProbeInfo& info() const override { return warnings_info(); }

  Request request(const Target&) const override { return {}; }

  Observation judge(const Target& target, const Exchange& exchange,
                    std::string_view source) const override {
    Found found;
    for (const auto& [name, kind] : kHeaders) {
      if (const auto value = exchange.header(name)) found.add(kind, *value);
    }
    // Nearly every answer is without: lists of half a megabyte are not parsed for nothing.
    if (exchange.body.find("\"warnings\"") != std::string::npos) {
      for (const Json& document : json_documents(exchange)) find_in_document(document, found);
    }
    if (!target.model.empty()) {
      for (const auto& id : models_named_in(refusal_of(exchange), target.model)) {
        found.add("named_model", id);
      }
    }
    Observation seen;
    seen.outcome = Outcome::kOk;
    seen.remarks = found.take();
    seen.readings.push_back({&kWarnings,
                             {surface_of(source, target.part), target.model},
                             static_cast<double>(seen.remarks.size())});
    for (const Remark& remark : seen.remarks) {
      seen.detail += (seen.detail.empty() ? "" : "; ") + remark.text;
    }
    return seen;
  }
};

}  // namespace

ProbeType warnings_probe() {
  return {warnings_info(), [](const ProbeInputs&) { return std::make_unique<WarningsProbe>(); }};
}

}  // namespace together
