// The JSON bodies of /api/v1.
#pragma once

#include <string>
#include <string_view>

#include "exporter/web/status_view.h"

namespace together {

inline constexpr std::string_view kJsonContentType = "application/json; charset=utf-8";

/// {"status":"success","data":[...]}, as Prometheus' own API, of every tracked model. Times are RFC
/// 3339 in UTC; what is not known is null. Valid JSON whatever bytes the view holds.
std::string render_models_json(const StatusView& view);  ///< sorted as on the status page

}  // namespace together
