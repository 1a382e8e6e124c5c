// GET /v1/batches.
#pragma once

#include "simulator/script.h"
#include "simulator/stamp.h"
#include "simulator/world.h"

namespace together::simulator {

/// A bare array.
Script answer_batches(const World& world, const Stamp& stamp);

/// How the batch API says what is wrong: {"error": "text"}.
Script batches_error(const Stamp& stamp, int status, const std::string& message);

}  // namespace together::simulator
