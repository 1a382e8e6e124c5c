// How a look ended.
#pragma once

#include <array>
#include <string_view>

namespace together {

/// Closed: the text is a label value (`together_probe_runs_total{outcome}`), so it stays small.
enum class Outcome {
  kOk,
  kNotFound,         ///< 404 model_not_available
  kNonServerless,    ///< 400 model_not_available: known, but not callable without an endpoint
  kEndpointStopped,  ///< dedicated endpoint exists and is stopped
  kBlocked,          ///< the organisation's policy forbids it
  kUnauthorized,
  kPaymentRequired,
  kRateLimited,
  kCallerError,    ///< the request itself was refused; says nothing against the model
  kUpstreamError,  ///< 5xx
  kInBandError,    ///< status 200, and an error inside the body
  kBadResponse,    ///< an answer that does not follow the contract
  kTruncated,      ///< an answer that stops in the middle
  kTimeout,
  kConnectFailed,
  kTlsFailed,
  kDnsFailed,
  kInternal,  ///< a bug of ours, fenced
};

inline constexpr std::array kOutcomes{Outcome::kOk,
                                      Outcome::kNotFound,
                                      Outcome::kNonServerless,
                                      Outcome::kEndpointStopped,
                                      Outcome::kBlocked,
                                      Outcome::kUnauthorized,
                                      Outcome::kPaymentRequired,
                                      Outcome::kRateLimited,
                                      Outcome::kCallerError,
                                      Outcome::kUpstreamError,
                                      Outcome::kInBandError,
                                      Outcome::kBadResponse,
                                      Outcome::kTruncated,
                                      Outcome::kTimeout,
                                      Outcome::kConnectFailed,
                                      Outcome::kTlsFailed,
                                      Outcome::kDnsFailed,
                                      Outcome::kInternal};

constexpr std::string_view to_string(Outcome o) {
  switch (o) {
    case Outcome::kOk: return "ok";
    case Outcome::kNotFound: return "not_found";
    case Outcome::kNonServerless: return "non_serverless";
    case Outcome::kEndpointStopped: return "endpoint_stopped";
    case Outcome::kBlocked: return "blocked";
    case Outcome::kUnauthorized: return "unauthorized";
    case Outcome::kPaymentRequired: return "payment_required";
    case Outcome::kRateLimited: return "rate_limited";
    case Outcome::kCallerError: return "caller_error";
    case Outcome::kUpstreamError: return "upstream_error";
    case Outcome::kInBandError: return "in_band_error";
    case Outcome::kBadResponse: return "bad_response";
    case Outcome::kTruncated: return "truncated";
    case Outcome::kTimeout: return "timeout";
    case Outcome::kConnectFailed: return "connect_failed";
    case Outcome::kTlsFailed: return "tls_failed";
    case Outcome::kDnsFailed: return "dns_failed";
    case Outcome::kInternal: return "internal";
  }
  return "internal";
}

}  // namespace together
