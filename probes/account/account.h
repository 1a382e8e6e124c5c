// The account probe: whose key it is, the free check of the key.
#pragma once

#include "exporter/core/probe.h"

namespace together {

ProbeType account_probe();

}  // namespace together
