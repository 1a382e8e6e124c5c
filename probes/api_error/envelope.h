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

/// Whether the value of an `error` member, in a body, a choice or a chunk, tells of an error: not
/// where it is absent (null pointer), null, false or "".
bool carries_error(const Json* error);

/// The `error` member of a body: `{"message","type","param","code"}`, where `message` may itself be
/// such an object, or a plain string. Empty where it carries no error.
/// Source: recorded error bodies 2025-03 .. 2026-10.
std::optional<ApiError> read_api_error(const Json& body);

}  // namespace together
