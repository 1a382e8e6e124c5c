// The image probe: a picture that is refused, or where it is paid for, a small one.
#pragma once

#include "exporter/core/probe.h"

namespace together {

ProbeType image_probe();

}  // namespace together
