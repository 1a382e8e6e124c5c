// The status page: HTML made on the server, without a script.
#pragma once

#include <string>
#include <string_view>

#include "exporter/web/status_view.h"

namespace together {

inline constexpr std::string_view kHtmlContentType = "text/html; charset=utf-8";

/// Allows the page's own style sheet, by its hash, and nothing else.
inline constexpr std::string_view kStatusPagePolicy =
    "default-src 'none'; style-src 'sha256-sab0NsX1Ono2YRgGL+Me/JSEId2HBpeiPGpeI5up/QM='; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Pure. Any bytes in the view give a well-formed page.
std::string render_status_page(const StatusView& view);

}  // namespace together
