// The shapes that answers of each surface are known to have.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "exporter/core/clock.h"
#include "exporter/core/facts.h"

namespace together {

/// What a new shape differs in from all that were known.
struct ShapeChange {
  std::vector<std::string> came;  ///< "usage.cached_tokens number"
  std::vector<std::string> went;
  std::vector<std::string> retyped;  ///< "created: number, was string"
};

/// The known shapes of one surface of one model. Engines alternate, so each is kept.
/// Threads: one (the loop).
class SurfaceShapes {
 public:
  static constexpr std::size_t kMostShapes = 64;    ///< the oldest is forgotten beyond
  static constexpr std::size_t kMostPaths = 4'000;  ///< with more nothing is learned or told
  static constexpr int kAnswersToLearn = 3;

  /// Within `learning` of the first answer, and for its first three answers, every shape is only
  /// learned. Later a new one is a
  /// change, unless all that is new about it is how known paths are mixed. What stands in an array
  /// that was always empty, or under what was always null, is learned whenever it comes.
  std::optional<ShapeChange> fold(const ShapeFacts& facts, WallTime at, Duration learning);

  /// Whether the newest answer's shape was learned, or has been here for the learning period.
  bool known(WallTime now, Duration learning) const;
  double changes() const { return changes_; }  ///< since this process started

  struct State {
    WallTime first_seen{};
    int answers = 0;
    std::string fingerprint;                 ///< of the newest answer
    std::map<std::string, WallTime> shapes;  ///< by fingerprint: when it became new; {}: learned
    std::set<ShapePath> ever;                ///< in some known shape
    std::set<ShapePath> always;              ///< in every known shape
  };
  const State& state() const { return state_; }
  void restore(State state) { state_ = std::move(state); }

 private:
  State state_;
  double changes_ = 0;
};

/// By surface and model.
using ShapeBook = std::map<std::pair<std::string, std::string>, SurfaceShapes>;

}  // namespace together
