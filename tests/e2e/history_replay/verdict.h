// What a life showed, held against what was true.
#pragma once

#include <string>
#include <vector>

#include "tests/e2e/history_replay/life.h"
#include "tests/e2e/history_replay/script.h"

namespace together::history {

struct Verdict {
  int removals = 0;  ///< times a tracked model was really gone, and there was time to see it
  std::vector<std::string> unasked;  ///< gone, and of a modality that no probe looks at
  int seen_removed = 0;              ///< of these, called removed while it was gone
  int called_removed = 0;
  int rightly_removed = 0;
  int false_down = 0;  ///< `down` or `blocked`, which nothing ever was
  std::vector<int> looks_needed;
  std::vector<double> hours_needed;  ///< from going to `removed`
  int published = 0;
  int announced = 0;
  std::vector<double> announcement_lag_hours;  ///< from the page to the metrics
  std::vector<double> lead_days;               ///< from the metrics to the day, by notice
  int redirects = 0;
  int redirects_announced = 0;
  int redirects_observed = 0;
  double model_years = 0;
  std::vector<std::string> complaints;  ///< each false or missed word, named

  double recall() const { return removals == 0 ? 1 : double(seen_removed) / removals; }
  double precision() const {
    return called_removed == 0 ? 1 : double(rightly_removed) / called_removed;
  }
  bool perfect() const { return complaints.empty(); }
};

Verdict judge(const LifeScript& script, const Record& record);

/// The table of docs/history.md.
std::string report(const LifeScript& past, const Record& past_record, const Verdict& past_verdict,
                   const LifeScript& normal, const Record& normal_record,
                   const Verdict& normal_verdict, const std::string& command,
                   Duration look_interval);

}  // namespace together::history
