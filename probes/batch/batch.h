// The batch probe: the account's batches by status.
#pragma once

#include "exporter/core/probe.h"

namespace together {

ProbeType batch_probe();

}  // namespace together
