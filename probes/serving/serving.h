// The serving probe: the cheapest chat request there is, the authority on availability.
#pragma once

#include "exporter/core/probe.h"

namespace together {

ProbeType serving_probe();

}  // namespace together
