// What is true of the simulated API now. Pure: time is an argument.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "exporter/core/clock.h"
#include "exporter/core/result.h"
#include "simulator/event.h"
#include "simulator/holdings.h"
#include "simulator/patch.h"

namespace together::simulator {

/// How a model answers those who ask for it.
enum class Standing { kServed, kNotFound, kNonServerless, kStopped, kBlocked, kStreamingOnly };

/// The word for it in GET /admin/state.
std::string_view to_string(Standing standing);

struct Throttle {
  std::optional<Duration> until;
  std::optional<Duration> retry_after;
  bool retry_after_date = false;
};

struct Retirement {
  std::string date;  ///< 2026-12-01
  std::string replacement;
  bool dedicated = false;
};

/// A row of the deprecations page's redirects.
struct RedirectRow {
  std::string from;  ///< the model's id, or a name for it
  std::string to;
};

struct ModelState {
  Model model;
  Standing base = Standing::kServed;  ///< what `restore` goes back to
  Standing standing = Standing::kServed;
  bool listed = true;
  bool listed_serverless = true;
  std::string redirect_to;
  std::string answers_as;  ///< the `model` its answers name; "": its id
  BreakMode breakage = BreakMode::kNone;
  StreamDress dress;
  std::map<ApiSurface, Refusal> refusals;
  std::optional<bool> tunable;  ///< unset: as is_tunable says
  double flap = 0;              ///< fraction of requests that fail
  std::optional<Throttle> throttle;
  std::optional<Retirement> retirement;         ///< from inference
  std::optional<Retirement> tuning_retirement;  ///< from fine-tuning
  std::optional<RedirectRow> redirect_row;
  bool touched = false;         ///< an event named it
  bool answers_differ = false;  ///< an event changed how it answers, not just how it is listed
  std::string listing_text;     ///< model.listing as JSON
};

struct ListState {
  ListMode mode = ListMode::kNormal;
  double missing = 0;  ///< kShrink
};

struct PageState {
  PageMode mode = PageMode::kNormal;
  double missing = 0;  ///< kShrink
};

struct Outage {
  Failure failure = Failure::k503;
  std::optional<Duration> until;
};

struct Account {
  bool key_rejected = false;
  bool spend_limited = false;
  std::optional<Outage> outage;
  std::optional<Throttle> throttle;
  ListState all;
  ListState serverless;
  PageState page;
  /// Sent with every chat answer that comes from behind the gateway.
  std::map<std::string, std::string> headers{{"x-inference-version", "v2"}};
  /// Sent with every good answer of the surface.
  std::map<ApiSurface, std::map<std::string, std::string>> surface_headers;
  std::vector<Patch> patches;
  TuningForm tuning;
  Holdings holdings = first_holdings();
};

/// A row of the deprecations page's history.
struct Removal {
  std::string date;
  std::string model;
  bool dedicated = false;
};

class World {
 public:
  /// Errors: "NAME:LINE: KEY: what is wrong" of the first event that cannot happen.
  static Result<World> make(std::vector<Model> catalog, Scenario scenario, const std::string& name);

  /// Lets everything happen that is due at `t` since the start. Time never runs backwards.
  void advance_to(Duration t, WallTime wall);

  /// Errors: one sentence; nothing has changed then.
  Result<void> apply(const Event& event, Duration t, WallTime wall);

  Duration now() const { return now_; }
  std::size_t events_done() const { return next_event_; }
  std::size_t events_pending() const { return scenario_.events.size() - next_event_; }
  const Defaults& defaults() const { return scenario_.defaults; }
  const Account& account() const { return account_; }
  /// In the order of the lists.
  const std::vector<ModelState>& models() const { return models_; }
  const ModelState* find(std::string_view id) const;
  /// The model that answers for this one: itself, or where its redirects lead.
  const ModelState& answering(const ModelState& state) const;
  /// How the surface refuses requests for the model; null where it does not.
  const Refusal* refusal(ApiSurface surface, std::string_view model) const;
  const std::vector<Removal>& removals() const { return removals_; }
  /// Whether a list differs from the catalogue the world was made of.
  bool lists_changed() const { return lists_changed_; }

 private:
  World(std::vector<Model> catalog, Scenario scenario);
  Result<void> put(const ModelSpec& spec);
  Result<void> apply_to_model(const Event& event, ModelState& state, Duration t, WallTime wall);
  Result<void> redirect(const Event& event, ModelState& state) const;
  Result<void> apply_to_account(const Event& event, Duration t);
  Result<void> patch(const Event& event);
  void apply_to_surfaces(const Event& event);
  void expire(Duration t);

  Scenario scenario_;
  std::vector<ModelState> models_;
  std::unordered_map<std::string, std::size_t> index_;
  Account account_;
  std::vector<Removal> removals_;
  Duration now_{};
  std::size_t next_event_ = 0;
  bool lists_changed_ = false;
};

}  // namespace together::simulator
