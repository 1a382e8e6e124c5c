// A life: probes, ledger and plan of the exporter against the scripted service, under a clock that
// jumps from one look to the next.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "exporter/config/config.h"
#include "exporter/engine/jobs.h"
#include "exporter/ledger/ledger.h"
#include "exporter/schedule/plan.h"
#include "tests/e2e/history_replay/provider.h"
#include "tests/fakes/manual_clock.h"

namespace together::history {

/// A model entered a state.
struct Entry {
  std::string model;
  ModelState state = ModelState::kUnknown;
  WallTime at{};
  int looks_since_gone = 0;  ///< answered looks since it was really gone
};

struct Record {
  std::vector<Entry> entries;
  /// When the metrics first said what a publication or redirect says, by its index in the script.
  std::map<std::size_t, WallTime> announced;
  std::map<std::size_t, WallTime> redirect_announced;
  std::map<std::size_t, WallTime> redirect_observed;
  std::set<std::string> asked_while_gone;
  long looks = 0;
  long page_looks = 0;
  int gates_closed = 0;
};

class Life {
 public:
  /// Requires: script and provider outlive it.
  Life(const LifeScript& script, Provider& provider, Duration look_interval);

  /// To the script's end.
  const Record& live();

 private:
  void look(const JobKey& key);
  void note(const std::string& model);
  void note_all();
  void note_page();
  void count_look(const Observation& seen);
  void plan();

  const LifeScript& script_;
  Provider& provider_;
  Config config_;
  std::shared_ptr<const ProbeSet> probes_;
  Ledger ledger_;
  Plan plan_;
  WallTime now_;
  MonoTime mono_{std::chrono::hours(1)};
  std::map<std::string, ModelState> states_;
  std::map<std::string, int> looks_since_gone_;
  bool was_gated_ = false;
  Record record_;
};

}  // namespace together::history
