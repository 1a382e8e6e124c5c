// The script of a life: what happens to the simulated service when, and what is then true.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exporter/core/clock.h"
#include "exporter/core/day.h"
#include "simulator/event.h"
#include "tests/e2e/history_replay/past.h"

namespace together::history {

/// A time in which a model was really gone.
struct Gone {
  WallTime from{};
  std::optional<WallTime> until;  ///< empty: for good
};

/// One row that the page publishes before its day.
struct Publication {
  std::string model;
  Day date{};            ///< of the removal, as the page says
  WallTime published{};  ///< when the page first says so
};

struct PublishedRedirect {
  std::string from;  ///< an id
  std::string to;
  std::string from_written;  ///< as the page writes it
  std::string to_written;
  WallTime published{};
  WallTime happens{};
};

/// A time in which the page itself is broken.
struct BrokenPage {
  enum class How { kCut, kEmpty, kError } how = How::kError;
  WallTime from{};
  WallTime until{};
};

struct LifeScript {
  WallTime start{};
  WallTime end{};
  simulator::Scenario scenario;
  std::vector<std::string> tracked;
  std::map<std::string, std::vector<Gone>> gone;
  std::vector<Publication> publications;
  std::vector<PublishedRedirect> redirects;
  std::vector<BrokenPage> broken_pages;
  std::vector<Capture> captures;  ///< lists that take the simulator's place from their day on
  int outages = 0;
  int list_faults = 0;
  int rejected_keys = 0;
  int flapping_spells = 0;
  int throttled_spells = 0;
  int returns = 0;

  bool is_gone(const std::string& model, WallTime at) const;
};

/// The service's own past from 2024-08 to 2026-09, every removal row of it, with faults between.
LifeScript past_life(const Past& past);

/// Models that nothing happens to but faults and flaps, for so many years.
LifeScript normal_life(int models, int years);

}  // namespace together::history
