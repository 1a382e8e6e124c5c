// The rerank probe: two documents put in order, the authority on rerank models.
#pragma once

#include "exporter/core/probe.h"

namespace together {

ProbeType rerank_probe();

}  // namespace together
