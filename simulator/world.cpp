// What is true of the simulated API now.
#include "simulator/world.h"

#include <algorithm>
#include <utility>

#include "exporter/core/duration.h"
#include "exporter/core/text.h"
#include "simulator/throttle.h"

namespace together::simulator {
namespace {

std::string date_of(WallTime t) { return format_time(t).substr(0, 10); }

Standing base_standing(const Model& model) {
  return model.serverless ? Standing::kServed : Standing::kNonServerless;
}

ModelState fresh_state(Model model) {
  ModelState state;
  state.base = base_standing(model);
  state.standing = state.base;
  state.listed_serverless = model.serverless;
  // Recorded and invented ids are clean; `replace` keeps a bad one from throwing.
  state.listing_text = model.listing.dump(-1, ' ', false, Json::error_handler_t::replace);
  state.model = std::move(model);
  return state;
}

bool over(const std::optional<Duration>& until, Duration t) { return until && *until <= t; }

bool changes_answers(Action action) {
  switch (action) {
    case Action::kAnnounce:
    case Action::kWithdraw:
    case Action::kAnnounceRedirect:
    case Action::kWithdrawRedirect:
    case Action::kPrice:
    case Action::kStreamDress:  // worn by recorded streams, too
    case Action::kRefuse:
    case Action::kFineTunable:
    case Action::kRestore: return false;
    default: return true;
  }
}

/// Whether it changes the account even where it names a model.
bool is_of_account(Action action) {
  return action == Action::kPatch || action == Action::kEndpoint;
}

/// Where a model's retirement from the event's surface stands.
std::optional<Retirement>& retirement_of(const Event& event, ModelState& state) {
  return event.surface == Surface::kInference ? state.retirement : state.tuning_retirement;
}

/// Puts what the deprecations page says of a model, whatever becomes of it, into its new state.
void keep_announcements(const ModelState& from, ModelState& to) {
  to.retirement = from.retirement;
  to.tuning_retirement = from.tuning_retirement;
  // The row of a redirect that happened goes with it.
  if (from.redirect_to.empty()) to.redirect_row = from.redirect_row;
}

}  // namespace

std::string_view to_string(Standing standing) {
  switch (standing) {
    case Standing::kServed: return "served";
    case Standing::kNotFound: return "not_found";
    case Standing::kNonServerless: return "non_serverless";
    case Standing::kStopped: return "stopped";
    case Standing::kBlocked: return "blocked";
    case Standing::kStreamingOnly: return "streaming_only";
  }
  return "unknown";
}

World::World(std::vector<Model> catalog, Scenario scenario) : scenario_(std::move(scenario)) {
  for (auto& model : catalog) {
    index_[model.id] = models_.size();
    models_.push_back(fresh_state(std::move(model)));
  }
}

Result<World> World::make(std::vector<Model> catalog, Scenario scenario, const std::string& name) {
  World world(std::move(catalog), std::move(scenario));
  const auto problem = [&](int line, const Error& error) {
    return fail(name + ":" + std::to_string(line) + ": " + error.message);
  };
  for (const auto& spec : world.scenario_.models) {
    if (const auto done = world.put(spec); !done) return problem(spec.line, done.error());
  }
  World rehearsal = world;
  for (const auto& event : rehearsal.scenario_.events) {
    const auto done = rehearsal.apply(event, event.at, WallTime{});
    if (!done) return problem(event.line, done.error());
  }
  return world;
}

void World::advance_to(Duration t, WallTime wall) {
  while (next_event_ < scenario_.events.size() && scenario_.events[next_event_].at <= t) {
    const Event& event = scenario_.events[next_event_++];
    expire(event.at);
    // Rehearsed by make(). An admin event may have made it impossible since: then it does not
    // happen.
    (void)apply(event, event.at, wall);
  }
  now_ = std::max(now_, t);
  expire(now_);
}

void World::expire(Duration t) {
  if (account_.outage && over(account_.outage->until, t)) account_.outage.reset();
  if (account_.throttle && over(account_.throttle->until, t)) account_.throttle.reset();
  for (auto& state : models_) {
    if (state.throttle && over(state.throttle->until, t)) state.throttle.reset();
  }
}

const ModelState* World::find(std::string_view id) const {
  const auto it = index_.find(std::string(id));
  return it == index_.end() ? nullptr : &models_[it->second];
}

const ModelState& World::answering(const ModelState& state) const {
  const ModelState* at = &state;
  while (!at->redirect_to.empty()) at = find(at->redirect_to);
  return *at;
}

const Refusal* World::refusal(ApiSurface surface, std::string_view model) const {
  const ModelState* state = find(model);
  if (state == nullptr) return nullptr;
  const auto it = state->refusals.find(surface);
  return it == state->refusals.end() ? nullptr : &it->second;
}

Result<void> World::put(const ModelSpec& spec) {
  const auto it = index_.find(spec.id);
  Model model = it == index_.end() ? make_model(spec) : models_[it->second].model;
  change_model(model, spec);
  ModelState state = fresh_state(std::move(model));
  state.touched = state.answers_differ = true;
  lists_changed_ = true;
  if (it != index_.end()) {
    keep_announcements(models_[it->second], state);
    models_[it->second] = std::move(state);
  } else {
    index_[spec.id] = models_.size();
    models_.push_back(std::move(state));
  }
  return {};
}

Result<void> World::apply(const Event& event, Duration t, WallTime wall) {
  if (event.model.empty()) return apply_to_account(event, t);
  if (event.action == Action::kAdd) return put(event.spec);
  const auto it = index_.find(event.model);
  if (it == index_.end()) {
    return fail("model: \"" + one_line(event.model, 200) +
                "\" is neither in the catalogue nor added before");
  }
  if (is_of_account(event.action)) return apply_to_account(event, t);
  return apply_to_model(event, models_[it->second], t, wall);
}

Result<void> World::redirect(const Event& event, ModelState& state) const {
  const ModelState* target = find(event.to);
  if (target == nullptr) {
    return fail("to: \"" + one_line(event.to, 200) +
                "\" is neither in the catalogue nor added before");
  }
  if (&answering(*target) == &state) {
    return fail("to: redirects from \"" + one_line(event.to, 200) + "\" lead back to the model");
  }
  state.redirect_to = event.to;
  if (!state.redirect_row) state.redirect_row = RedirectRow{state.model.id, event.to};
  state.redirect_row->to = event.to;
  return {};
}

Result<void> World::apply_to_model(const Event& event, ModelState& state, Duration t,
                                   WallTime wall) {
  const bool was_listed = state.listed;
  const bool was_serverless = state.listed_serverless;
  switch (event.action) {
    case Action::kAnnounce:
      retirement_of(event, state) =
          Retirement{event.date.empty()
                         ? date_of(wall + std::chrono::duration_cast<WallTime::duration>(event.in))
                         : event.date,
                     event.to, event.dedicated};
      break;
    case Action::kWithdraw: retirement_of(event, state).reset(); break;
    case Action::kAnnounceRedirect:
      state.redirect_row = RedirectRow{event.as.empty() ? state.model.id : event.as, event.to};
      break;
    case Action::kWithdrawRedirect: state.redirect_row.reset(); break;
    case Action::kRenameAnswer: state.answers_as = event.as; break;
    case Action::kRedirect:
      if (const auto done = redirect(event, state); !done) return done;
      break;
    case Action::kRemove:
      state.standing = Standing::kNotFound;
      state.redirect_to.clear();
      state.redirect_row.reset();
      state.retirement.reset();
      if (!event.keep_listed) state.listed = state.listed_serverless = false;
      removals_.push_back({date_of(wall), state.model.id, event.dedicated});
      break;
    case Action::kRestore: {
      ModelState restored = fresh_state(state.model);
      keep_announcements(state, restored);
      std::erase_if(removals_, [&](const Removal& r) { return r.model == state.model.id; });
      state = std::move(restored);
      break;
    }
    case Action::kDedicatedOnly:
      state.standing = Standing::kNonServerless;
      state.listed_serverless = false;
      break;
    case Action::kStopEndpoint: state.standing = Standing::kStopped; break;
    case Action::kBlock: state.standing = Standing::kBlocked; break;
    case Action::kStreamingOnly: state.standing = Standing::kStreamingOnly; break;
    case Action::kBreakStream: state.breakage = event.breakage; break;
    case Action::kFixStream: state.breakage = BreakMode::kNone; break;
    case Action::kSlow:
    case Action::kShape: change_model(state.model, event.spec); break;
    case Action::kPrice:
      change_model(state.model, event.spec);
      state.listing_text = state.model.listing.dump(-1, ' ', false, Json::error_handler_t::replace);
      lists_changed_ = true;
      break;
    case Action::kFlap: state.flap = event.fraction; break;
    case Action::kRateLimit: state.throttle = throttle_of(event, t); break;
    case Action::kStreamDress: change_dress(state.dress, event.dress); break;
    case Action::kRefuse: state.refusals[event.api] = event.refusal; break;
    case Action::kFineTunable: state.tunable = event.supported; break;
    default: return fail("action: \"" + state.model.id + "\" cannot be the subject of this");
  }
  state.touched = true;
  if (changes_answers(event.action)) state.answers_differ = true;
  if (state.listed != was_listed || state.listed_serverless != was_serverless) {
    lists_changed_ = true;
  }
  return {};
}

}  // namespace together::simulator
