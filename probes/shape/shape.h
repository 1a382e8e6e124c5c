// The shape probe: which keys and types every good answer has.
#pragma once

#include "exporter/core/probe.h"

namespace together {

ProbeType shape_probe();

}  // namespace together
