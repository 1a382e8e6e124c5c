// Which form of an answer the client wants.
#pragma once

#include <string_view>

namespace together {

/// Whether `Accept` prefers OpenMetrics (version 1.0.0, 0.0.1 or none) to plain text. It must be
/// named: a wildcard asks for text, as with Prometheus' own client libraries.
/// Source: RFC 9110, section 12.5.1.
bool prefers_openmetrics(std::string_view accept);

/// Whether `Accept-Encoding` allows gzip. Source: RFC 9110, section 12.5.3.
bool accepts_gzip(std::string_view accept_encoding);

}  // namespace together
