// Numbers as people write them in a configuration.
#pragma once

#include <string_view>

#include "exporter/core/result.h"

namespace together {

/// 0, 64, 0.5, 200e6, 1.5e-3: decimal, 0 or more, finite.
/// Errors: one sentence that quotes the text; a leading zero is one of them, for YAML 1.1 readers
/// take 010 for 8.
Result<double> parse_number(std::string_view text);

}  // namespace together
