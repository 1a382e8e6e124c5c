// GET /admin/state: what a test may want to know.
#pragma once

#include "simulator/tally.h"
#include "simulator/world.h"

namespace together::simulator {

/// Scenario time, requests by path, model and status, the account, and every model that an event
/// has named.
Json admin_state(const World& world, const Tally& tally);

}  // namespace together::simulator
