// Reads what a running or a stopped exporter believes, without touching it.
#pragma once

#include <string>
#include <vector>

#include "exporter/core/changes.h"
#include "exporter/core/result.h"

namespace together {

/// Errors: there is no such file, it cannot be read, or it is no state database of this version.
Result<std::vector<Belief>> read_beliefs(const std::string& path);

}  // namespace together
