// The retirements probe: reads the configured sources, each a part of its own.
#pragma once

#include "exporter/core/probe.h"

namespace together {

ProbeType retirements_probe();

}  // namespace together
