// The fine_tuning probe: what can be tuned, the jobs, the limits, and the form a job is asked in.
#pragma once

#include "exporter/core/probe.h"

namespace together {

/// Parts: `supported` and `jobs`; `limits` where `models` are configured; `create_flat` and
/// `create_nested` where `create` is set as well.
ProbeType fine_tuning_probe();

}  // namespace together
