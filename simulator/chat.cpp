// POST /v1/chat/completions.
#include "simulator/chat.h"

#include "simulator/completion.h"
#include "simulator/gateway.h"
#include "simulator/model_gate.h"
#include "simulator/refusals.h"
#include "simulator/stream.h"

namespace together::simulator {
namespace {

Script served(const World& world, const ModelState& state, const ChatRequest& request,
              const Stamp& stamp) {
  const Model& model = state.model;
  const Defaults& defaults = world.defaults();
  const Pace pace{model.first_token.value_or(defaults.first_token),
                  model.token.value_or(defaults.token), model.first_byte};
  const Completion completion = complete(model, request, defaults.answer_tokens);
  const int shape = model.shapes[stamp.turn % model.shapes.size()];
  const Voice voice{state.answers_as.empty() ? model.id : state.answers_as, shape,
                    model.usage.value_or(usual_usage_place(shape)), request.prompt_tokens, stamp};
  if (request.stream) {
    return stream_script(stream_chunks(completion, voice), stream_headers(world.account(), stamp),
                         pace, state.breakage);
  }
  const Duration engine_time = pace.first_token + pace.token * (completion.tokens() - 1);
  Headers headers = edge_headers(stamp, "application/json; charset=utf-8");
  add_gateway_headers(headers, stamp, world.account());
  add_call_end(headers, stamp, engine_time);
  Script script = whole(200, std::move(headers), plain_answer(completion, voice).dump());
  script.head_after = engine_time;
  return script;
}

}  // namespace

Headers stream_headers(const Account& account, const Stamp& stamp) {
  Headers headers = edge_headers(stamp, kEventStream);
  add_gateway_headers(headers, stamp, account);
  return headers;
}

Script answer_chat(const World& world, const ChatRequest& request, const Stamp& stamp) {
  const ModelState* asked = world.find(request.model);
  if (asked == nullptr) return refused(stamp, Standing::kNotFound, request.model);
  const ModelState& state = world.answering(*asked);
  if (state.throttle) return rate_limited(stamp, *state.throttle, state.model.id);
  const bool refuses = state.standing == Standing::kStreamingOnly
                           ? !request.stream
                           : state.standing != Standing::kServed;
  if (refuses) return refused(stamp, state.standing, state.model.id);
  if (!request.complaint.empty()) return bad_input(stamp, world.account(), request.complaint);
  if (!answers_chat(state.model)) {
    return bad_input(stamp, world.account(),
                     state.model.id + " is not supported for chat completions");
  }
  if (flaps(state.flap, stamp.turn)) return engine_failure(stamp, world.account(), 503);
  return served(world, state, request, stamp);
}

}  // namespace together::simulator
