// JSON Patch (RFC 6902) on finished answers, so that no surface knows of it.
#pragma once

#include <string>

#include "simulator/model.h"
#include "simulator/script.h"
#include "simulator/surface.h"

namespace together::simulator {

struct Patch {
  std::string name;  ///< "": it cannot be taken away
  ApiSurface surface = ApiSurface::kChat;
  std::string model;  ///< "": every model
  Json operations;
};

/// Why this is no list of add, remove, replace and test operations; "" where it is one.
std::string fault_of_operations(const Json& operations);

/// Changes the JSON of a whole answer, or of each event of a stream. An operation whose path is
/// not there is left out, and so is all that follows a `test` that fails. Bytes that no operation
/// changes stay as they are. Requires: `fault_of_operations` finds none.
void apply_patch(const Json& operations, Script& script);

}  // namespace together::simulator
