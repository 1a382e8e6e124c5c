// Together's error envelope, read defensively.
#include "probes/api_error/envelope.h"

namespace together {

bool carries_error(const Json* error) {
  if (error == nullptr || error->is_null() || *error == false) return false;
  return !error->is_string() || !error->get_ref<const std::string&>().empty();
}

std::optional<ApiError> read_api_error(const Json& body) {
  const Json* error = member(&body, "error");
  if (!carries_error(error)) return std::nullopt;
  ApiError read;
  if (error->is_string()) {
    read.message = text_of(error);
    return read;
  }
  read.code = text_of(member(error, "code"));
  const Json* message = member(error, "message");
  if (message != nullptr && message->is_object()) {
    if (read.code.empty()) read.code = text_of(member(message, "code"));
    message = member(message, "message");
  }
  read.message = text_of(message);
  return read;
}

}  // namespace together
