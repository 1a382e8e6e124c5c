// The whole simulated service without its sockets: routes, gates and the admin paths.
#include "simulator/service.h"

#include <charconv>
#include <utility>

#include <spdlog/spdlog.h>

#include "exporter/core/duration.h"
#include "exporter/core/text.h"
#include "simulator/admin_state.h"
#include "simulator/alterations.h"
#include "simulator/batches.h"
#include "simulator/catalog.h"
#include "simulator/chat.h"
#include "simulator/deprecations.h"
#include "simulator/embeddings.h"
#include "simulator/endpoints.h"
#include "simulator/fine_tunes.h"
#include "simulator/gateway.h"
#include "simulator/images.h"
#include "simulator/lists.h"
#include "simulator/random.h"
#include "simulator/refusals.h"
#include "simulator/rerank.h"
#include "simulator/routes.h"
#include "simulator/scenario.h"

namespace together::simulator {
namespace {

constexpr std::string_view kReplayError = "replay-error/";

Script plain_json(int status, const Json& json) {
  return whole(status, {{"content-type", "application/json"}},
               json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
}

/// For the simulator's own refusals, which the real service does not have.
Script complaint(int status, const std::string& sentence) {
  return plain_json(status, {{"error", sentence}});
}

std::string describe(const Event& event) {
  std::string text(to_string(event.action));
  if (!event.model.empty()) text += " " + one_line(event.model, 200);
  return text;
}

/// The key is refused in the words of each surface.
Script no_key(const Stamp& at, std::optional<ApiSurface> surface) {
  if (surface == ApiSurface::kBatches) return batches_error(at, 401, "Unauthorized");
  return surface && is_inference(*surface) ? invalid_api_key(at) : unauthorized_list(at);
}

}  // namespace

Result<std::unique_ptr<Service>> Service::make(ServiceOptions options) {
  auto catalog = options.replay ? options.replay->catalog() : generate_catalog(options.seed);
  auto world = World::make(std::move(catalog), options.scenario, options.scenario_name);
  if (!world) return tl::make_unexpected(world.error());
  return std::unique_ptr<Service>(new Service(std::move(options), std::move(*world)));
}

Service::Service(ServiceOptions options, World world)
    : options_(std::move(options)), start_(world), world_(std::move(world)) {}

Script Service::answer(const Request& request, const Moment& moment) {
  const std::scoped_lock lock(mutex_);
  advance(moment);
  if (request.path.starts_with("/admin/")) return admin(request, moment);
  ++requests_;
  Call call;
  Script script = route(request, moment, call);
  tally_.count(request.path, call.model, script.status);
  spdlog::debug("{} {} model={} status={}", request.method, one_line(request.path, 200),
                one_line(call.model, 200), script.status);
  return script;
}

Duration Service::scenario_time(const Moment& moment) const {
  return advanced_ + std::chrono::duration_cast<Duration>(moment.running * options_.time_scale);
}

void Service::advance(const Moment& moment) {
  const std::size_t before = world_.events_done();
  world_.advance_to(scenario_time(moment), moment.wall);
  for (std::size_t i = before; i < world_.events_done(); ++i) {
    const Event& event = options_.scenario.events[i];
    spdlog::info("scenario {}: {}", format_duration(event.at), describe(event));
  }
}

Stamp Service::stamp(const Moment& moment) const {
  return {mix(options_.seed) + requests_, 0, moment.wall};
}

std::uint64_t Service::take_turn(const std::string& key) {
  constexpr std::size_t kMostModels = 10'000;
  if (turns_.size() >= kMostModels && !turns_.contains(key)) return 0;
  return turns_[key]++;
}

bool Service::accepts_key(const Request& request) const {
  constexpr std::string_view kBearer = "Bearer ";
  const std::string value = header(request, "authorization");
  if (world_.account().key_rejected || !value.starts_with(kBearer)) return false;
  const std::string key = value.substr(kBearer.size());
  if (!options_.key.empty()) return key == options_.key;
  return !key.empty() && !key.starts_with("bad");
}

Script Service::route(const Request& request, const Moment& moment, Call& call) {
  if (request.path == "/docs/deprecations.md" && is_get(request)) {
    return deprecations(request, stamp(moment));
  }
  if (request.path.starts_with("/v1/")) return api(request, moment, call);
  return no_route(stamp(moment), request.method, request.path);
}

Script Service::api(const Request& request, const Moment& moment, Call& call) {
  const Stamp at = stamp(moment);
  call.surface = surface_of(request);
  const Account& account = world_.account();
  if (account.outage) {
    const bool versioned = call.surface && is_inference(*call.surface);
    Script script = outage(at, account, account.outage->failure, versioned);
    if (call.surface == ApiSurface::kImages) remove_version_headers(script.headers, account);
    return script;
  }
  if (options_.replay) {
    const std::string index = header(request, "x-replay-error");
    if (!index.empty()) return replay_error(index);
  }
  // The key is checked before anything else is looked at, the model included.
  if (!accepts_key(request)) return no_key(at, call.surface);
  if (!call.surface) return no_route(at, request.method, request.path);
  Script script;
  if (call.surface == ApiSurface::kChat) {
    script = chat(request, at, call);
  } else if (is_inference(*call.surface)) {
    script = infer(request, at, call);
  } else {
    script = look(request, at, call);
  }
  alter(world_, *call.surface, call.model, script);
  return script;
}

std::optional<Script> Service::account_refusal(const Stamp& at) const {
  const Account& account = world_.account();
  if (account.spend_limited) return credit_limit(at);
  if (account.throttle) return rate_limited(at, *account.throttle, "");
  return std::nullopt;
}

Script Service::chat(const Request& request, const Stamp& stamp, Call& call) {
  Stamp at = stamp;
  const auto parsed = parse_chat_request(request.body);
  if (parsed) call = {parsed->stream ? ApiSurface::kStream : ApiSurface::kChat, parsed->model};
  if (auto script = account_refusal(at)) return *script;
  if (!parsed) return unreadable_request(at);
  if (const Refusal* refusal = world_.refusal(*call.surface, call.model)) {
    return refused_so(at, *refusal);
  }
  // What is refused takes no turn from what is answered.
  if (parsed->complaint.empty()) at.turn = take_turn((parsed->stream ? "s " : "p ") + call.model);
  if (options_.replay) {
    if (parsed->model.starts_with(kReplayError)) {
      return replay_error(parsed->model.substr(kReplayError.size()));
    }
    const std::string file = header(request, "x-replay-file");
    if (!file.empty()) {
      auto script = options_.replay->stream_file(file, at, world_);
      return script ? *script : complaint(400, "no stream_*.sse of that name is replayed");
    }
    const ModelState* state = world_.find(parsed->model);
    if (state == nullptr || !state->answers_differ) {
      if (auto script = options_.replay->chat(*parsed, at, world_)) {
        return parsed->complaint.empty() ? *script
                                         : bad_input(at, world_.account(), parsed->complaint);
      }
    }
  }
  return answer_chat(world_, *parsed, at);
}

Script Service::infer(const Request& request, const Stamp& stamp, Call& call) {
  Stamp at = stamp;
  const auto asked = parse_model_request(request.body);
  if (asked) call.model = asked->model;
  if (auto script = account_refusal(at)) return *script;
  if (!asked) return unreadable_request(at);
  if (const Refusal* refusal = world_.refusal(*call.surface, call.model)) {
    return refused_so(at, *refusal);
  }
  at.turn = take_turn(request.path + " " + call.model);
  if (call.surface == ApiSurface::kEmbeddings) {
    return answer_embeddings(world_, *asked, options_.seed, at);
  }
  if (call.surface == ApiSurface::kRerank) return answer_rerank(world_, *asked, at);
  return answer_images(world_, *asked, at);
}

Script Service::look(const Request& request, const Stamp& at, Call& call) {
  if (call.surface == ApiSurface::kFineTuneLimits) {
    const auto name = request.query.find("model_name");
    if (name != request.query.end()) call.model = name->second;
  } else if (!is_get(request)) {
    if (const auto asked = parse_model_request(request.body)) call.model = asked->model;
  }
  if (const Refusal* refusal = world_.refusal(*call.surface, call.model)) {
    return refused_so(at, *refusal);
  }
  switch (*call.surface) {
    case ApiSurface::kModels: return models(request, at);
    case ApiSurface::kBatches: return answer_batches(world_, at);
    case ApiSurface::kEndpoints: return answer_endpoints(world_, at);
    case ApiSurface::kHardware: return answer_hardware(world_, at);
    case ApiSurface::kFineTuneModels: return answer_tunable_models(world_, at);
    case ApiSurface::kFineTuneLimits: return answer_tuning_limits(world_, call.model, at);
    case ApiSurface::kFineTunes:
      return is_get(request) ? answer_tuning_jobs(world_, at)
                             : answer_tuning_request(world_, request.body, at);
    default: return good_json(at, {{"project_id", "proj_simulated"}});
  }
}

Script Service::replay_error(const std::string& index) const {
  std::size_t number = 0;
  const char* end = index.data() + index.size();
  const auto [stop, error] = std::from_chars(index.data(), end, number);
  if (error == std::errc{} && stop == end) {
    if (auto script = options_.replay->error(number)) return *script;
  }
  return complaint(400, "errors.json has the errors 0 to " +
                            std::to_string(options_.replay->errors()) + ", the last excluded");
}

Script Service::models(const Request& request, const Stamp& at) const {
  const auto asked = request.query.find("serverless");
  const bool serverless = asked != request.query.end() && asked->second != "false";
  const ListState& list = serverless ? world_.account().serverless : world_.account().all;
  if (options_.replay && list.mode == ListMode::kNormal && !world_.lists_changed()) {
    return list_script(options_.replay->list(serverless), at);
  }
  return answer_list(world_, serverless, at);
}

Script Service::deprecations(const Request& request, const Stamp& at) {
  const PageState& state = world_.account().page;
  if (!options_.replay) {
    return answer_page(request, deprecations_page(world_), state, at, pages_[""]);
  }
  const auto asked = request.query.find("file");
  const std::string file = asked == request.query.end() ? "" : asked->second;
  const auto page = options_.replay->page(file);
  if (!page) return complaint(404, "no such deprecations page is replayed");
  return answer_page(request, *page, state, at, pages_[file]);
}

Script Service::admin(const Request& request, const Moment& moment) {
  if (request.path == "/admin/state") {
    return is_get(request) ? plain_json(200, admin_state(world_, tally_))
                           : complaint(405, "/admin/state answers GET only");
  }
  const bool known = request.path == "/admin/event" || request.path == "/admin/advance" ||
                     request.path == "/admin/reset";
  if (!known) return complaint(404, "the admin paths are event, advance, reset and state");
  if (request.method != "POST") return complaint(405, request.path + " answers POST only");
  if (request.path == "/admin/event") return admin_event(request.body, moment);
  if (request.path == "/admin/advance") return admin_advance(request, moment);
  return admin_reset(moment);
}

Script Service::admin_event(const std::string& body, const Moment& moment) {
  const auto event = parse_event_json(body);
  if (!event) return complaint(400, event.error().message);
  const auto done = world_.apply(*event, world_.now(), moment.wall);
  if (!done) return complaint(400, done.error().message);
  spdlog::info("admin {}: {}", format_duration(world_.now()), describe(*event));
  return plain_json(200, {{"time", format_duration(world_.now())}});
}

Script Service::admin_advance(const Request& request, const Moment& moment) {
  const auto by = request.query.find("by");
  if (by == request.query.end()) return complaint(400, "by: say how far, as in ?by=5m");
  const auto duration = parse_duration(by->second);
  if (!duration) return complaint(400, "by: " + duration.error().message);
  advanced_ += *duration;
  advance(moment);
  return plain_json(200, {{"time", format_duration(world_.now())}});
}

Script Service::admin_reset(const Moment& moment) {
  world_ = start_;
  tally_ = {};
  turns_.clear();
  advanced_ = Duration{};
  advanced_ = -scenario_time(moment);
  advance(moment);
  return plain_json(200, {{"time", format_duration(world_.now())}});
}

}  // namespace together::simulator
