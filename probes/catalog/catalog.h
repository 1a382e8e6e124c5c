// The catalogue probe: which models are listed.
#pragma once

#include "exporter/core/probe.h"

namespace together {

ProbeType catalog_probe();

}  // namespace together
