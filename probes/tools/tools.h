// The tools probe: one forced tool call, judged rule by rule.
#pragma once

#include "exporter/core/probe.h"

namespace together {

ProbeType tools_probe();

}  // namespace together
