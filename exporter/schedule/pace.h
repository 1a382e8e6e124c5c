// How often to look: seldom at what has long been well, and never oftener than money lasts.
#pragma once

#include <vector>

#include "exporter/core/clock.h"

namespace together {

/// Half of the time that all has been well, once that is half an hour; in doublings of `interval`,
/// so that it changes seldom, and at most `most`. `most` below `interval` stretches nothing.
Duration stretched(Duration interval, Duration most, Duration well_for);

struct PaidLook {
  Duration interval{};
  Duration most{};  ///< beyond four times this it is not stretched, whatever it costs
  double usd = 0;   ///< the most that one look costs
};

/// The intervals at which all of them together cost at most `usd_per_day`. Each may cost the same
/// a day; who needs less leaves the rest to the others, so the costliest yield first. In doublings
/// of the interval. `usd_per_day` of zero or less changes nothing: there is nothing to spread.
std::vector<Duration> affordable(const std::vector<PaidLook>& looks, double usd_per_day);

}  // namespace together
