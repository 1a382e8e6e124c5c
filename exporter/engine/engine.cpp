// The engine.
#include "exporter/engine/engine.h"

#include <algorithm>
#include <charconv>
#include <exception>
#include <set>

#include "exporter/core/duration.h"
#include "exporter/engine/jobs.h"
#include "exporter/engine/model_metrics.h"
#include "exporter/engine/pacing.h"
#include "exporter/engine/retirement_metrics.h"
#include "exporter/engine/shape_metrics.h"
#include "exporter/engine/status.h"
#include "exporter/engine/workload_metrics.h"
#include "exporter/http/retry_after.h"
#include "exporter/ledger/beliefs.h"
#include "exporter/log/log.h"
#include "exporter/metrics/process.h"
#include "exporter/web/status_tables.h"

namespace together {
namespace {

using namespace std::chrono_literals;

constexpr auto kPublishAtMost = 200ms;  ///< apart, while things change
constexpr auto kPublishAtLeast = 10s;   ///< apart, so that process_* metrics stay fresh
constexpr auto kPlanAtLeast = 10s;      ///< apart, so that the pace follows what is seen
constexpr auto kRetryAfterCap = 1h;
constexpr const char* kRetryBelief = "retry_after";

std::string retry_key(const JobKey& key) { return key.probe + "\n" + key.model + "\n" + key.part; }

std::optional<double> number_in(const std::vector<Header>& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    double number = 0;
    if (key != name) continue;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error == std::errc{} && end == value.data() + value.size()) return number;
  }
  return std::nullopt;
}

std::optional<Drawn> drawn_in(const std::vector<Belief>& beliefs) {
  for (const auto& belief : beliefs) {
    if (belief.kind == kDrawnBelief) return read_drawn_belief(belief.json);
  }
  return std::nullopt;
}

}  // namespace

Engine::Engine(Deps deps, Config config)
    : deps_(std::move(deps)),
      config_(std::move(config)),
      looks_(book_),
      ledger_(ledger_settings(config_), tracked_models(config_), deps_.clock.wall()),
      purse_(ledger_, config_.budget_usd_per_day,
             [this](const Drawn& drawn) { save_for_good(drawn); }),
      scheduler_(
          deps_.clock,
          {deps_.on_worker, deps_.on_loop, [this](const JobKey& key) { return target_of(key); },
           [this](const JobKey& key, const Target& target) { return refuse(key, target); },
           [this](const JobKey& key, SkipReason reason) {
             looks_.skipped(key, reason);
             dirty_ = true;
           },
           [this](Seen look) { return seen(std::move(look)); }}) {}

Engine::~Engine() {
  if (const auto drawn = purse_.budget().close()) {
    deps_.store.save({{drawn_belief(*drawn)}, {}, {}, {}});
  }
}

/// Waits for the disk, up to a hundred times a day: the money is spent right after. Where the disk
/// refuses, which is an alert of its own, looks go on under this process's own cap.
void Engine::save_for_good(const Drawn& drawn) {
  deps_.store.save({{drawn_belief(drawn)}, {}, {}, {}});
  deps_.store.flush();
}

Result<void> Engine::start() {
  const WallTime now = deps_.clock.wall();
  started_ = now;
  deps_.slot.beat(deps_.clock.mono());
  status_.shard_index = deps_.shard_index;
  status_.shard_total = deps_.shard_total;
  if (auto taken = take_up(config_); !taken) return taken;
  plan_jobs();

  Restored restored = deps_.store.load(day_of(now));
  purse_.budget().restore(restored.spend, drawn_in(restored.beliefs), now);
  events_.restore(restored.events);
  take_in(ledger_.restore(restored.beliefs, now));
  plan_jobs();  // what was restored may tell more modalities
  restore_patience(restored.beliefs, now);
  for (const auto& trouble : {restored.moved_aside, restored.not_restored}) {
    if (trouble.empty()) continue;
    log(LogLevel::kError, trouble);
    Changes changes;
    changes.events.push_back({0, now, "store", "", trouble});
    save(std::move(changes));
  }
  publish();
  return {};
}

