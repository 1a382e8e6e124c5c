// The last looks at a model as a strip of bars.
#pragma once

#include <string>
#include <vector>

#include "exporter/core/outcome.h"

namespace together {

/// An inline SVG: low bars for ok, middle ones for what says nothing against the model, high ones
/// for the rest. Its name tells the same in words. "" where there was no look.
std::string look_strip(const std::vector<Outcome>& outcomes);

}  // namespace together
