// The endpoints probe: the account's dedicated endpoints, and what the hardware below them costs.
#pragma once

#include "exporter/core/probe.h"

namespace together {

/// Parts: `list` and `hardware`. What runs costs, in USD per hour and replica:
/// `together_endpoint_info{state="started"} * on (instance, hardware) group_left ()
/// together_hardware_price_usd_per_hour`.
ProbeType endpoints_probe();

}  // namespace together
