// The workload probe: asks Prometheus what workloads use a day.
#pragma once

#include "exporter/core/probe.h"

namespace together {

ProbeType workload_probe();

}  // namespace together
