// The rules of an answer.
#include "probes/answer/rules.h"

#include <utility>

namespace together {

Observation::Rule kept(std::string name, std::string detail) {
  return {std::move(name), true, std::move(detail)};
}

Observation::Rule broken(std::string name, std::string detail) {
  return {std::move(name), false, std::move(detail)};
}

std::string first_fault(const std::vector<Observation::Rule>& rules) {
  for (const Observation::Rule& rule : rules) {
    if (!rule.ok) return rule.detail;
  }
  return "";
}

void add_rule_readings(std::string_view surface, const std::string& model, Observation& seen) {
  for (const Observation::Rule& rule : seen.rules) {
    const std::vector<std::string> labels{std::string(surface), model, rule.name};
    seen.readings.push_back({&kSurfaceRuleOk, labels, rule.ok ? 1.0 : 0.0});
    seen.readings.push_back({&kSurfaceViolations, labels, rule.ok ? 0.0 : 1.0});
  }
}

}  // namespace together
