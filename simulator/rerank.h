// POST /v1/rerank.
#pragma once

#include "simulator/model_gate.h"

namespace together::simulator {

/// Pure. The account's gates come before this.
Script answer_rerank(const World& world, const ModelRequest& request, const Stamp& stamp);

}  // namespace together::simulator
