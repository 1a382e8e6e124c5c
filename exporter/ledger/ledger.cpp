// The ledger: observations in, beliefs and events out.
#include "exporter/ledger/ledger.h"

#include <algorithm>

#include "exporter/ledger/beliefs.h"
#include "exporter/ledger/draft.h"
#include "exporter/ledger/event_text.h"

namespace together {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kSourceProbe = "retirements";
constexpr int kIntervalsUntilOld = 3;
constexpr auto kSoon = 2s;

/// 404 is what a misspelt id gets, and a failure is anybody's.
bool proves_existence(Look look) {
  return look != Look::kNothing && look != Look::kNotFound && look != Look::kFailing;
}

}  // namespace

Applied Ledger::apply(const std::vector<Observation>& observations, WallTime now) {
  Draft draft;
  draft.now = now;
  if (!observations.empty()) fold_gates(observations.front(), draft);
  for (const auto& seen : observations) {
    if (const auto* catalog = std::get_if<CatalogFacts>(&seen.facts)) {
      fold_catalog(seen, *catalog, draft);
    } else if (const auto* prices = std::get_if<PriceFacts>(&seen.facts)) {
      if (draft.list_accepted) fold_prices(*prices, draft);
    } else if (const auto* serving = std::get_if<ServingFacts>(&seen.facts)) {
      fold_serving(seen, *serving, draft);
    } else if (const auto* headers = std::get_if<HeaderFacts>(&seen.facts)) {
      fold_headers(*headers, draft);
    } else if (const auto* shape = std::get_if<ShapeFacts>(&seen.facts)) {
      // Half a list lacks what only the other half has.
      if (!draft.list_refused) fold_shape(seen, *shape, draft);
    } else if (const auto* workload = std::get_if<WorkloadFacts>(&seen.facts)) {
      workloads_.fold(*workload, seen.at);
    }
    if (seen.probe == kSourceProbe) fold_source(seen, draft);
    if (!seen.remarks.empty()) fold_remarks(seen, draft);
  }
  if (draft.names_changed) refresh(draft);
  if (draft.names_changed || draft.list_accepted) tell_price_policy(draft);
  draft.everything = draft.names_changed || draft.list_accepted ||
                     (!observations.empty() && observations.front().probe == kSourceProbe);
  decide_all(draft);
  return std::move(draft.applied);
}

Changes Ledger::tick(WallTime now) {
  Draft draft;
  draft.now = now;
  decide_all(draft);
  return std::move(draft.applied.changes);
}

void Ledger::fold_catalog(const Observation& seen, const CatalogFacts& facts, Draft& draft) {
  CatalogList& list = lists_[facts.list];
  const bool was_known = list.known();
  const bool was_suspect = list.suspect();
  const std::size_t believed = list.entries().size();
  const auto before = list.entries();
  const CatalogList::Folded folded = list.fold(facts, seen.at);
  if (!folded.accepted) {
    if (!was_suspect) {
      draft.event("catalog", "", suspect_list_text(facts.list, facts.models.size(), believed));
    }
    draft.list_refused = true;
    return;
  }
  draft.list_accepted = true;
  if (was_suspect) {
    draft.event("catalog", "", believed_list_text(facts.list, facts.models.size()));
  }
  if (before != list.entries()) {
    draft.names_changed = true;
    draft.applied.changes.beliefs.push_back(catalog_belief(facts.list, list));
  }
  draft.applied.changes.beliefs.push_back(catalog_time_belief(facts.list, seen.at));

  for (auto& [id, model] : models_) {
    const CatalogEntry* entry = list.find(id);
    if (entry == nullptr || (model.ever_listed && model.entry == *entry)) continue;
    model.entry = *entry;
    model.ever_listed = true;
    draft.applied.models_changed = true;
    draft.touched.insert(id);
  }
  if (!was_known) return;
  const auto tell = [&](const std::vector<std::string>& ids, std::string_view verb) {
    for (const auto& id : ids) {
      if (!models_.contains(id)) continue;
      draft.event("listing", id, listing_text(id, verb, facts.list));
      draft.applied.sooner.push_back({id, kSoon});
    }
  };
  tell(folded.vanished, "left");
  tell(folded.appeared, "appeared in");
}

