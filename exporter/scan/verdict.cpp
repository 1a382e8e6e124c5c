// What it means to find a model id in a source tree.
#include "exporter/scan/verdict.h"

namespace together {

Verdict judge(const KnownId& known, WallTime now, Duration within) {
  if (known.state == "removed" || known.state == "blocked") return Verdict::kGone;
  if (!known.removal) return Verdict::kFine;
  if (*known.removal <= now) {
    const bool answers =
        known.state == "available" || known.state == "redirected" || known.state == "throttled";
    return answers ? Verdict::kOverdue : Verdict::kGone;
  }
  return *known.removal - now <= within ? Verdict::kGoing : Verdict::kFine;
}

}  // namespace together
