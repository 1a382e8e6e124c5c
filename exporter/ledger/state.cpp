// The model state, decided. Read top down: the first line that holds wins.
#include "exporter/ledger/state.h"

namespace together {

ModelState decide(const Evidence& e, const Confirmations& c) {
  if (e.gated) return ModelState::kUnknown;
  if (!e.fresh) {
    // Before any look, a valid list that drops a tracked model is the only hint there is.
    const bool never_looked = e.presence == Presence::kNone && e.absent_in_row == 0 &&
                              e.blocked_in_row == 0 && e.failing_in_row == 0;
    return never_looked && e.listing == Listing::kVanished ? ModelState::kSuspect
                                                           : ModelState::kUnknown;
  }
  // What nobody ever named cannot be removed: it is misspelt.
  if (!e.known && e.absent_in_row > 0) return ModelState::kUnknown;
  if (e.absent_in_row >= c.removed_after && e.account_worked) return ModelState::kRemoved;
  if (e.blocked_in_row >= c.removed_after) return ModelState::kBlocked;
  if (e.failing_in_row >= c.down_after) return ModelState::kDown;
  if (e.absent_in_row > 0) return ModelState::kSuspect;
  switch (e.presence) {
    case Presence::kServed: return ModelState::kAvailable;
    case Presence::kServedByOther: return ModelState::kRedirected;
    case Presence::kThrottled: return ModelState::kThrottled;
    case Presence::kNone: return ModelState::kUnknown;
  }
  return ModelState::kUnknown;
}

}  // namespace together
