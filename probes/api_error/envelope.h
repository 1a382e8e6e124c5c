// Together's error envelope, read defensively.
#pragma once

#include <optional>
#include <string>

#include "probes/json/read.h"

namespace together {

struct ApiError {
  std::string code;     ///< "" where null, absent or no text
  std::string message;  ///< "" where there is none
};

/// The `error` member of a body: `{"message","type","param","code"}`, where `message` may itself be
/// such an object, or a plain string. Empty where `error` is absent, null, false or "".
/// Source: recorded error bodies 2025-03 .. 2026-10.
std::optional<ApiError> read_api_error(const Json& body);

}  // namespace together
