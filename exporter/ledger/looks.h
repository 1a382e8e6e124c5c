// Looks at one model, counted: what turns single answers into debounced evidence.
#pragma once

#include <optional>
#include <string>

#include "exporter/core/clock.h"
#include "exporter/core/facts.h"
#include "exporter/ledger/state.h"

namespace together {

/// Counts in a row are reset by any word that the model exists. A failed look neither adds to nor
/// ends a row of absences: it says nothing of existence.
struct Looks {
  Presence presence = Presence::kNone;
  std::optional<WallTime> last_word;    ///< last look that said anything, good or bad
  std::optional<WallTime> last_exists;  ///< when `presence` was said; it ages like any evidence
  std::optional<WallTime> last_served;  ///< answered, by itself or by another
  std::string served_model;             ///< the other model, while presence is kServedByOther
  int absent_in_row = 0;
  std::optional<WallTime> absent_since;
  int blocked_in_row = 0;
  std::optional<WallTime> blocked_since;
  int failing_in_row = 0;
  std::optional<WallTime> failing_since;
  Look last_bad = Look::kNothing;  ///< the newest of not found, non-serverless, blocked, stopped
};

void fold(Looks& looks, const ServingFacts& facts, WallTime at);

/// Takes back every word that the model fails, and that it answers: neither is known any more.
void forget_answers(Looks& looks);

/// The label `reason` of together_model_unavailable_info for the newest absence or block; "" where
/// there is none.
std::string_view unavailable_reason(const Looks& looks);

}  // namespace together
