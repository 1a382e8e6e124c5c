// Prometheus' answers to instant queries.
#pragma once

#include <string>
#include <string_view>

#include "exporter/core/result.h"

namespace together {

/// The one number that a query returned: a scalar, or a vector of exactly one sample; finite, and 0
/// or more. Errors: what else it returned, and what to do about it where something helps.
/// Source: Prometheus 2.42, "HTTP API".
Result<double> read_number_answer(std::string_view body);

/// What Prometheus says against a query, "bad_data: ...", as one printable line; "" where the body
/// is no error of Prometheus.
std::string error_in(std::string_view body);

}  // namespace together
