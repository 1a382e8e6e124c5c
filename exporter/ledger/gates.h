// Gates: reasons why nothing can be said of any model, each worth one page, not one a model.
#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "exporter/core/clock.h"
#include "exporter/core/outcome.h"

namespace together {

enum class Gate { kKeyRejected, kSpendLimited, kProviderOutage, kOffline };

inline constexpr std::array kGates{Gate::kKeyRejected, Gate::kSpendLimited, Gate::kProviderOutage,
                                   Gate::kOffline};

constexpr std::string_view to_string(Gate g) {
  switch (g) {
    case Gate::kKeyRejected: return "key_rejected";
    case Gate::kSpendLimited: return "spend_limited";
    case Gate::kProviderOutage: return "provider_outage";
    case Gate::kOffline: return "offline";
  }
  return "";
}

/// Counts what every exchange says of the account as a whole.
///
/// - key_rejected: two 401 in a row on inference; or on the model list, unless inference has
///   accepted the key since.
/// - spend_limited: two 402 in a row on inference.
/// - offline: three exchanges in a row without a connection.
/// - provider_outage: no inference succeeded while half of the watched models (at least three, or
///   all) failed; for a single watched model the model list must fail as well.
///
/// One success on the surface concerned ends a gate.
class Gates {
 public:
  /// `model` is "" for the account's own surface (the model list).
  void fold(std::string_view model, Outcome outcome);

  /// `watched`: models whose failing would be news, that is, neither removed nor blocked.
  bool active(Gate gate, int watched) const;
  bool any(int watched) const;

  /// Forgets the failures of a model that is not watched any more.
  void forget(const std::string& model) { failing_models_.erase(model); }

 private:
  int list_rejected_ = 0;
  int inference_rejected_ = 0;
  int inference_unpaid_ = 0;
  int unconnected_ = 0;
  int list_failing_ = 0;
  bool inference_accepted_since_list_rejected_ = false;
  std::set<std::string> failing_models_;  ///< since the last inference that succeeded
};

}  // namespace together
