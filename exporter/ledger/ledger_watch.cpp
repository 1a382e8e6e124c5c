// What the ledger watches, and how models are related: fallbacks, replacements, announcements.
#include <algorithm>

#include "exporter/core/text.h"
#include "exporter/ledger/beliefs.h"
#include "exporter/ledger/draft.h"
#include "exporter/ledger/event_text.h"

namespace together {
namespace {

constexpr std::size_t kSuggestions = 3;

void add(std::vector<Replacement>& replacements, const std::string& model, std::string id,
         std::string source) {
  if (id.empty() || equals_ignoring_case(id, model)) return;
  Replacement one{std::move(id), std::move(source)};
  if (std::find(replacements.begin(), replacements.end(), one) != replacements.end()) return;
  replacements.push_back(std::move(one));
}

void restore_model(const Belief& stored, ModelBelief& model) {
  if (!read_model_belief(stored.json, model) || model.state != ModelState::kUnknown) return;
  // It was not known, for a gate that this process has not seen: it is not known now either.
  forget_answers(model.looks);
  model.looks.last_word.reset();
}

template <class Map>
const typename Map::mapped_type* find(const Map& map, const std::string& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

}  // namespace

Ledger::Ledger(LedgerSettings settings, std::vector<WatchedModel> tracked, WallTime now) {
  configure(std::move(settings), std::move(tracked), now);
}

Applied Ledger::configure(LedgerSettings settings, std::vector<WatchedModel> tracked,
                          WallTime now) {
  settings_ = std::move(settings);
  tracked_ = std::move(tracked);
  headers_.watch_only(settings_.watched_headers);
  Draft draft;
  draft.now = now;
  for (auto& name : retirements_.configure(settings_.sources)) {
    draft.applied.changes.forgotten.emplace_back(kSourceBelief, std::move(name));
  }
  workloads_.configure(settings_.workload_queries);
  refresh(draft);
  decide_all(draft);
  return std::move(draft.applied);
}

Applied Ledger::restore(const std::vector<Belief>& beliefs, WallTime now) {
  std::map<std::string, WallTime> accepted_at;
  for (const auto& belief : beliefs) {
    if (belief.kind != kCatalogTimeBelief) continue;
    if (const auto at = read_catalog_time_belief(belief.json)) accepted_at[belief.key] = *at;
  }
  std::map<std::string, const Belief*> unread;
  for (const auto& belief : beliefs) {
    if (belief.kind == kCatalogBelief && accepted_at.contains(belief.key)) {
      if (auto entries = read_catalog_belief(belief.json)) {
        lists_[belief.key].restore(std::move(*entries), accepted_at[belief.key]);
      }
    } else if (belief.kind == kCatalogPricesBelief) {
      if (auto prices = read_catalog_prices_belief(belief.json)) {
        catalog_prices_ = std::move(*prices);
      }
    } else if (belief.kind == kHeaderBelief) {
      if (auto stored = read_header_belief(belief.json)) {
        headers_.seen()[stored->header][stored->surface] = std::move(stored->seen);
      }
    } else if (belief.kind == kRemarksBelief) {
      if (auto told = read_remarks_belief(belief.json)) {
        remarks_.restore(belief.key, std::move(*told));
      }
    } else if (belief.kind == kShapeBelief) {
      if (auto stored = read_shape_belief(belief.json)) {
        shapes_[{stored->surface, stored->model}].restore(std::move(stored->state));
      }
    } else if (belief.kind == kSourceBelief) {
      if (auto source = read_source_belief(belief.json)) retirements_.restore(std::move(*source));
    } else if (belief.kind == kModelBelief) {
      unread[belief.key] = &belief;
    }
  }
  headers_.watch_only(settings_.watched_headers);

  // Which models are watched follows from the sources, and from who answers for whom.
  Draft draft;
  draft.now = now;
  for (std::size_t before = 0; before != models_.size();) {
    before = models_.size();
    name_all();
    rewatch(draft);
    for (auto stored = unread.begin(); stored != unread.end();) {
      const auto model = models_.find(stored->first);
      if (model == models_.end()) {
        ++stored;
        continue;
      }
      restore_model(*stored->second, model->second);
      stored = unread.erase(stored);
    }
  }
  refresh(draft);
  decide_all(draft);
  return std::move(draft.applied);
}

/// What was remembered of models that the configuration does not name any more.
void Ledger::forget_unwatched(Draft& draft) {
  std::erase_if(shapes_, [&](const auto& item) {
    const auto& [surface, model] = item.first;
    if (model.empty() || models_.contains(model)) return false;
    draft.applied.changes.forgotten.emplace_back(kShapeBelief, shape_key(surface, model));
    return true;
  });
  for (const auto& model : remarks_.models()) {
    if (model.empty() || models_.contains(model)) continue;
    remarks_.forget(model);
    draft.applied.changes.forgotten.emplace_back(kRemarksBelief, model);
  }
}

/// Ids, rows or answers changed: works out anew what they mean, and what is to be watched.
void Ledger::refresh(Draft& draft) {
  name_all();
  rewatch(draft);
  forget_unwatched(draft);
  tell_announcements(draft);
}

void Ledger::name_all() {
  names_ = Names();
  for (const auto& [name, list] : lists_) {
    for (const auto& [id, entry] : list.entries()) names_.add(id, entry.display_name);
  }
  for (const auto& model : tracked_) {
    names_.add(model.id, "");
    for (const auto& fallback : model.fallbacks) names_.add(fallback, "");
  }
  for (const auto& [from, to] : settings_.migrations) {
    names_.add(from, "");
    names_.add(to, "");
  }
  announcements_ = retirements_.announcements(names_);
}

/// Tracked models, their fallbacks, and the chains of their replacements.
void Ledger::rewatch(Draft& draft) {
  std::map<std::string, WatchedModel> wanted;
  named_.clear();
  for (const auto& model : tracked_) wanted.emplace(model.id, model);
  const auto also = [&](const std::string& id) {
    wanted.emplace(id, WatchedModel{.id = id, .look_interval = settings_.look_interval});
  };
  for (const auto& model : tracked_) {
    for (const auto& fallback : model.fallbacks) also(fallback);
    for (const auto& link : chain(model.id)) {
      also(link.id);
      named_.insert(link.id);
    }
  }
  std::map<std::string, ModelBelief> kept;
  for (auto& [id, watched] : wanted) {
    const auto known = models_.find(id);
    if (known == models_.end()) draft.applied.models_changed = true;
    ModelBelief belief =
        known == models_.end() ? new_belief(id, draft.now) : std::move(known->second);
    if (known != models_.end()) models_.erase(known);
    belief.watched = std::move(watched);
    kept.emplace(id, std::move(belief));
  }
  for (const auto& [id, gone] : models_) {
    gates_.forget(id);
    failed_alone_.erase(id);
    draft.touched.erase(id);
    draft.applied.models_changed = true;
    draft.applied.changes.forgotten.emplace_back(kModelBelief, id);
    draft.applied.dropped.push_back(id);
  }
  models_ = std::move(kept);
}

ModelBelief Ledger::new_belief(const std::string& id, WallTime now) {
  ModelBelief belief;
  belief.entry.id = id;
  belief.state_since = now;
  if (const auto priced = catalog_prices_.find(id); priced != catalog_prices_.end()) {
    belief.prices = std::move(priced->second);
    catalog_prices_.erase(priced);
  }
  for (const auto& [name, list] : lists_) {
    const CatalogEntry* entry = list.find(id);
    if (entry == nullptr || belief.ever_listed) continue;
    belief.entry = *entry;
    belief.ever_listed = true;
  }
  return belief;
}

std::vector<Replacement> Ledger::replacements(const std::string& id) const {
  std::vector<Replacement> all;
  const ModelBelief* model = find(models_, id);
  if (model != nullptr && model->looks.presence == Presence::kServedByOther &&
      !is_revision(id, model->looks.served_model)) {
    add(all, id,
        names_.resolve(model->looks.served_model, false).value_or(model->looks.served_model),
        kRedirectSource);
  }
  if (const auto* redirects = find(announcements_.redirects, id)) {
    for (const auto& redirect : *redirects) add(all, id, redirect.to, kRedirectSource);
  }
  if (const auto* notices = find(announcements_.notices, id)) {
    for (const auto& notice : *notices) {
      if (notice.surface == Surface::kInference) add(all, id, notice.replacement, notice.source);
    }
  }
  if (const auto* to = find(settings_.migrations, id)) add(all, id, *to, kMigrationSource);
  return all;
}

/// Breadth first, each model once. A name that is no id cannot be asked for: it ends its chain.
std::vector<Ledger::Link> Ledger::chain(const std::string& id) const {
  std::vector<Link> links{{id, 0}};
  std::set<std::string> seen{id};
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (links[i].hops == kLongestChain) break;
    for (const auto& next : replacements(links[i].id)) {
      const bool is_id = names_.knows(next.id) || next.id.find('/') != std::string::npos;
      if (is_id && seen.insert(next.id).second) links.push_back({next.id, links[i].hops + 1});
    }
  }
  links.erase(links.begin());
  return links;
}

std::optional<Successor> Ledger::successor(const std::string& id) const {
  for (const auto& link : chain(id)) {
    const ModelBelief* model = find(models_, link.id);
    if (model != nullptr && model->state == ModelState::kAvailable) {
      return Successor{link.id, link.hops};
    }
  }
  return std::nullopt;
}

void Ledger::fold_source(const Observation& seen, Draft& draft) {
  const auto folded = retirements_.fold(seen);
  const auto source = retirements_.sources().find(seen.target.part);
  if (source == retirements_.sources().end()) return;
  if (folded.rows_changed) draft.names_changed = true;
  if (folded.up_changed) draft.event("source", "", source_text(source->second));
  if (source->second.up == true) {
    draft.applied.changes.beliefs.push_back(source_belief(source->second));
  }
}

/// What the sources say of watched models, where it is news.
void Ledger::tell_announcements(Draft& draft) {
  for (auto& [id, model] : models_) {
    const auto* notices = find(announcements_.notices, id);
    const auto* redirects = find(announcements_.redirects, id);
    auto texts =
        announcement_texts(model, notices != nullptr ? *notices : std::vector<Notice>{}, draft.now);
    for (auto& text : texts) draft.event("retirement", id, std::move(text));
    auto moved =
        redirect_texts(model, redirects != nullptr ? *redirects : std::vector<AnnouncedRedirect>{});
    for (auto& text : moved) draft.event("redirect", id, std::move(text));
    model.notices = notices != nullptr ? *notices : std::vector<Notice>{};
    model.redirects = redirects != nullptr ? *redirects : std::vector<AnnouncedRedirect>{};
    if (!texts.empty() || !moved.empty()) draft.touched.insert(id);
  }
}

bool Ledger::is_known(const ModelBelief& belief) const {
  const std::string& id = belief.watched.id;
  if (belief.ever_listed || belief.ever_proven) return true;
  if (!belief.notices.empty() || !belief.redirects.empty()) return true;
  return named_.contains(id) || settings_.migrations.contains(id);
}

/// Once every list and source has spoken and a look found nothing, or would have been due, an id
/// that none of them knows is probably misspelt.
void Ledger::question_unknown(Draft& draft) {
  const auto list = lists_.find("all");
  if (list == lists_.end() || !list->second.known()) return;
  for (const auto& [name, source] : retirements_.sources()) {
    if (!source.up) return;
  }
  for (auto& [id, model] : models_) {
    const bool looked = model.looks.last_word
                            ? model.looks.absent_in_row > 0
                            : draft.now - model.state_since >= model.watched.look_interval;
    const bool questionable = !is_known(model) && (looked || model.questioned);
    if (questionable == model.questioned) continue;
    model.questioned = !model.questioned;
    draft.touched.insert(id);
    model.nearest.clear();
    if (!model.questioned) continue;
    model.nearest = names_.nearest(id, kSuggestions);
    draft.event("unknown_model", id, unknown_text(id, model.nearest));
  }
}

}  // namespace together
