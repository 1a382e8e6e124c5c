// The operator's own list of retirements.
#pragma once

#include <string>
#include <string_view>

#include "probes/retirements/rows.h"

namespace together {

/// A list of {model, date, replacement, surface}; the last two may be left out. Strict: errors name
/// the first thing that is wrong, as `NAME:LINE: KEY: what`. An empty file is an error, `[]` is
/// not: a file that is being rewritten is empty for a moment.
ParsedRows read_yaml_list(std::string_view text, const std::string& name);

}  // namespace together
