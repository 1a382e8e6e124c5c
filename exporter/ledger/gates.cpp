// Gates, counted from outcomes.
#include "exporter/ledger/gates.h"

#include <algorithm>
#include <utility>

namespace together {
namespace {

constexpr int kRejectionsToBelieve = 2;
constexpr int kLostConnectionsToBelieve = 3;
constexpr int kListsToOutweigh = 20;  // ten minutes at the default interval of two lists

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
  fold_connection(outcome);
  if (outcome == Outcome::kInternal) return;
  if (model.empty()) {
    fold_list(outcome);
  } else {
    fold_inference(std::string(model), outcome);
  }
}

void Gates::fold_connection(Outcome outcome) {
  if (outcome == Outcome::kInternal) return;
  unconnected_ = is_unconnected(outcome) ? unconnected_ + 1 : 0;
}

void Gates::fold_presence(const std::string& model) {
  fold_connection(Outcome::kOk);
  inference_rejected_ = 0;
  inference_key_ = KeyWord::kAccepted;
  forget(model);
}

void Gates::fold_list(Outcome outcome) {
  if (outcome == Outcome::kUnauthorized) ++list_rejected_;
  if (is_failing(outcome)) ++list_failing_;
  if (!is_key_accepted(outcome)) return;
  list_rejected_ = 0;
  list_failing_ = 0;
  if (++lists_since_inference_ < kListsToOutweigh) return;
  inference_rejected_ = inference_unpaid_ = 0;
  inference_key_ = KeyWord::kNone;
  failing_models_.clear();
}

void Gates::fold_inference(const std::string& model, Outcome outcome) {
  lists_since_inference_ = 0;
  if (outcome == Outcome::kUnauthorized) {
    ++inference_rejected_;
    inference_key_ = KeyWord::kRejected;
  }
  if (outcome == Outcome::kPaymentRequired) ++inference_unpaid_;
  if (is_failing(outcome) && !failing_alone_.contains(model)) failing_models_.insert(model);
  if (!is_key_accepted(outcome)) return;

  inference_rejected_ = 0;
  inference_key_ = KeyWord::kAccepted;
  if (outcome != Outcome::kPaymentRequired) inference_unpaid_ = 0;
  failing_models_.erase(model);
  failing_alone_.erase(model);
  if (outcome == Outcome::kOk) failing_alone_.merge(std::exchange(failing_models_, {}));
}

void Gates::forget(const std::string& model) {
  failing_models_.erase(model);
  failing_alone_.erase(model);
}

bool Gates::active(Gate gate, int watched) const {
  switch (gate) {
    case Gate::kKeyRejected:
      return inference_rejected_ >= kRejectionsToBelieve ||
             (list_rejected_ >= kRejectionsToBelieve && inference_key_ != KeyWord::kAccepted);
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
