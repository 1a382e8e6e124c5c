// The scheduler.
#include "exporter/schedule/scheduler.h"

#include <exception>
#include <utility>

#include "exporter/core/text.h"

namespace together {
namespace {

constexpr std::size_t kDetailBytes = 300;

Observation internal_error(std::string_view what) {
  Observation seen;
  seen.outcome = Outcome::kInternal;
  seen.detail = "a bug in this probe: " + one_line(what, kDetailBytes);
  return seen;
}

Observation judge_fenced(const Probe& probe, const Target& target, const Exchange& exchange,
                         const std::string& source) {
  Observation seen;
  try {
    seen = probe.judge(target, exchange, source);
  } catch (const std::exception& error) {
    seen = internal_error(error.what());
  }
  seen.probe = probe.info().name;
  seen.target = target;
  seen.foreign = probe.info().foreign;
  seen.at =
      exchange.started + std::chrono::duration_cast<WallTime::duration>(exchange.phases.total);
  return seen;
}

}  // namespace

Request make_request(const ProbeSet::Entry& entry, const Target& target) {
  Request request = entry.probe->request(target);
  if (request.timeout == Duration{}) request.timeout = entry.timeout;
  return request;
}

std::vector<Observation> judge_all(const ProbeSet& probes, const std::string& owner,
                                   const Target& target, const Exchange& exchange) {
  std::vector<Observation> seen;
  seen.push_back(judge_fenced(*probes.at(owner).probe, target, exchange, owner));
  if (seen.front().foreign) return seen;
  for (const auto& [name, entry] : probes.by_name) {
    const ProbeInfo& info = entry.probe->info();
    if (info.scope != Scope::kRider) continue;
    if (info.rides_on != "*" && info.rides_on != owner) continue;
    seen.push_back(judge_fenced(*entry.probe, target, exchange, owner));
  }
  return seen;
}

void Scheduler::configure(std::shared_ptr<const ProbeSet> probes,
                          std::shared_ptr<Transport> transport) {
  probes_ = std::move(probes);
  transport_ = std::move(transport);
}

void Scheduler::run_due() {
  for (const DueJob& due : plan_.take_due(clock_.mono())) start(due);
}

void Scheduler::start(const DueJob& due) {
  const JobKey key = due.key;
  const Target target = hooks_.target(key);
  if (const auto reason = hooks_.refuse(key, target)) {
    plan_.skipped(key, clock_.mono());
    hooks_.skipped(key, *reason);
    return;
  }
  Seen seen;
  seen.job = key;
  seen.target = target;
  seen.started = clock_.wall();
  seen.late = due.late;

  const auto finish = [this, key](Seen done) {
    const auto not_before = hooks_.seen(std::move(done));
    if (plan_.finished(key, clock_.mono(), not_before)) {
      hooks_.skipped(key, SkipReason::kRetryAfter);
    }
  };

  Request request;
  try {
    request = make_request(probes_->at(key.probe), target);
  } catch (const std::exception& error) {
    seen.observations.push_back(internal_error(error.what()));
    seen.observations.back().probe = key.probe;
    seen.observations.back().target = target;
    seen.observations.back().at = seen.started;
    finish(std::move(seen));
    return;
  }

  const auto judged = [this, finish, probes = probes_,
                       seen = std::move(seen)](Exchange exchange) mutable {
    // shared_ptr: std::function wants copyable tasks, and the body should not be copied.
    auto look = std::make_shared<std::pair<Seen, Exchange>>(std::move(seen), std::move(exchange));
    hooks_.on_worker([this, finish, probes, look] {
      auto& [done, wire] = *look;
      done.took = wire.phases.total;
      done.status = wire.status;
      done.cancelled = wire.error == TransportError::kCancelled;
      done.observations = judge_all(*probes, done.job.probe, done.target, wire);
      done.headers = std::move(wire.headers);
      hooks_.on_loop([finish, look] { finish(std::move(look->first)); });
    });
  };
  transport_->send(std::move(request), judged);
}

}  // namespace together
