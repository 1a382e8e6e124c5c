// Numbers as the exposition formats write them.
#pragma once

#include <string>

namespace together {

/// Appends the shortest text that reads back equal; `NaN`, `+Inf`, `-Inf`.
void append_number(std::string& out, double value);

/// Appends an upper bound for a label `le`: "1.0", "0.25", "1e+06", "+Inf".
/// Source: OpenMetrics 1.0.0, "Considerations: Canonical Numbers".
void append_bound(std::string& out, double value);

}  // namespace together
