// Gates: reasons why nothing can be said of any model, each worth one page, not one a model.
#pragma once

#include <array>
#include <set>
#include <string>
#include <string_view>

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
/// - key_rejected: two 401 in a row on inference. Two on the model list only where inference has
///   not accepted the key: the two have different back ends.
/// - spend_limited: two 402 in a row on inference.
/// - offline: three exchanges in a row without a connection.
/// - provider_outage: no inference succeeded while half of the watched models (at least three, or
///   all) failed; for a single watched model the model list must fail as well. A model that fails
///   while another succeeds fails alone: it counts for no outage until it has answered again.
///
/// One answer on the surface concerned ends a gate. Where inference is not tried any more (no
/// model, no budget), twenty good lists end what inference closed.
class Gates {
 public:
  /// `model` is "" for the account's own surface (the model list).
  void fold(std::string_view model, Outcome outcome);

  /// The model is there and the key was accepted, but no engine worked: it ends what this model's
  /// failures began, and says nothing of others'.
  void fold_presence(const std::string& model);

  /// An exchange that says nothing of the account but whether the network works.
  void fold_connection(Outcome outcome);

  /// `watched`: models whose failing would be news: not removed, not blocked, not failing alone.
  bool active(Gate gate, int watched) const;
  bool any(int watched) const;

  bool fails_alone(const std::string& model) const { return failing_alone_.contains(model); }

  /// Forgets the failures of a model that is not watched any more.
  void forget(const std::string& model);

 private:
  enum class KeyWord { kNone, kAccepted, kRejected };
  void fold_list(Outcome outcome);
  void fold_inference(const std::string& model, Outcome outcome);

  int list_rejected_ = 0;
  int list_failing_ = 0;
  int lists_since_inference_ = 0;
  int inference_rejected_ = 0;
  int inference_unpaid_ = 0;
  int unconnected_ = 0;
  KeyWord inference_key_ = KeyWord::kNone;  ///< what inference said of the key last
  std::set<std::string> failing_models_;    ///< since the last inference that succeeded
  std::set<std::string> failing_alone_;     ///< failed while another succeeded
};

}  // namespace together
