// Which surface of the API a request is for.
#pragma once

#include <optional>

#include "simulator/request.h"
#include "simulator/surface.h"

namespace together::simulator {

/// GET, or HEAD, which is answered like it.
bool is_get(const Request& request);

/// Nothing where the API has no such path or method. Whether chat is streamed is in the body.
std::optional<ApiSurface> surface_of(const Request& request);

}  // namespace together::simulator