/// A Retry-After outlives the process that was told of it.
void Engine::restore_patience(const std::vector<Belief>& beliefs, WallTime now) {
  Changes changes;
  for (const auto& belief : beliefs) {
    if (belief.kind != kRetryBelief) continue;
    double until = 0;
    std::from_chars(belief.json.data(), belief.json.data() + belief.json.size(), until);
    const Duration left = std::min<Duration>(from_unix_seconds(until) - now, kRetryAfterCap);
    if (left <= 0s) changes.forgotten.emplace_back(belief.kind, belief.key);
    for (const auto& job : jobs_) {
      if (left > 0s && retry_key(job.key) == belief.key) {
        scheduler_.plan().hold(job.key, deps_.clock.mono() + left);
      }
    }
  }
  save(std::move(changes));
}

Result<void> Engine::reload(Config config) {
  if (config.state_path != config_.state_path) {
    reload_failed();
    return fail("state.path cannot change while the exporter runs: restart it");
  }
  if (auto taken = take_up(config); !taken) {
    reload_failed();
    return taken;
  }
  if (config.upstream != config_.upstream) ledger_.account_changed();
  config_ = std::move(config);
  take_in(ledger_.configure(ledger_settings(config_), tracked_models(config_), deps_.clock.wall()));
  purse_.budget().set_cap(config_.budget_usd_per_day);
  plan_jobs();
  deps_.wake();
  return {};
}

void Engine::reload_failed() {
  status_.reload_ok = false;
  dirty_ = true;
}

/// What can fail comes first, so that a failure leaves everything as it was.
Result<void> Engine::take_up(const Config& config) {
  auto transport = deps_.make_transport(config.upstream);
  if (!transport) return tl::make_unexpected(transport.error());
  const auto old = std::exchange(transport_, std::move(*transport));
  probes_ = make_probes(config, deps_.probe_types);
  authorities_ = authorities(*probes_);
  scheduler_.configure(probes_, transport_);
  if (old) old->cancel_all();
  status_.reload_ok = true;
  status_.reloaded_at = deps_.clock.wall();
  dirty_ = true;
  return {};
}

bool Engine::catalogue_seen() const {
  return ledger_.up() || !probes_->by_name.contains("catalog");
}

std::vector<JobSpec> Engine::paced_jobs() const {
  auto jobs = jobs_for(config_, *probes_, ledger_.models(), catalogue_seen());
  pace(jobs, {config_, *probes_, ledger_, looks_, purse_, deps_.clock.wall()});
  return jobs;
}

void Engine::plan_jobs() {
  planned_ = deps_.clock.mono();
  jobs_ = paced_jobs();
  Plan& plan = scheduler_.plan();
  plan.set_jobs(jobs_, deps_.clock.mono());
  for (const auto& [key, interval] : jobs_) {
    const Probe& probe = *probes_->at(key.probe).probe;
    if (key.model.empty() || (!probe.info().authority && has_authority(key.model))) continue;
    // A look that will not come lengthens nobody's word.
    const bool will_come =
        !probe.info().paid || purse_.dollars(key.model, probe.most_billed(target_of(key))) <=
                                  purse_.budget().remaining(deps_.clock.wall());
    if (will_come) ledger_.set_pace(key.model, interval);
  }
  looks_.keep_only([&](const JobKey& key) {
    const auto probe = probes_->by_name.find(key.probe);
    if (probe == probes_->by_name.end()) return false;
    return probe->second.probe->info().scope == Scope::kRider || plan.has(key);
  });
}

Target Engine::target_of(const JobKey& key) const {
  Target target{key.model, key.part, Modality::kUnknown, {}};
  const auto model = ledger_.models().find(key.model);
  if (model != ledger_.models().end()) target.modality = model->second.entry.modality;
  const auto& sources = ledger_.retirements().sources();
  const auto source = key.probe == kRetirements ? sources.find(key.part) : sources.end();
  if (source != sources.end()) target.known = source->second.validators;
  return target;
}

bool Engine::has_authority(const std::string& model) const {
  return std::any_of(authorities_.begin(), authorities_.end(), [&](const std::string& probe) {
    return scheduler_.plan().has({probe, model, ""});
  });
}

