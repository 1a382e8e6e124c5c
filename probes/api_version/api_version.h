// The API version probe: the watched headers of every answer.
#pragma once

#include "exporter/core/probe.h"

namespace together {

ProbeType api_version_probe();

}  // namespace together
