// What retirement sources say, as believed: a source that breaks keeps its last good answer.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exporter/core/clock.h"
#include "exporter/core/facts.h"
#include "exporter/core/observation.h"
#include "exporter/core/retirement.h"
#include "exporter/ledger/names.h"

namespace together {

struct AnnouncedRow {
  Retirement row;
  WallTime first_seen{};  ///< a row whose date moves keeps it
};

struct SourceBelief {
  RetirementSource source;
  std::optional<bool> up;                 ///< empty before the first verdict of this process
  std::optional<WallTime> first_success;  ///< what was announced then was on the page before
  std::optional<WallTime> last_success;
  std::string trouble;  ///< why it is not up
  std::vector<AnnouncedRow> rows;
  std::vector<Redirect> redirects;
  Validators validators;  ///< of the answer that `rows` came from
  /// An answer that shrank too much to be believed.
  struct Suspicion {
    std::vector<Retirement> rows;
    int answers = 0;
    WallTime since{};
  };
  std::optional<Suspicion> suspicion;
};

/// What one source says of one model and surface. Of several rows the latest day counts: a model
/// can go, come back and go again.
struct Notice {
  std::string source;
  Surface surface = Surface::kInference;
  std::optional<Day> date;
  std::string replacement;  ///< a known id, else as the source writes it; "" where none is named
  WallTime announced{};
};

struct AnnouncedRedirect {
  std::string source;
  std::string to;  ///< as Notice::replacement
  friend bool operator==(const AnnouncedRedirect&, const AnnouncedRedirect&) = default;
};

/// By the id that each row means, or by the name as written where it means no known id.
struct Announcements {
  std::map<std::string, std::vector<Notice>> notices;  ///< at most one a source and surface
  std::map<std::string, std::vector<AnnouncedRedirect>> redirects;
};

/// Threads: one (the loop).
class RetirementBook {
 public:
  struct Folded {
    bool rows_changed = false;
    bool up_changed = false;  ///< became broken, or good again
  };

  /// Sources that are gone, or that now ask elsewhere or read otherwise, are forgotten: returns
  /// their names.
  std::vector<std::string> configure(const std::vector<RetirementSource>& sources);

  /// Takes up what an earlier process believed of a source that is still the same.
  void restore(SourceBelief belief);

  /// A look at the source `seen.target.part`. A page with less than four fifths of the rows that
  /// are believed is not believed, until three equal ones span seven days.
  Folded fold(const Observation& seen);

  const std::map<std::string, SourceBelief>& sources() const { return sources_; }

  /// What the rows mean. Display names count where sources are known to use them: in redirects,
  /// and in tables that are not Together's.
  Announcements announcements(const Names& names) const;

 private:
  Folded broken(SourceBelief& belief, std::string why);
  void accept(SourceBelief& belief, const RetirementFacts& facts, WallTime at);

  std::map<std::string, SourceBelief> sources_;
};

}  // namespace together
