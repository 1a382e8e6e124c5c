// What one exchange means to one probe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exporter/core/clock.h"
#include "exporter/core/facts.h"
#include "exporter/core/metric.h"
#include "exporter/core/outcome.h"
#include "exporter/core/target.h"

namespace together {

/// Tokens that were billed, as the answer says.
struct Usage {
  long long prompt_tokens = 0;
  long long completion_tokens = 0;
};

/// Something worth an event the first time that it is seen of a model.
/// `kind`: [a-z_]+, such as "finish_reason". `text`: one printable line of at most 200 bytes.
struct Remark {
  std::string kind;
  std::string text;
};

struct Observation {
  std::string probe;
  Target target;
  WallTime at{};
  bool foreign = false;  ///< not Together's answer: says nothing of the account
  Outcome outcome = Outcome::kInternal;
  std::string detail;  ///< one sentence for a person: log, `probe` command, event
  Facts facts;
  std::vector<Reading> readings;
  std::vector<Remark> remarks;
  std::optional<Usage> usage;
  /// Rules judged one by one, for the `probe` command. Same verdicts as in `readings`.
  struct Rule {
    std::string name;
    bool ok = false;
    std::string detail;
  };
  std::vector<Rule> rules;
};

}  // namespace together
