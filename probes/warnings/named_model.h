// Models that a message names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace together {

/// Ids of the form `organisation/name` in the text, but for `asked`, each once. A name has a digit
/// or a hyphen: "and/or" is no model. Addresses are left out: they lead to the asked model's page.
/// Errors: none; any bytes.
std::vector<std::string> models_named_in(std::string_view text, std::string_view asked);

}  // namespace together
