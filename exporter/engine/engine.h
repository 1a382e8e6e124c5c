// The engine: joins scheduler, ledger, store and snapshot into the one path of
// docs/architecture.md.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "exporter/config/config.h"
#include "exporter/core/clock.h"
#include "exporter/core/probe.h"
#include "exporter/core/result.h"
#include "exporter/core/transport.h"
#include "exporter/engine/account_metrics.h"
#include "exporter/engine/event_log.h"
#include "exporter/engine/look_log.h"
#include "exporter/engine/purse.h"
#include "exporter/ledger/ledger.h"
#include "exporter/metrics/book.h"
#include "exporter/metrics/snapshot.h"
#include "exporter/schedule/scheduler.h"
#include "exporter/state/store.h"

namespace together {

/// Threads: one (the loop), but for what `on_worker` runs.
class Engine {
 public:
  struct Deps {
    const Clock& clock;
    Store& store;
    SnapshotSlot& slot;
    Post on_worker;
    Post on_loop;
    std::function<Result<std::shared_ptr<Transport>>(const UpstreamConfig&)> make_transport;
    std::span<const ProbeType> probe_types;
    BuildInfo build;
    /// Called after something was seen or asked for: the next tick may be sooner than was said.
    std::function<void()> wake;
    std::string telemetry_path = "/metrics";  ///< for the status page's link
    int shard_index = 0;
    int shard_total = 1;
  };

  Engine(Deps deps, Config config);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// Restores what the store holds and plans the first looks. Called once, before all else.
  Result<void> start();

  /// All or nothing: on error everything stays as it was, and the metrics say so.
  Result<void> reload(Config config);
  /// A reload that did not get as far as a valid configuration.
  void reload_failed();

  /// Starts what is due, lets evidence age, publishes a snapshot where something changed.
  void tick();
  /// When tick wants to be called next.
  MonoTime next_tick() const;

  /// Ends every look under way; what they showed arrives through `on_worker` and `on_loop`.
  void stop();

  const Ledger& ledger() const { return ledger_; }
  const Plan& plan() const { return scheduler_.plan(); }

 private:
  Result<void> take_up(const Config& config);
  void take_in(Applied applied);
  void restore_patience(const std::vector<Belief>& beliefs, WallTime now);
  bool catalogue_seen() const;
  std::vector<JobSpec> paced_jobs() const;
  void plan_jobs();
  bool has_authority(const std::string& model) const;
  Target target_of(const JobKey& key) const;
  std::optional<SkipReason> refuse(const JobKey& key, const Target& target);
  std::optional<MonoTime> seen(Seen seen);
  void settle(const Seen& seen, Changes& changes);
  std::optional<MonoTime> hold_back(const Seen& seen, Changes& changes);
  void note_ratelimit(const Seen& seen);
  void save(Changes changes);
  void save_for_good(const Drawn& drawn);
  void note_writable();
  void publish();

  Deps deps_;
  Config config_;
  MetricBook book_;
  LookLog looks_;
  Ledger ledger_;
  Purse purse_;
  Scheduler scheduler_;
  std::shared_ptr<const ProbeSet> probes_;
  std::vector<std::string> authorities_;
  std::vector<JobSpec> jobs_;  ///< as last planned
  std::shared_ptr<Transport> transport_;
  EventLog events_;
  EngineStatus status_;
  WallTime started_{};
  bool dirty_ = true;
  bool rendering_ = false;
  MonoTime published_{};
  MonoTime planned_{};
};

/// Every family this program can export, for docs/metrics.md and the tests that hold it to that.
std::vector<const MetricDef*> all_metrics(std::span<const ProbeType> probe_types);

}  // namespace together