void Ledger::fold_serving(const Observation& seen, const ServingFacts& facts, Draft& draft) {
  const auto found = models_.find(seen.target.model);
  if (found == models_.end()) return;
  ModelBelief& model = found->second;
  const bool was_failing = model.looks.failing_in_row > 0;
  const std::string answered_by = model.looks.served_model;
  fold(model.looks, facts, seen.at);
  if (model.looks.served_model != answered_by) draft.names_changed = true;
  model.ever_proven |= proves_existence(facts.look);
  if (facts.authority && model.looks.last_exists == seen.at) {
    model.word_lasts = kIntervalsUntilOld * model.pace;
  }
  if (model.looks.absent_in_row == 0) model.account_worked = false;
  draft.touched.insert(found->first);

  if (!facts.authority) {
    // It may say "gone" first, but only the authority is believed: let it look.
    const bool absent = facts.look == Look::kNotFound || facts.look == Look::kNonServerless;
    if (absent && model.looks.absent_in_row == 0) {
      draft.applied.sooner.push_back({found->first, kSoon});
    }
    return;
  }
  const Confirmations& c = settings_.confirmations;
  const auto unconfirmed = [](int in_row, int needed) { return in_row > 0 && in_row < needed; };
  const bool refused =
      seen.outcome == Outcome::kUnauthorized || seen.outcome == Outcome::kPaymentRequired;
  if (unconfirmed(model.looks.absent_in_row, c.removed_after) ||
      unconfirmed(model.looks.blocked_in_row, c.removed_after) ||
      unconfirmed(model.looks.failing_in_row, c.down_after) || (refused && !gated())) {
    draft.applied.sooner.push_back({found->first, settings_.confirm_interval});
  }
  if (facts.look == Look::kFailing && !was_failing) ask_others(found->first, draft);
}

void Ledger::fold_headers(const HeaderFacts& facts, Draft& draft) {
  std::vector<HeaderBook::Surface> before;
  for (const auto& header : facts.headers)
    before.push_back(headers_.seen()[header.name][facts.surface]);
  for (const auto& change : headers_.fold(facts)) {
    draft.event("api_version", "", header_text(change));
  }
  for (std::size_t i = 0; i < facts.headers.size(); ++i) {
    const auto& now_seen = headers_.seen()[facts.headers[i].name][facts.surface];
    if (now_seen.present == before[i].present && now_seen.value == before[i].value) continue;
    draft.applied.changes.beliefs.push_back(
        header_belief(facts.headers[i].name, facts.surface, now_seen));
  }
}

void Ledger::fold_shape(const Observation& seen, const ShapeFacts& facts, Draft& draft) {
  const std::string& model = seen.target.model;
  if (!model.empty() && !models_.contains(model)) return;
  SurfaceShapes& shapes = shapes_[{facts.surface, model}];
  const std::size_t known = shapes.state().shapes.size();
  const auto change = shapes.fold(facts, seen.at, settings_.shape_learning);
  if (change) draft.event("shape", model, shape_text(facts.surface, model, *change));
  const bool is_new = shapes.state().answers <= SurfaceShapes::kAnswersToLearn;
  if (change || is_new || shapes.state().shapes.size() != known) {
    draft.applied.changes.beliefs.push_back(shape_belief(facts.surface, model, shapes.state()));
  }
}

void Ledger::fold_remarks(const Observation& seen, Draft& draft) {
  const std::string& model = seen.target.model;
  if (!model.empty() && !models_.contains(model)) return;
  const auto fresh = remarks_.fold(model, seen.remarks);
  for (const Remark& remark : fresh) {
    draft.event(remark.kind, model, remark_text(seen.probe, model, remark));
  }
  if (!fresh.empty()) {
    draft.applied.changes.beliefs.push_back(remarks_belief(model, remarks_.told(model)));
  }
}

