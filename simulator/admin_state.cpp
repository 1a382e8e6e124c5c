// GET /admin/state.
#include "simulator/admin_state.h"

#include <string>

#include "exporter/core/duration.h"
#include "simulator/scenario.h"

namespace together::simulator {
namespace {

Json retirement_json(const Retirement& retirement) {
  return {{"date", retirement.date}, {"replacement", retirement.replacement}};
}

Json model_state(const World& world, const ModelState& state) {
  Json json;
  json["standing"] = to_string(world.answering(state).standing);
  json["listed"] = state.listed;
  json["listed_serverless"] = state.listed_serverless;
  json["redirect_to"] = state.redirect_to;
  json["answers_as"] = state.answers_as;
  json["stream"] = state.breakage == BreakMode::kNone ? "whole" : to_string(state.breakage);
  json["flap"] = state.flap;
  json["rate_limited"] = state.throttle.has_value();
  json["refused_surfaces"] = state.refusals.size();
  json["shape"] = state.model.shapes;
  const Json& pricing = state.model.listing.at("pricing");
  for (const char* direction : {"input", "output", "cached_input"}) {
    if (pricing.contains(direction)) json["price"][direction] = pricing.at(direction);
  }
  if (state.retirement) json["retirement"] = retirement_json(*state.retirement);
  if (state.tuning_retirement) {
    json["fine_tuning_retirement"] = retirement_json(*state.tuning_retirement);
  }
  if (state.redirect_row) {
    json["redirect_row"] = {{"from", state.redirect_row->from}, {"to", state.redirect_row->to}};
  }
  return json;
}

Json account_state(const Account& account) {
  return {{"key_rejected", account.key_rejected},
          {"spend_limited", account.spend_limited},
          {"failing", account.outage.has_value()},
          {"rate_limited", account.throttle.has_value()},
          {"version_headers", account.headers},
          {"list_all", to_string(account.all.mode)},
          {"list_serverless", to_string(account.serverless.mode)},
          {"page", to_string(account.page.mode)},
          {"patches", account.patches.size()},
          {"fine_tuning", account.tuning.nested ? "nested" : "flat"}};
}

}  // namespace

Json admin_state(const World& world, const Tally& tally) {
  Json json;
  json["time"] = format_duration(world.now());
  json["time_seconds"] = to_seconds(world.now());
  json["events"] = {{"done", world.events_done()}, {"pending", world.events_pending()}};
  json["account"] = account_state(world.account());
  json["models"] = Json::object();
  std::size_t listed = 0;
  std::size_t serverless = 0;
  for (const auto& state : world.models()) {
    if (state.listed) ++listed;
    if (state.listed_serverless) ++serverless;
    if (state.touched) json["models"][state.model.id] = model_state(world, state);
  }
  json["listed"] = {{"all", listed}, {"serverless", serverless}};
  json["requests_total"] = tally.total();
  json["requests"] = tally.to_json();
  return json;
}

}  // namespace together::simulator
