// Gates, counted from outcomes.
#include "exporter/ledger/gates.h"

#include <algorithm>

namespace together {
namespace {

constexpr int kRejectionsToBelieve = 2;
constexpr int kLostConnectionsToBelieve = 3;

bool is_unconnected(Outcome o) {
  return o == Outcome::kConnectFailed || o == Outcome::kDnsFailed || o == Outcome::kTlsFailed;
}

bool is_failing(Outcome o) {
  return o == Outcome::kUpstreamError || o == Outcome::kTimeout || o == Outcome::kInBandError ||
         o == Outcome::kBadResponse || o == Outcome::kTruncated;
}

/// The key was read and accepted: Together checks it before everything else.
bool is_key_accepted(Outcome o) {
  return o != Outcome::kUnauthorized && o != Outcome::kInternal && !is_unconnected(o) &&
         !is_failing(o);
}

}  // namespace

void Gates::fold(std::string_view model, Outcome outcome) {
  if (outcome == Outcome::kInternal) return;
  const bool inference = !model.empty();

  unconnected_ = is_unconnected(outcome) ? unconnected_ + 1 : 0;

  int& rejected = inference ? inference_rejected_ : list_rejected_;
  if (outcome == Outcome::kUnauthorized) {
    if (!inference && rejected == 0) inference_accepted_since_list_rejected_ = false;
    ++rejected;
  } else if (is_key_accepted(outcome)) {
    rejected = 0;
    if (inference) inference_accepted_since_list_rejected_ = true;
  }

  if (!inference) {
    if (is_failing(outcome)) ++list_failing_;
    if (is_key_accepted(outcome)) list_failing_ = 0;
    return;
  }
  if (outcome == Outcome::kPaymentRequired) {
    ++inference_unpaid_;
  } else if (is_key_accepted(outcome)) {
    inference_unpaid_ = 0;
  }
  if (is_failing(outcome)) failing_models_.emplace(model);
  if (outcome == Outcome::kOk) failing_models_.clear();
}

bool Gates::active(Gate gate, int watched) const {
  switch (gate) {
    case Gate::kKeyRejected:
      return inference_rejected_ >= kRejectionsToBelieve ||
             (list_rejected_ >= kRejectionsToBelieve && !inference_accepted_since_list_rejected_);
    case Gate::kSpendLimited: return inference_unpaid_ >= kRejectionsToBelieve;
    case Gate::kOffline: return unconnected_ >= kLostConnectionsToBelieve;
    case Gate::kProviderOutage: {
      const int failing = static_cast<int>(failing_models_.size());
      if (failing == 0) return false;
      if (watched <= 1) return list_failing_ > 0;
      return failing >= std::min(watched, std::max(3, (watched + 1) / 2));
    }
  }
  return false;
}

bool Gates::any(int watched) const {
  return std::any_of(kGates.begin(), kGates.end(),
                     [&](Gate gate) { return active(gate, watched); });
}

}  // namespace together
