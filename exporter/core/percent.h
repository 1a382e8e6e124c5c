// Text as it can stand in the query of a URL.
#pragma once

#include <string>
#include <string_view>

namespace together {

/// Everything but RFC 3986's unreserved characters as %XX. Source: RFC 3986, section 2.
std::string percent_encoded(std::string_view text);

}  // namespace together
