// What is believed of a model: one total, pure function from evidence to state.
#pragma once

#include <array>
#include <string_view>

namespace together {

/// Source: contract "Model states". The text is the label `state` of together_model_state.
enum class ModelState {
  kAvailable,
  kRedirected,
  kThrottled,
  kSuspect,
  kRemoved,
  kBlocked,
  kDown,
  kUnknown,
};

inline constexpr std::array kModelStates{
    ModelState::kAvailable, ModelState::kRedirected, ModelState::kThrottled, ModelState::kSuspect,
    ModelState::kRemoved,   ModelState::kBlocked,    ModelState::kDown,      ModelState::kUnknown};

constexpr std::string_view to_string(ModelState s) {
  switch (s) {
    case ModelState::kAvailable: return "available";
    case ModelState::kRedirected: return "redirected";
    case ModelState::kThrottled: return "throttled";
    case ModelState::kSuspect: return "suspect";
    case ModelState::kRemoved: return "removed";
    case ModelState::kBlocked: return "blocked";
    case ModelState::kDown: return "down";
    case ModelState::kUnknown: return "unknown";
  }
  return "unknown";
}

/// The last word that a model exists.
enum class Presence { kNone, kServed, kServedByOther, kThrottled };

/// What the model lists say. kVanished: it was in a valid list and is not in the newest valid one.
enum class Listing { kNone, kListed, kVanished };

/// What a retirement source says. It never decides a state: pages are wrong by weeks.
enum class Schedule { kNone, kAhead, kPassed };

/// Everything that may bear on a model's state, already counted.
struct Evidence {
  bool gated = false;  ///< a gate is active: nothing can be said of any model
  bool known = true;   ///< some list, answer, source or migration ever named the id
  bool fresh = false;  ///< some look said something within the last three intervals
  Presence presence = Presence::kNone;
  int absent_in_row = 0;        ///< not found or non-serverless, since it was last seen to exist
  int blocked_in_row = 0;       ///< policy or stopped endpoint, likewise
  int failing_in_row = 0;       ///< failed looks since the last one that was answered
  bool account_worked = false;  ///< a call with the same key succeeded since the first absence
  Listing listing = Listing::kNone;
  Schedule schedule = Schedule::kNone;
  int fallbacks_available = 0;
};

/// How many looks in a row confirm a bad word. Both are 1 or more.
struct Confirmations {
  int removed_after = 3;
  int down_after = 3;
};

/// Total: every combination has a state. Laws are tested over all of them (state_laws_test.cpp).
ModelState decide(const Evidence& evidence, const Confirmations& confirmations);

}  // namespace together
