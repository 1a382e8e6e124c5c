// What the tests of the account-wide probes share.
#pragma once

#include <sstream>
#include <string>
#include <string_view>

#include "exporter/core/observation.h"

namespace together {

/// The readings of one metric, in order: "completed=2 other=0"; labels are joined by a comma.
inline std::string gauges(const Observation& seen, std::string_view metric) {
  std::ostringstream text;
  for (const auto& reading : seen.readings) {
    if (reading.metric->name != metric) continue;
    if (text.tellp() > 0) text << ' ';
    for (std::size_t i = 0; i < reading.labels.size(); ++i) {
      text << (i == 0 ? "" : ",") << reading.labels[i];
    }
    text << '=' << reading.value;
  }
  return text.str();
}

/// "kind: text" for each remark, with a bar between.
inline std::string remarks_of(const Observation& seen) {
  std::string text;
  for (const auto& remark : seen.remarks) {
    text += (text.empty() ? "" : "|") + remark.kind + ": " + remark.text;
  }
  return text;
}

inline std::string verdict_of(const Observation& seen) {
  return std::string(to_string(seen.outcome)) + ": " + seen.detail;
}

}  // namespace together
