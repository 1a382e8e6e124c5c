// What a failed exchange with Together means.
#pragma once

#include <string>

#include "exporter/core/exchange.h"
#include "exporter/core/facts.h"
#include "exporter/core/outcome.h"

namespace together {

struct ApiVerdict {
  Outcome outcome = Outcome::kInternal;
  Look look = Look::kNothing;
  std::string detail;  ///< the API's own message: one printable line of at most 300 bytes
};

/// Judges, in this order: the transport's error, the status with `error.code`, the text of
/// `error.message`, the header `x-inference-version`. Total: an answer that is no failure (a 2xx
/// without an error envelope) is a bad response here.
/// `kOk` comes with Look::kServed: the refusal proves that the model exists.
/// Source: answers recorded 2025-03 .. 2026-10; a 404 counts as a removal only where JSON says that
/// it is about the model.
ApiVerdict judge_failure(const Exchange& exchange);

}  // namespace together