void Ledger::decide_all(Draft& draft) {
  if (draft.everything) question_unknown(draft);
  const int watched = watched_count();
  bool gates_changed = false;
  for (const Gate gate : kGates) {
    const bool active = gates_.active(gate, watched);
    if (active == gates_told_[gate]) continue;
    gates_told_[gate] = active;
    gates_changed = true;
    draft.event("gate", "", gate_text(gate, active));
  }
  if (!gated()) {
    if (gates_changed) forgive_failures(draft);
    failed_alone_.clear();
    for (const auto& [id, model] : models_) {
      if (gates_.fails_alone(id)) failed_alone_.insert(id);
    }
  }
  const bool is_gated = gated();
  for (auto& [id, model] : models_) {
    // What one look at one model showed changes no other; age shows at the next tick.
    if (!draft.everything && !gates_changed && !draft.touched.contains(id)) continue;
    // A clock that was set back must not keep old words young.
    if (model.looks.last_word) model.looks.last_word = std::min(*model.looks.last_word, draft.now);
    if (model.looks.last_exists) {
      model.looks.last_exists = std::min(*model.looks.last_exists, draft.now);
    }
    const Evidence seen = evidence(model, draft.now, is_gated);
    const ModelState state = decide(seen, settings_.confirmations);
    if (state == model.state) continue;
    const ModelState before = model.state;
    model.state = state;
    model.state_since = draft.now;
    ++model.entered[state];
    draft.touched.insert(id);
    // A gate is one event, not one a model.
    if (seen.gated || (gates_changed && before == ModelState::kUnknown)) continue;
    draft.event("state", id, state_text(model, before));
  }
  for (const auto& id : draft.touched) {
    draft.applied.changes.beliefs.push_back(model_belief(models_.at(id)));
  }
}

Evidence Ledger::evidence(const ModelBelief& belief, WallTime now) const {
  return evidence(belief, now, gated());
}

Evidence Ledger::evidence(const ModelBelief& belief, WallTime now, bool is_gated) const {
  Evidence e;
  e.gated = is_gated;
  const Duration lasts =
      std::max(belief.word_lasts, kIntervalsUntilOld * belief.watched.look_interval);
  const auto is_fresh = [&](const std::optional<WallTime>& at) { return at && now - *at <= lasts; };
  e.fresh = is_fresh(belief.looks.last_word);
  if (is_fresh(belief.looks.last_exists)) e.presence = belief.looks.presence;
  e.absent_in_row = belief.looks.absent_in_row;
  e.blocked_in_row = belief.looks.blocked_in_row;
  e.failing_in_row = belief.looks.failing_in_row;
  e.account_worked = belief.account_worked;
  e.known = is_known(belief);
  e.listing = listing(belief);
  e.schedule = schedule(belief, now);
  for (const auto& id : belief.watched.fallbacks) {
    const auto fallback = models_.find(id);
    if (fallback != models_.end() && fallback->second.state == ModelState::kAvailable) {
      ++e.fallbacks_available;
    }
  }
  return e;
}

void Ledger::set_pace(const std::string& id, Duration interval) {
  const auto found = models_.find(id);
  if (found == models_.end()) return;
  found->second.pace = interval;
  found->second.word_lasts =
      std::max(found->second.word_lasts, kIntervalsUntilOld * found->second.pace);
}

Duration Ledger::well_for(const ModelBelief& belief, WallTime now) const {
  constexpr auto kNear = 14 * 24h;
  const Looks& looks = belief.looks;
  const bool under_way = looks.absent_in_row + looks.blocked_in_row + looks.failing_in_row > 0;
  const bool near_its_end =
      std::any_of(belief.notices.begin(), belief.notices.end(), [&](const Notice& notice) {
        return notice.surface == Surface::kInference && notice.date &&
               WallTime(*notice.date) < now + kNear && WallTime(*notice.date) > now - kNear;
      });
  if (belief.state != ModelState::kAvailable || under_way || near_its_end ||
      listing(belief) == Listing::kVanished) {
    return Duration{};
  }
  return std::max(Duration{}, Duration(now - belief.state_since));
}

Listing Ledger::listing(const ModelBelief& belief) const {
  for (const auto& [name, list] : lists_) {
    if (list.find(belief.watched.id) != nullptr) return Listing::kListed;
  }
  return belief.ever_listed && !lists_.empty() ? Listing::kVanished : Listing::kNone;
}

Schedule Ledger::schedule(const ModelBelief& belief, WallTime now) const {
  Schedule schedule = Schedule::kNone;
  for (const auto& notice : belief.notices) {
    if (notice.surface != Surface::kInference || !notice.date) continue;
    if (*notice.date <= now) return Schedule::kPassed;
    schedule = Schedule::kAhead;
  }
  return schedule;
}

}  // namespace together
