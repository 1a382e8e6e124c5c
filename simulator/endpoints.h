// GET /v1/endpoints and GET /v1/hardware.
#pragma once

#include "simulator/script.h"
#include "simulator/stamp.h"
#include "simulator/world.h"

namespace together::simulator {

Script answer_endpoints(const World& world, const Stamp& stamp);
Script answer_hardware(const World& world, const Stamp& stamp);

}  // namespace together::simulator
