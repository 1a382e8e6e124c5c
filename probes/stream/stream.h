// The stream probe: a streamed chat answer, judged rule by rule and timed token by token.
#pragma once

#include "exporter/core/probe.h"

namespace together {

ProbeType stream_probe();

}  // namespace together
