// The routing probe: a request that every model refuses, so that it costs nothing.
#pragma once

#include "exporter/core/probe.h"

namespace together {

ProbeType routing_probe();

}  // namespace together
