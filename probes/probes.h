// Every probe there is.
#pragma once

#include <span>

#include "exporter/core/probe.h"

namespace together {

/// In the order they are shown to people. Lives as long as the program.
std::span<const ProbeType> probe_types();

}  // namespace together