std::optional<SkipReason> Engine::refuse(const JobKey& key, const Target& target) {
  const Probe& probe = *probes_->at(key.probe).probe;
  // What was to be refused for nothing, and was taken and billed, is not asked again that day.
  if (!probe.info().paid) {
    return purse_.was_billed(key) ? std::optional(SkipReason::kBudget) : std::nullopt;
  }
  // Behind a closed gate the authority looks for its end; further paid looks would learn nothing.
  const bool left_to_authority = !probe.info().authority && has_authority(key.model);
  if (left_to_authority && ledger_.gated()) return SkipReason::kGate;
  const bool affordable = purse_.reserve(key, probe.most_billed(target), deps_.clock.wall());
  return affordable ? std::nullopt : std::optional(SkipReason::kBudget);
}

std::optional<MonoTime> Engine::seen(Seen look) {
  Changes changes;
  settle(look, changes);
  if (look.cancelled || !scheduler_.plan().has(look.job)) {
    save(std::move(changes));
    return std::nullopt;
  }
  for (const Observation* changed : looks_.add(look)) {
    if (changed->detail.empty()) continue;
    log(changed->outcome == Outcome::kOk ? LogLevel::kInfo : LogLevel::kWarn, changed->detail,
        {{"probe", changed->probe},
         {"model", changed->target.model},
         {"outcome", to_string(changed->outcome)}});
  }
  note_ratelimit(look);
  const bool first_verdict = !ledger_.up();
  Applied applied = ledger_.apply(look.observations, deps_.clock.wall());
  applied.models_changed |= first_verdict && ledger_.up();
  add(applied.changes, std::move(changes));
  const auto not_before = hold_back(look, applied.changes);
  take_in(std::move(applied));
  dirty_ = true;
  deps_.wake();
  return not_before;
}

/// What the ledger made of something: to the store, to the plan, out of the books.
void Engine::take_in(Applied applied) {
  save(std::move(applied.changes));
  for (const auto& id : applied.dropped) looks_.forget_model(id);
  if (applied.models_changed) plan_jobs();
  for (const auto& sooner : applied.sooner) {
    for (const auto& authority : authorities_) {
      scheduler_.plan().sooner(authority, sooner.model, deps_.clock.mono() + sooner.in);
    }
  }
}

void Engine::settle(const Seen& look, Changes& changes) {
  const auto asker = probes_->by_name.find(look.job.probe);
  const auto most = asker == probes_->by_name.end() ? Probe::Billed{}
                                                    : asker->second.probe->most_billed(look.target);
  auto spend = purse_.settle(look, most, deps_.clock.wall());
  if (!spend) return;
  // A model that a reload dropped gets no series back.
  if (ledger_.models().contains(spend->model)) {
    looks_.spent(spend->probe, spend->model, spend->usd);
  }
  changes.spend.push_back(std::move(*spend));
}

/// Together sends Retry-After on plain 200s too; only on 429 and 503 does it ask for patience.
std::optional<MonoTime> Engine::hold_back(const Seen& look, Changes& changes) {
  if (look.status != 429 && look.status != 503) return std::nullopt;
  for (const auto& [name, value] : look.headers) {
    if (name != "retry-after") continue;
    const auto parsed = parse_retry_after(value, deps_.clock.wall(), kRetryAfterCap);
    if (!parsed) return std::nullopt;
    const double until = to_unix_seconds(deps_.clock.wall()) + to_seconds(*parsed);
    changes.beliefs.push_back({kRetryBelief, retry_key(look.job), std::to_string(until)});
    return deps_.clock.mono() + *parsed;
  }
  return std::nullopt;
}

void Engine::note_ratelimit(const Seen& look) {
  if (const auto left = number_in(look.headers, "x-ratelimit-remaining")) {
    status_.requests_remaining = left;
  }
  if (const auto left = number_in(look.headers, "x-ratelimit-remaining-tokens")) {
    status_.tokens_remaining = left;
  }
}

void Engine::save(Changes changes) {
  if (changes.empty()) return;
  for (auto& event : changes.events) {
    events_.add(event, deps_.clock.wall());
    log(LogLevel::kInfo, event.text, {{"event", event.kind}, {"model", event.model}});
  }
  deps_.store.save(std::move(changes));
  dirty_ = true;
}

