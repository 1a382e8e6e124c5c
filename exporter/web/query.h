// The query of a URL: names and values, decoded strictly.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exporter/core/result.h"

namespace together {

using QueryParameters = std::vector<std::pair<std::string, std::string>>;

/// Of `a=1&b=x%20y`, in order of arrival. Errors: a % that no two hex digits follow, a name that
/// comes twice.
Result<QueryParameters> parse_query(std::string_view query);

}  // namespace together
