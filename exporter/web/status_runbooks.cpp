// Which runbook tells what to do about something that the status page shows.
#include "exporter/web/status_runbooks.h"

#include <algorithm>
#include <array>

namespace together {
namespace {

struct StateAlert {
  std::string_view state;
  std::string_view alert;
};

constexpr std::array<StateAlert, 6> kStateAlerts{{{"removed", "TogetherModelRemoved"},
                                                  {"blocked", "TogetherModelBlocked"},
                                                  {"down", "TogetherModelDown"},
                                                  {"redirected", "TogetherModelRedirected"},
                                                  {"suspect", "TogetherModelSuspect"},
                                                  {"unknown", "TogetherModelUnknown"}}};

struct KnownGate {
  std::string_view gate;
  std::string_view alert;
  std::string_view text;
};

constexpr std::array<KnownGate, 4> kKnownGates{
    {{"key_rejected", "TogetherKeyRejected",
      "Together rejects the API key. Nothing is known of any model until it is accepted."},
     {"spend_limited", "TogetherSpendLimited",
      "The account has reached its spending limit. Nothing is known of any model until it is "
      "raised."},
     {"provider_outage", "TogetherProviderOutage",
      "Together fails for most models at once. No single model is blamed until it recovers."},
     {"offline", "TogetherExporterOffline",
      "The exporter cannot connect to Together. Nothing is known of any model until it can."}}};

const KnownGate* find_gate(std::string_view gate) {
  const auto* found = std::find_if(kKnownGates.begin(), kKnownGates.end(),
                                   [&](const auto& known) { return known.gate == gate; });
  return found == kKnownGates.end() ? nullptr : found;
}

}  // namespace

std::string runbook_link(std::string_view alert) {
  if (alert.empty()) return "";
  std::string link = "<a class=\"runbook\" href=\"";
  link.append(kRunbooks).append("/").append(alert).append(".md\">runbook<span class=\"sr\"> ");
  return link.append(alert).append("</span></a>");
}

std::string_view alert_of_state(std::string_view state) {
  const auto* found = std::find_if(kStateAlerts.begin(), kStateAlerts.end(),
                                   [&](const auto& known) { return known.state == state; });
  return found == kStateAlerts.end() ? "" : found->alert;
}

std::string_view alert_of_gate(std::string_view gate) {
  const auto* known = find_gate(gate);
  return known == nullptr ? "" : known->alert;
}

std::string_view gate_text(std::string_view gate) {
  const auto* known = find_gate(gate);
  return known == nullptr ? "" : known->text;
}

}  // namespace together