void Engine::tick() {
  const MonoTime now = deps_.clock.mono();
  deps_.slot.beat(now);
  if (now - planned_ >= kPlanAtLeast) plan_jobs();
  scheduler_.run_due();
  save(ledger_.tick(deps_.clock.wall()));
  note_writable();
  const Duration age = now - published_;
  if ((dirty_ && age >= kPublishAtMost) || age >= kPublishAtLeast) publish();
}

void Engine::note_writable() {
  const bool writable = deps_.store.writable();
  if (writable == status_.state_writable) return;
  status_.state_writable = writable;
  dirty_ = true;
  if (writable) {
    log(LogLevel::kInfo, "state reaches the disk again");
  } else {
    log(LogLevel::kError, "state does not reach the disk", {{"error", deps_.store.last_error()}});
  }
}

MonoTime Engine::next_tick() const {
  const MonoTime due = scheduler_.plan().next_due().value_or(MonoTime::max());
  if (rendering_) return due;  // its end wakes us
  const Duration pause = dirty_ ? Duration(kPublishAtMost) : Duration(kPublishAtLeast);
  return std::min(due, published_ + pause);
}

/// Values are gathered here, on the loop; turning them into bytes is the pool's work.
void Engine::publish() {
  if (rendering_) return;
  published_ = deps_.clock.mono();
  dirty_ = false;
  rendering_ = true;

  SampleSink sink;
  collect_account(ledger_, sink);
  collect_headers(ledger_, sink);
  collect_shapes(ledger_, deps_.clock.wall(), sink);
  collect_budget(purse_.budget(), deps_.clock.wall(), sink);
  const auto usd_by_probe = forecast(jobs_, *probes_, ledger_, purse_);
  collect_pacing(jobs_, usd_by_probe, sink);
  status_.models_dropped = collect_models(ledger_, config_, sink);
  collect_workloads(ledger_, config_, deps_.clock.wall(), sink);
  collect_sources(ledger_, sink);
  looks_.collect(sink);
  collect_exporter(deps_.build, status_, sink);
  add_process_metrics(sink);
  auto families = sink.take();
  for (auto& family : book_.collect()) families.push_back(std::move(family));

  double usd_per_day = 0;
  for (const auto& [probe, usd] : usd_by_probe) usd_per_day += usd;
  const StatusSources sources{deps_.clock.wall(),
                              started_,
                              deps_.build,
                              deps_.telemetry_path,
                              config_,
                              ledger_,
                              purse_.budget(),
                              looks_,
                              authorities_,
                              status_,
                              usd_per_day,
                              events_.newest(kEventRows)};
  auto view = std::make_shared<StatusView>(status_view(sources));
  const bool ready = catalogue_seen();
  auto rendered = std::make_shared<std::vector<prometheus::MetricFamily>>(std::move(families));
  deps_.on_worker([this, rendered, view, ready, events = events_.all()] {
    auto snapshot = make_snapshot(std::move(*rendered), render_pages(*view), ready, events);
    deps_.on_loop([this, snapshot] {
      rendering_ = false;
      deps_.slot.publish(snapshot);
      deps_.wake();
    });
  });
}

void Engine::stop() {
  if (transport_) transport_->cancel_all();
}

std::vector<const MetricDef*> all_metrics(std::span<const ProbeType> probe_types) {
  std::set<const MetricDef*> seen;
  for (const auto* def : account_metrics()) seen.insert(def);
  for (const auto* def : model_metrics()) seen.insert(def);
  for (const auto* def : retirement_metrics()) seen.insert(def);
  for (const auto* def : shape_metrics()) seen.insert(def);
  for (const auto* def : workload_metrics()) seen.insert(def);
  for (const auto* def : look_metrics()) seen.insert(def);
  for (const auto* def : pacing_metrics()) seen.insert(def);
  for (const auto& def : process_metrics()) seen.insert(&def);
  for (const auto& type : probe_types)
    seen.insert(type.info.metrics.begin(), type.info.metrics.end());
  std::vector<const MetricDef*> sorted(seen.begin(), seen.end());
  std::sort(sorted.begin(), sorted.end(),
            [](const MetricDef* a, const MetricDef* b) { return a->name < b->name; });
  return sorted;
}

}  // namespace together
