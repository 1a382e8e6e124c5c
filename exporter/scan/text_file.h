// Reads the files of a source tree.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "exporter/core/result.h"

namespace together {

inline constexpr std::size_t kMaxScannedBytes = 64 << 20;
inline constexpr std::size_t kMaxShownPathBytes = 4096;  ///< of a path in a message

/// Errors: not to be opened or read, no regular file, or larger than kMaxScannedBytes.
Result<std::string> read_bytes(const std::string& path);

/// The text as UTF-8 without its byte order mark, UTF-16 with such a mark converted; empty: it is
/// binary, which as in git means a NUL among its first 8,000 bytes. Bytes that are not UTF-8 stay
/// as they are. Errors: as read_bytes; a binary file may be of any size.
Result<std::optional<std::string>> read_text(const std::string& path);

}  // namespace together
