// Which addresses the configuration accepts.
#pragma once

#include <string>
#include <string_view>

namespace together {

// Each gives what is wrong with the text as an address for that use, as one sentence, or "".
// The sentence quotes no part that may hold a password or a token.

/// https, or http to this machine itself: the API key travels there. No query.
std::string fault_of_base_url(std::string_view text);
/// http or https, host and port only.
std::string fault_of_proxy_url(std::string_view text);
/// http or https; no query.
std::string fault_of_prometheus_url(std::string_view text);
/// http or https; a query is fine.
std::string fault_of_source_url(std::string_view text);

}  // namespace together
