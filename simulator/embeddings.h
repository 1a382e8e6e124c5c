// POST /v1/embeddings.
#pragma once

#include <cstdint>

#include "simulator/model_gate.h"

namespace together::simulator {

/// Pure. The account's gates come before this. The vectors follow from the seed and the input.
Script answer_embeddings(const World& world, const ModelRequest& request, std::uint64_t seed,
                         const Stamp& stamp);

}  // namespace together::simulator
