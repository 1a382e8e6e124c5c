// The status page: HTML made on the server, without a script.
#pragma once

#include <string>
#include <string_view>

#include "exporter/web/status_view.h"

namespace together {

inline constexpr std::string_view kHtmlContentType = "text/html; charset=utf-8";

/// Allows the page's own style sheet, by its hash, and nothing else.
inline constexpr std::string_view kStatusPagePolicy =
    "default-src 'none'; style-src 'sha256-xTdghK12AqfCQbkJE9dVMW9csKzJXtqOl9jSnwPKTK0='; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Pure. Any bytes in the view give a well-formed page.
std::string render_status_page(const StatusView& view);

}  // namespace together
