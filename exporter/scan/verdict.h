// What it means to find a model id in a source tree.
#pragma once

#include <string_view>

#include "exporter/core/clock.h"
#include "exporter/scan/known_ids.h"

namespace together {

/// The text is part of the reports.
enum class Verdict {
  kGone,  ///< it does not answer any more, or its removal day has passed and nothing says it does
  kOverdue,  ///< its removal day has passed, and it still answers
  kGoing,    ///< its removal day is near
  kFine,
};

constexpr std::string_view to_string(Verdict v) {
  switch (v) {
    case Verdict::kGone: return "gone";
    case Verdict::kOverdue: return "overdue";
    case Verdict::kGoing: return "going";
    case Verdict::kFine: return "fine";
  }
  return "fine";
}

/// A removal day has passed from its first moment on, UTC. Near is what begins at `now` + `within`
/// or earlier.
Verdict judge(const KnownId& known, WallTime now, Duration within);

}  // namespace together
