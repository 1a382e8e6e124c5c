// Reads the small text files that people write.
#pragma once

#include <cstddef>
#include <string>

#include "exporter/core/result.h"

namespace together {

inline constexpr std::size_t kMaxConfigBytes = 1 << 20;

/// The whole file. Errors: unreadable, or larger than kMaxConfigBytes.
Result<std::string> read_small_file(const std::string& path);

}  // namespace together
