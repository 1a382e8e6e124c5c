// The scheduler: takes what is due, asks, lets the probes judge, and hands on what was seen.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "exporter/core/clock.h"
#include "exporter/core/probe.h"
#include "exporter/core/transport.h"
#include "exporter/schedule/plan.h"

namespace together {

/// Runs a task somewhere: on the judging pool, or back on the loop. Tests run it at once.
using Post = std::function<void(std::function<void()>)>;

enum class SkipReason { kBudget, kRetryAfter, kGate };

constexpr std::string_view to_string(SkipReason r) {
  switch (r) {
    case SkipReason::kBudget: return "budget";
    case SkipReason::kRetryAfter: return "retry_after";
    case SkipReason::kGate: return "gate";
  }
  return "";
}

/// The probes of one configuration. Shared with looks under way, so that a reload cannot take a
/// probe away from under its judge.
struct ProbeSet {
  struct Entry {
    std::unique_ptr<Probe> probe;
    Duration timeout{};  ///< of its requests
  };
  std::map<std::string, Entry> by_name;

  const Entry& at(const std::string& name) const { return by_name.at(name); }
};

/// One finished look: what the wire showed in short, and what each judge made of it.
struct Seen {
  JobKey job;
  Target target;
  WallTime started{};
  Duration took{};
  Duration late{};
  int status = 0;
  std::vector<Header> headers;
  bool cancelled = false;
  std::vector<Observation> observations;  ///< the asking probe's first, then its riders'
};

/// Builds a request, judges an exchange; a probe that throws gives outcome `internal`. Also used
/// by the `probe` command.
Request make_request(const ProbeSet::Entry& entry, const Target& target);
std::vector<Observation> judge_all(const ProbeSet& probes, const std::string& owner,
                                   const Target& target, const Exchange& exchange);

/// Threads: the loop; judging happens wherever `on_worker` puts it.
class Scheduler {
 public:
  struct Hooks {
    Post on_worker;
    Post on_loop;
    /// The target of a job as known now, and whether it may run.
    std::function<Target(const JobKey&)> target;
    std::function<std::optional<SkipReason>(const JobKey&, const Target&)> refuse;
    std::function<void(const JobKey&, SkipReason)> skipped;
    /// Called on the loop, once for every look that was started. Returns when the job may run
    /// again at the earliest (Retry-After).
    std::function<std::optional<MonoTime>(Seen)> seen;
  };

  Scheduler(const Clock& clock, Hooks hooks) : clock_(clock), hooks_(std::move(hooks)) {}

  void configure(std::shared_ptr<const ProbeSet> probes, std::shared_ptr<Transport> transport);
  Plan& plan() { return plan_; }
  const Plan& plan() const { return plan_; }

  /// Starts everything that is due.
  void run_due();

 private:
  void start(const DueJob& due);

  const Clock& clock_;
  Hooks hooks_;
  Plan plan_;
  std::shared_ptr<const ProbeSet> probes_;
  std::shared_ptr<Transport> transport_;
};

}  // namespace together
