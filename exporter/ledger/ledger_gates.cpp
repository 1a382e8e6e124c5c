// The ledger's gates: what one exchange says of the whole account.
#include <algorithm>

#include "exporter/ledger/draft.h"

namespace together {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kCatalogProbe = "catalog";
constexpr std::string_view kAccountProbe = "account";
constexpr int kCompany = 2;  ///< further models looked at when one fails
constexpr auto kCompanyIn = 2s;
constexpr auto kCompanySpread = 250ms;

}  // namespace

/// The owner of the exchange speaks for the account; riders repeat its outcome.
void Ledger::fold_gates(const Observation& owner, Draft& draft) {
  if (owner.foreign) return;
  if (owner.outcome == Outcome::kOk) {
    for (auto& [id, model] : models_) {
      if (model.looks.absent_in_row == 0 || model.account_worked) continue;
      model.account_worked = true;
      draft.touched.insert(id);
    }
  }
  if (owner.target.model.empty()) {
    const bool is_list = owner.probe == kCatalogProbe;
    if (is_list) up_ = owner.outcome == Outcome::kOk;
    if (!is_list && owner.probe != kAccountProbe) {
      // Batches, fine-tuning and endpoints have back ends of their own.
      gates_.fold_connection(owner.outcome);
      return;
    }
    gates_.fold("", owner.outcome);
    // The list may be alone in rejecting the key: ask inference.
    if (owner.outcome == Outcome::kUnauthorized && !gated()) ask_others("", draft);
    return;
  }
  const auto* serving = std::get_if<ServingFacts>(&owner.facts);
  // A stream that breaks its own contract is no outage.
  if (serving != nullptr && !serving->authority && serving->look == Look::kFailing) return;
  // A request that was routed, or refused for what it is, proves no engine: it must not hide an
  // outage.
  const bool refused = owner.outcome == Outcome::kOk || owner.outcome == Outcome::kCallerError;
  if (serving != nullptr && !serving->generated && refused) {
    if (serving->authority && serving->look == Look::kServed) {
      gates_.fold_presence(owner.target.model);
    }
    return;
  }
  // An answer that breaks a rule of its contract was served all the same: no outage.
  const bool served = serving != nullptr && serving->authority &&
                      (serving->look == Look::kServed || serving->look == Look::kServedByOther);
  gates_.fold(owner.target.model, served ? Outcome::kOk : owner.outcome);
}

/// What one exchange showed may hold for all: look at others at once, to know.
void Ledger::ask_others(const std::string& but, Draft& draft) {
  int asked = 0;
  for (auto& [id, model] : models_) {
    if (asked == kCompany) return;
    if (id == but || model.looks.failing_in_row > 0 || !model.looks.last_served) continue;
    if (draft.now - model.looks.last_word.value_or(draft.now) < kCompanyIn) continue;
    // Each failure asks others than the one before it: an outage is known in a few rounds, however
    // many models there are.
    if (model.asked && draft.now - *model.asked < settings_.confirm_interval) continue;
    model.asked = draft.now;
    draft.applied.sooner.push_back({id, kCompanyIn});
    ++asked;
  }
}

/// What failed behind a closed gate was the provider or the network, not the model, but for those
/// that failed alone. Everything is looked at anew, soon; until then it is not known.
void Ledger::forgive_failures(Draft& draft) {
  auto in = Duration(kCompanyIn);
  for (auto& [id, model] : models_) {
    draft.applied.sooner.push_back({id, in});
    in += kCompanySpread;
    if (model.looks.failing_in_row == 0 || failed_alone_.contains(id)) continue;
    forget_answers(model.looks);
    draft.touched.insert(id);
  }
}

/// Removed and blocked models do not fail with the provider, nor those that failed alone.
int Ledger::watched_count() const {
  return static_cast<int>(std::count_if(models_.begin(), models_.end(), [&](const auto& item) {
    const Looks& looks = item.second.looks;
    return looks.last_word && looks.absent_in_row == 0 && looks.blocked_in_row == 0 &&
           !gates_.fails_alone(item.first);
  }));
}

}  // namespace together
