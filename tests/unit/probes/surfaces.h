// What the tests of the probes with rules of answers share.
#pragma once

#include <string>

#include "exporter/core/facts.h"
#include "exporter/core/observation.h"

namespace together {

/// The names of the judged rules, in order; a broken one follows a minus: "json -schema".
inline std::string rules_of(const Observation& seen) {
  std::string text;
  for (const auto& rule : seen.rules) {
    text += (text.empty() ? "" : " ") + std::string(rule.ok ? "" : "-") + rule.name;
  }
  return text;
}

inline const ServingFacts& facts_of(const Observation& seen) {
  return std::get<ServingFacts>(seen.facts);
}

}  // namespace together
