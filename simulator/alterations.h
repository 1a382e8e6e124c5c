// What events say of finished answers: headers, patches and the dress of streams.
#pragma once

#include <string>

#include "simulator/script.h"
#include "simulator/surface.h"
#include "simulator/world.h"

namespace together::simulator {

/// Changes good (2xx) answers only. `model` is the one that was asked; "" where none was.
void alter(const World& world, ApiSurface surface, const std::string& model, Script& script);

}  // namespace together::simulator
