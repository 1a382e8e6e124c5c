// The JSON mode probe: one answer that must fit a schema.
#pragma once

#include "exporter/core/probe.h"

namespace together {

ProbeType json_mode_probe();

}  // namespace together
