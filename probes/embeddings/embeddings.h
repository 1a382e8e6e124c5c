// The embeddings probe: one vector, the authority on embedding models.
#pragma once

#include "exporter/core/probe.h"

namespace together {

ProbeType embeddings_probe();

}  // namespace together
