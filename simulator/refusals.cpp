// Every answer that is an error.
#include "simulator/refusals.h"

#include "exporter/core/text.h"
#include "simulator/gateway.h"

namespace together::simulator {
namespace {

constexpr const char* kJson = "application/json; charset=utf-8";

std::string envelope(const Stamp& stamp, const std::string& message, const Json& type,
                     const Json& code, const Json& param = nullptr) {
  const Json body{
      {"id", request_id(stamp)},
      {"error", {{"message", message}, {"type", type}, {"param", param}, {"code", code}}}};
  return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Refused by the gateway itself: x-api-received and nothing from behind it.
Script at_gateway(const Stamp& stamp, int status, const std::string& message, const Json& type,
                  const Json& code, const Json& param = nullptr) {
  Headers headers = edge_headers(stamp, kJson);
  headers.emplace_back("x-api-received", iso_milliseconds(stamp.received));
  return whole(status, std::move(headers), envelope(stamp, message, type, code, param));
}

Script behind_gateway(const Stamp& stamp, const Account& account, int status,
                      const std::string& message, const Json& type, const Json& code) {
  Headers headers = edge_headers(stamp, kJson);
  add_gateway_headers(headers, stamp, account);
  return whole(status, std::move(headers), envelope(stamp, message, type, code));
}

}  // namespace

Script whole(int status, Headers headers, std::string body) {
  Script script;
  script.status = status;
  script.headers = std::move(headers);
  script.parts.push_back({Duration{}, std::move(body)});
  return script;
}

Script good_json(const Stamp& stamp, const Json& body) {
  return whole(200, edge_headers(stamp, kJson),
               body.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Script unauthorized_list(const Stamp& stamp) {
  return whole(401, edge_headers(stamp, kJson), R"({"error":{"message":"Unauthorized"}})");
}

Script invalid_api_key(const Stamp& stamp) {
  return at_gateway(stamp, 401,
                    "Invalid API key provided. You can find your API key at "
                    "https://api.together.ai/settings/api-keys.",
                    "invalid_request_error", "invalid_api_key");
}

Script credit_limit(const Stamp& stamp) {
  return at_gateway(stamp, 402,
                    "Credit limit exceeded. Please navigate to "
                    "https://api.together.ai/settings/billing to add credit or upgrade your plan.",
                    "credit_limit", nullptr);
}

Script rate_limited(const Stamp& stamp, const Throttle& throttle, const std::string& model) {
  Script script =
      model.empty()
          ? at_gateway(stamp, 429,
                       "Request was rejected due to request rate limiting. Your rate limits are 60 "
                       "RPM (1 QPS) and 60000 TPM (1000 TPS). See details: "
                       "https://docs.together.ai/docs/rate-limits",
                       "rate_limit", nullptr)
          : at_gateway(stamp, 429,
                       "You have reached the rate limit specific to this model " + model +
                           ". The maximum rate limit for this model is 10.0 queries and 60000 "
                           "tokens per minute.",
                       "model_rate_limit", nullptr);
  const Duration wait = throttle.retry_after.value_or(std::chrono::seconds(2));
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait);
  script.headers.emplace_back("x-amzn-trace-id", trace_id(stamp));
  script.headers.emplace_back("retry-after", throttle.retry_after_date
                                                 ? http_date(stamp.received + seconds)
                                                 : std::to_string(seconds.count()));
  script.headers.emplace_back("x-ratelimit", "true");
  script.headers.emplace_back("x-ratelimit-limit", "1");
  script.headers.emplace_back("x-ratelimit-remaining", "0");
  script.headers.emplace_back("x-ratelimit-reset", std::to_string(seconds.count()));
  script.headers.emplace_back("x-ratelimit-limit-tokens", "1000");
  script.headers.emplace_back("x-ratelimit-remaining-tokens", "1000");
  return script;
}

Script refused(const Stamp& stamp, Standing standing, const std::string& model) {
  const std::string page = "https://api.together.ai/models";
  switch (standing) {
    case Standing::kNonServerless:
      return at_gateway(stamp, 400,
                        "Unable to access non-serverless model " + model + ". Please visit " +
                            page + "/" + model +
                            " to create and start a new dedicated endpoint for the model.",
                        "invalid_request_error", "model_not_available");
    case Standing::kStopped:
      return at_gateway(stamp, 400,
                        "The dedicated endpoint for " + model +
                            " is not running. Please start it to send requests.",
                        "invalid_request_error", "dedicated_endpoint_not_running");
    case Standing::kBlocked:
      return at_gateway(stamp, 403,
                        "This model requires third-party data sharing to be enabled for your "
                        "organization.",
                        "invalid_request_error", "third_party_data_sharing_blocked");
    case Standing::kStreamingOnly:
      return at_gateway(stamp, 400, "This model only supports streaming.", "invalid_request_error",
                        "streaming_required");
    case Standing::kNotFound:
    case Standing::kServed: break;
  }
  return at_gateway(stamp, 404,
                    "Unable to access model " + model + ". Please visit " + page +
                        " to view the list of supported models.",
                    "invalid_request_error", "model_not_available");
}

Script refused_so(const Stamp& stamp, const Refusal& refusal) {
  const auto text_or_null = [](const std::string& text) {
    return text.empty() ? Json() : Json(text);
  };
  return at_gateway(stamp, refusal.status, refusal.message,
                    refusal.status < 500 ? "invalid_request_error" : "server_error",
                    text_or_null(refusal.code), text_or_null(refusal.param));
}

Script unreadable_request(const Stamp& stamp) {
  return at_gateway(stamp, 400, "Input validation error", "invalid_request_error", nullptr);
}

Script bad_input(const Stamp& stamp, const Account& account, const std::string& message) {
  return behind_gateway(stamp, account, 400, message, "invalid_request_error", nullptr);
}

Script engine_failure(const Stamp& stamp, const Account& account, int status) {
  if (status == 500) {
    return behind_gateway(stamp, account, 500, "Internal server error", "server_error", nullptr);
  }
  Script script =
      behind_gateway(stamp, account, 503, "Service unavailable", "service_unavailable", nullptr);
  script.headers.emplace_back("x-api-retries", "5");
  return script;
}

Script outage(const Stamp& stamp, const Account& account, Failure failure, bool inference) {
  Script script;
  switch (failure) {
    case Failure::k500:
    case Failure::k503:
      script = engine_failure(stamp, account, failure == Failure::k500 ? 500 : 503);
      if (!inference) script.headers = edge_headers(stamp, kJson);
      return script;
    case Failure::k521:
      return whole(521,
                   {{"date", http_date(stamp.received)},
                    {"content-type", "text/plain; charset=UTF-8"},
                    {"server", "cloudflare"},
                    {"cf-ray", ray_id(stamp) + "-FRA"},
                    {"referrer-policy", "same-origin"},
                    {"x-frame-options", "SAMEORIGIN"}},
                   "error code: 521");
    case Failure::kHang: script.ending = Ending::kHang; break;
    case Failure::kClose: script.ending = Ending::kCut; break;
  }
  script.status = 0;
  return script;
}

Script no_route(const Stamp& stamp, const std::string& method, const std::string& path) {
  const Json body{
      {"message", "Route " + one_line(method, 20) + ":" + one_line(path, 200) + " not found"}};
  return whole(404, edge_headers(stamp, kJson), body.dump());
}

}  // namespace together::simulator
