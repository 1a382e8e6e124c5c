// The pricing probe: what the models of the full list cost.
#pragma once

#include "exporter/core/probe.h"

namespace together {

ProbeType pricing_probe();

}  // namespace together
