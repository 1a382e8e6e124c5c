// What a failed exchange with Together means.
#include "probes/api_error/verdict.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "exporter/core/text.h"
#include "probes/api_error/envelope.h"

namespace together {
namespace {

constexpr std::size_t kMaxDetail = 300;

struct Meaning {
  Outcome outcome;
  Look look;
};

/// A refusal that means the same whatever 4xx status it comes with. Texts are in lower case.
struct Sign {
  std::string_view code;
  std::string_view text;
  Meaning meaning;
};

constexpr Meaning kStopped{Outcome::kEndpointStopped, Look::kStopped};
constexpr Meaning kCallable{Outcome::kOk, Look::kServed};
constexpr Meaning kBlocked{Outcome::kBlocked, Look::kBlocked};
constexpr std::array kSigns{
    Sign{"dedicated_endpoint_not_running", "", kStopped},
    Sign{"endpoint_not_ready", "deployments are stopped", kStopped},
    Sign{"streaming_required", "only supports streaming", kCallable},
    Sign{"", "websocket streaming", kCallable},
    Sign{"third_party_data_sharing_blocked", "third-party data sharing", kBlocked},
};

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

Meaning judge_transport(TransportError error) {
  switch (error) {
    case TransportError::kDns: return {Outcome::kDnsFailed, Look::kFailing};
    case TransportError::kConnect: return {Outcome::kConnectFailed, Look::kFailing};
    case TransportError::kTls: return {Outcome::kTlsFailed, Look::kFailing};
    case TransportError::kTimeout: return {Outcome::kTimeout, Look::kFailing};
    case TransportError::kCutShort: return {Outcome::kTruncated, Look::kFailing};
    case TransportError::kCancelled: return {Outcome::kInternal, Look::kNothing};
    case TransportError::kNone:
    case TransportError::kTooLarge:
    case TransportError::kProtocol: break;
  }
  return {Outcome::kBadResponse, Look::kFailing};
}

/// True for `"a/b" does not exist` and `a/b not found`. Only what holds a slash inside is taken for
/// a model's id: "router not found" and "/v1/models not found" speak of something else.
bool opens_with_missing_id(std::string_view text) {
  constexpr std::string_view kAroundId = " \"'`";
  const auto skip = [&](std::size_t n) { text.remove_prefix(std::min(n, text.size())); };
  skip(text.find_first_not_of(kAroundId));
  const std::string_view id = text.substr(0, text.find_first_of(kAroundId));
  skip(id.size());
  skip(text.find_first_not_of(kAroundId));
  const std::size_t slash = id.find('/');
  if (slash == std::string_view::npos || slash == 0 || id.back() == '/') return false;
  constexpr std::array<std::string_view, 4> kMissing{"does not exist", "not found", "is not found",
                                                     "was not found"};
  return std::any_of(kMissing.begin(), kMissing.end(),
                     [&](std::string_view words) { return text.starts_with(words); });
}

/// Of a 404 without a code that settles it. `text` is in lower case.
Meaning judge_absence(std::string_view text) {
  constexpr Meaning kNoSuchModel{Outcome::kNotFound, Look::kNotFound};
  constexpr std::string_view kModel = "model ";
  if (contains(text, "unable to access non-serverless model")) {
    return {Outcome::kNonServerless, Look::kNonServerless};
  }
  if (contains(text, "unable to access model")) return kNoSuchModel;
  for (std::size_t at = text.find(kModel); at != std::string_view::npos;
       at = text.find(kModel, at + 1)) {
    if (opens_with_missing_id(text.substr(at + kModel.size()))) return kNoSuchModel;
  }
  return {Outcome::kBadResponse, Look::kFailing};
}

/// Requires: a 4xx that is none of 401, 402, 408, 429.
Meaning judge_refusal(int status, const ApiError& error, bool behind_gateway) {
  const std::string text = lower_ascii(error.message);
  for (const Sign& sign : kSigns) {
    if (!sign.code.empty() && error.code == sign.code) return sign.meaning;
  }
  const bool may_speak_of_model = status != 403;
  if (may_speak_of_model && error.code == "model_not_available") {
    return status == 400 ? Meaning{Outcome::kNonServerless, Look::kNonServerless}
                         : Meaning{Outcome::kNotFound, Look::kNotFound};
  }
  if (status == 404 && error.code == "model_not_found") {
    return {Outcome::kNotFound, Look::kNotFound};
  }
  for (const Sign& sign : kSigns) {
    if (!sign.text.empty() && contains(text, sign.text)) return sign.meaning;
  }
  if (status == 404) return judge_absence(text);
  if (may_speak_of_model && contains(text, "non-serverless")) {
    return {Outcome::kNonServerless, Look::kNonServerless};
  }
  // The gateway sets the header only once a model's engine, or its input check, has answered.
  const bool served = status != 403 && behind_gateway;
  return {Outcome::kCallerError, served ? Look::kServed : Look::kNothing};
}

Meaning judge_status(const Exchange& exchange, const ApiError& error) {
  switch (exchange.status) {
    case 401: return {Outcome::kUnauthorized, Look::kNothing};
    case 402: return {Outcome::kPaymentRequired, Look::kNothing};
    case 408: return {Outcome::kTimeout, Look::kFailing};
    case 429: return {Outcome::kRateLimited, Look::kThrottled};
    default: break;
  }
  if (exchange.status >= 500 && exchange.status < 600) {
    return {Outcome::kUpstreamError, Look::kFailing};
  }
  if (exchange.status >= 400 && exchange.status < 500) {
    return judge_refusal(exchange.status, error,
                         exchange.header("x-inference-version").has_value());
  }
  return {Outcome::kBadResponse, Look::kFailing};
}

std::string describe_transport(const Exchange& exchange) {
  std::string detail(to_string(exchange.error));
  if (!exchange.error_text.empty()) detail += ": " + exchange.error_text;
  return one_line(detail, kMaxDetail);
}

/// `own` is what the API says, or "".
std::string describe_status(const Exchange& exchange, std::string_view own) {
  std::string detail =
      exchange.status == 0 ? "no status line" : "HTTP " + std::to_string(exchange.status);
  if (!own.empty()) {
    detail.append(": ").append(own.substr(0, kMaxDetail));
  } else if (looks_like_html(exchange.body)) {
    detail += ": an HTML page";
  } else if (exchange.body.empty()) {
    detail += ": an empty body";
  }
  return one_line(detail, kMaxDetail);
}

}  // namespace

ApiVerdict judge_failure(const Exchange& exchange) {
  if (exchange.error != TransportError::kNone) {
    const auto [outcome, look] = judge_transport(exchange.error);
    return {outcome, look, describe_transport(exchange)};
  }
  const auto body = parse_json(exchange.body);
  const auto envelope = body ? read_api_error(*body) : std::nullopt;
  const ApiError error = envelope.value_or(ApiError{});
  std::string own = !error.message.empty() ? error.message : error.code;
  if (own.empty() && body) own = text_of(member(&*body, "message"));
  if (own.empty() && !body && !looks_like_html(exchange.body)) own = exchange.body;
  if (exchange.status == 200 && envelope) {
    return {Outcome::kInBandError, Look::kFailing, describe_status(exchange, own)};
  }
  const auto [outcome, look] = judge_status(exchange, error);
  return {outcome, look, describe_status(exchange, own)};
}

}  // namespace together
