// What every surface of inference does before an engine answers.
#include "simulator/model_gate.h"

#include <cmath>
#include <utility>

#include "simulator/gateway.h"
#include "simulator/refusals.h"

namespace together::simulator {

Result<ModelRequest> parse_model_request(const std::string& text) {
  nlohmann::json body = nlohmann::json::parse(text, nullptr, false);
  if (!body.is_object()) return fail("the body is no JSON object");
  const auto model = body.find("model");
  if (model == body.end() || !model->is_string()) return fail("the body names no model");
  std::string id = model->get<std::string>();
  return ModelRequest{std::move(id), std::move(body)};
}

tl::expected<const ModelState*, Script> find_engine(const World& world, const std::string& model,
                                                    const Stamp& stamp) {
  const ModelState* asked = world.find(model);
  if (asked == nullptr) return tl::make_unexpected(refused(stamp, Standing::kNotFound, model));
  const ModelState& state = world.answering(*asked);
  const std::string& id = state.model.id;
  if (state.throttle) return tl::make_unexpected(rate_limited(stamp, *state.throttle, id));
  // Only chat streams.
  const bool serves =
      state.standing == Standing::kServed || state.standing == Standing::kStreamingOnly;
  if (!serves) return tl::make_unexpected(refused(stamp, state.standing, id));
  if (flaps(state.flap, stamp.turn)) {
    return tl::make_unexpected(engine_failure(stamp, world.account(), 503));
  }
  return &state;
}

bool flaps(double rate, std::uint64_t turn) {
  const auto n = static_cast<double>(turn);
  return std::floor((n + 1) * rate) > std::floor(n * rate);
}

const std::string& answered_name(const ModelState& state) {
  return state.answers_as.empty() ? state.model.id : state.answers_as;
}

Script engine_answer(const World& world, const ModelState& state, const Json& body,
                     const Stamp& stamp) {
  const Duration time = state.model.first_token.value_or(world.defaults().first_token);
  Headers headers = edge_headers(stamp, "application/json; charset=utf-8");
  add_gateway_headers(headers, stamp, world.account());
  add_call_end(headers, stamp, time);
  Script script =
      whole(200, std::move(headers), body.dump(-1, ' ', false, Json::error_handler_t::replace));
  script.head_after = time;
  return script;
}

}  // namespace together::simulator
