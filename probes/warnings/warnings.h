// The warnings probe: what answers say about what is coming.
#pragma once

#include "exporter/core/probe.h"

namespace together {

ProbeType warnings_probe();

}  // namespace together
