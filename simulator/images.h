// POST /v1/images/generations.
#pragma once

#include "simulator/model_gate.h"

namespace together::simulator {

/// Pure. The account's gates come before this. The model is found before the input is looked at.
/// Source: together-api.md section 5, recorded 2025-12 and 2026-05: no x-inference-version.
Script answer_images(const World& world, const ModelRequest& request, const Stamp& stamp);

}  // namespace together::simulator
