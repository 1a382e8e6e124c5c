#include "probes/api_error/verdict.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "probes/api_error/envelope.h"
#include "tests/unit/probes/exchanges.h"

namespace together {
namespace {

const std::vector<Header> kBehindGateway{{"x-inference-version", "v2"}};

std::string envelope(const std::string& code, const std::string& message) {
  return Json{{"id", "o1"}, {"error", {{"message", message}, {"code", code}}}}.dump();
}

struct Row {
  const char* what;
  Exchange exchange;
  Outcome outcome;
  Look look;
};

TEST(JudgeFailure, GivesEveryRefusalItsMeaning) {
  const std::vector<Row> rows{
      {"unknown id",
       answer(404, envelope("model_not_available",
                            "Unable to access model a/b. Please visit the list of models.")),
       Outcome::kNotFound, Look::kNotFound},
      {"unknown id, wording of 2024", answer(404, envelope("model_not_found", "")),
       Outcome::kNotFound, Look::kNotFound},
      {"unknown id, no code",
       answer(404, R"({"error":{"message":"Unable to access model a/b.","code":null}})"),
       Outcome::kNotFound, Look::kNotFound},
      {"unknown id, plain text, any case", answer(404, R"({"error":"UNABLE to access MODEL a/b"})"),
       Outcome::kNotFound, Look::kNotFound},
      {"unknown id, quoted, by text",
       answer(404, envelope("", "The model \"a/b\" does not exist or you have no access to it.")),
       Outcome::kNotFound, Look::kNotFound},
      {"unknown id, in backticks, by text",
       answer(404, envelope("", "The model `a/b-1.5` does not exist")), Outcome::kNotFound,
       Look::kNotFound},
      {"unknown id, bare, by text", answer(404, envelope("", "Model a/b not found")),
       Outcome::kNotFound, Look::kNotFound},
      {"unknown id, behind another model",
       answer(404, envelope("", "Model list: model a/b not found")), Outcome::kNotFound,
       Look::kNotFound},
      {"dedicated only, as 404",
       answer(404, envelope("", "Unable to access non-serverless model a/b.")),
       Outcome::kNonServerless, Look::kNonServerless},
      {"known, dedicated only",
       answer(400, envelope("model_not_available", "Unable to access non-serverless model a/b.")),
       Outcome::kNonServerless, Look::kNonServerless},
      {"known, dedicated only, by text",
       answer(400, R"({"error":{"message":"Unable to access non-serverless model a/b."}})"),
       Outcome::kNonServerless, Look::kNonServerless},
      {"stopped endpoint",
       answer(400, envelope("dedicated_endpoint_not_running", "The endpoint is not running.")),
       Outcome::kEndpointStopped, Look::kStopped},
      {"endpoint not ready", answer(400, envelope("endpoint_not_ready", "")),
       Outcome::kEndpointStopped, Look::kStopped},
      {"endpoint not ready, by text",
       answer(400, R"({"error":{"message":"All Deployments are stopped for a/b"}})"),
       Outcome::kEndpointStopped, Look::kStopped},
      {"streaming only", answer(400, envelope("streaming_required", "")), Outcome::kOk,
       Look::kServed},
      {"streaming only, by text", answer(400, R"({"error":"This model only supports streaming."})"),
       Outcome::kOk, Look::kServed},
      {"web sockets only",
       answer(400, R"({"error":{"message":"a/b only supports WebSocket streaming"}})"),
       Outcome::kOk, Look::kServed},
      {"privacy setting", answer(403, envelope("third_party_data_sharing_blocked", "")),
       Outcome::kBlocked, Look::kBlocked},
      {"v1 endpoints", answer(403, envelope("endpoints_v1_create_access_disabled", "")),
       Outcome::kCallerError, Look::kNothing},
      {"403 behind the gateway", answer(403, "{}", kBehindGateway), Outcome::kCallerError,
       Look::kNothing},
      {"bad key", answer(401, envelope("invalid_api_key", "Invalid API key provided.")),
       Outcome::kUnauthorized, Look::kNothing},
      {"bad key, model list", answer(401, R"({"error":{"message":"Unauthorized"}})"),
       Outcome::kUnauthorized, Look::kNothing},
      {"no credit",
       answer(402, R"({"error":{"message":"Credit limit exceeded.","type":"credit_limit"}})"),
       Outcome::kPaymentRequired, Look::kNothing},
      {"rate limit", answer(429, R"({"error":{"message":"60 RPM","type":"rate_limit"}})"),
       Outcome::kRateLimited, Look::kThrottled},
      {"rate limit of the model",
       answer(429, R"({"error":{"message":"limit","type":"model_rate_limit"}})"),
       Outcome::kRateLimited, Look::kThrottled},
      {"rate limit named credit limit",
       answer(429, R"({"error":{"message":"You have been rate limited.","type":"credit_limit"}})"),
       Outcome::kRateLimited, Look::kThrottled},
      {"rate limit since 2026-04", answer(429, envelope("dynamic_request_limited", "")),
       Outcome::kRateLimited, Look::kThrottled},
      {"rate limit without a body", answer(429, ""), Outcome::kRateLimited, Look::kThrottled},
      {"bad request", answer(400, envelope("", "Input validation error")), Outcome::kCallerError,
       Look::kNothing},
      {"bad request, behind the gateway",
       answer(400, envelope("", "Prompt cannot be empty"), kBehindGateway), Outcome::kCallerError,
       Look::kServed},
      {"context length", answer(403, envelope("", "prompt + max_tokens is too long")),
       Outcome::kCallerError, Look::kNothing},
      {"too large", answer(413, envelope("request_too_large", "")), Outcome::kCallerError,
       Look::kNothing},
      {"too large, behind the gateway", answer(413, "", kBehindGateway), Outcome::kCallerError,
       Look::kServed},
      {"unprocessable", answer(422, R"({"detail":"x"})"), Outcome::kCallerError, Look::kNothing},
      {"request time-out", answer(408, ""), Outcome::kTimeout, Look::kFailing},
      {"500", answer(500, R"({"error":{"message":"Internal server error"}})", kBehindGateway),
       Outcome::kUpstreamError, Look::kFailing},
      {"503", answer(503, R"({"error":{"message":"Service unavailable"}})"),
       Outcome::kUpstreamError, Look::kFailing},
      {"503 that names a model", answer(503, envelope("model_not_available", "non-serverless")),
       Outcome::kUpstreamError, Look::kFailing},
      {"504", answer(504, "<html>"), Outcome::kUpstreamError, Look::kFailing},
      {"521", answer(521, "error code: 521"), Outcome::kUpstreamError, Look::kFailing},
      {"524", answer(524, ""), Outcome::kUpstreamError, Look::kFailing},
      {"529", answer(529, ""), Outcome::kUpstreamError, Look::kFailing},
      {"redirect", answer(307, ""), Outcome::kBadResponse, Look::kFailing},
      {"1xx", answer(101, ""), Outcome::kBadResponse, Look::kFailing},
      {"no content", answer(204, ""), Outcome::kBadResponse, Look::kFailing},
      {"no status", answer(0, ""), Outcome::kBadResponse, Look::kFailing},
      {"beyond", answer(999, ""), Outcome::kBadResponse, Look::kFailing},
      {"error inside 200", answer(200, R"({"error":{"message":"engine died"}})"),
       Outcome::kInBandError, Look::kFailing},
  };
  for (const Row& row : rows) {
    const ApiVerdict verdict = judge_failure(row.exchange);
    EXPECT_EQ(to_string(verdict.outcome), to_string(row.outcome)) << row.what;
    EXPECT_EQ(verdict.look, row.look) << row.what;
    EXPECT_FALSE(verdict.detail.empty()) << row.what;
  }
}

TEST(JudgeFailure, NeverTakesAForeign404ForARemoval) {
  const std::vector<std::string> bodies{
      "",
      "404 page not found",
      "<html><body>The model page was not found</body></html>",
      R"({"message":"Route POST:/v1/chat/completions not found"})",
      R"({"error":{"message":"/v1/models was not found on this server"}})",
      R"({"error":"Not Found"})",
      R"({"error":{}})",
      R"([])",
      R"({"error":{"message":"Unable to access mod)",
      R"({"error":{"message":"backend for model router not found"}})",
      R"({"error":{"message":"The project that owns model quota does not exist"}})",
      R"({"error":{"message":"model not found"}})",
      R"({"error":{"message":"model /v1/models not found"}})",
      R"({"error":{"message":"model a/ not found"}})",
      R"({"error":{"message":"the project of model a/b does have owners; page not found"}})",
      R"({"error":{"message":"no pool for non-serverless traffic"}})",
      R"({"error":{"message":"model"}})",
      R"({"error":{"message":"model \"a/b"}})",
  };
  for (const std::string& body : bodies) {
    const ApiVerdict verdict = judge_failure(answer(404, body));
    EXPECT_EQ(verdict.outcome, Outcome::kBadResponse) << body;
    EXPECT_EQ(verdict.look, Look::kFailing) << body;
  }
}

TEST(JudgeFailure, LetsTheTransportSpeakFirst) {
  struct Mapping {
    TransportError error;
    Outcome outcome;
    Look look;
  };
  const std::vector<Mapping> mappings{
      {TransportError::kDns, Outcome::kDnsFailed, Look::kFailing},
      {TransportError::kConnect, Outcome::kConnectFailed, Look::kFailing},
      {TransportError::kTls, Outcome::kTlsFailed, Look::kFailing},
      {TransportError::kTimeout, Outcome::kTimeout, Look::kFailing},
      {TransportError::kCutShort, Outcome::kTruncated, Look::kFailing},
      {TransportError::kTooLarge, Outcome::kBadResponse, Look::kFailing},
      {TransportError::kProtocol, Outcome::kBadResponse, Look::kFailing},
      {TransportError::kCancelled, Outcome::kInternal, Look::kNothing},
  };
  for (const Mapping& m : mappings) {
    Exchange exchange = no_answer(m.error);
    exchange.status = 404;
    exchange.body = envelope("model_not_available", "");
    const ApiVerdict verdict = judge_failure(exchange);
    EXPECT_EQ(verdict.outcome, m.outcome) << to_string(m.error);
    EXPECT_EQ(verdict.look, m.look) << to_string(m.error);
    EXPECT_EQ(verdict.detail, std::string(to_string(m.error)) + ": as the network says");
  }
}

TEST(JudgeFailure, QuotesTheApi) {
  EXPECT_EQ(judge_failure(answer(401, envelope("k", "Bad key"))).detail, "HTTP 401: Bad key");
  EXPECT_EQ(judge_failure(answer(403, envelope("only_a_code", ""))).detail,
            "HTTP 403: only_a_code");
  EXPECT_EQ(judge_failure(answer(404, R"({"message":"nothing here"})")).detail,
            "HTTP 404: nothing here");
  EXPECT_EQ(judge_failure(answer(521, "error code: 521\n")).detail, "HTTP 521: error code: 521 ");
  EXPECT_EQ(judge_failure(answer(502, "<html>")).detail, "HTTP 502: an HTML page");
  EXPECT_EQ(judge_failure(answer(503, "")).detail, "HTTP 503: an empty body");
}

TEST(JudgeFailure, MakesTheQuoteSafe) {
  const std::string detail =
      judge_failure(answer(500, envelope("", "a\nb\x01" + std::string(100'000, 'x')))).detail;
  EXPECT_EQ(detail.size(), 300u);
  EXPECT_EQ(detail.substr(0, 15), "HTTP 500: a b x");
}

TEST(ReadApiError, ReadsEveryForm) {
  const auto read = [](const char* text) { return read_api_error(Json::parse(text)).value(); };
  EXPECT_EQ(read(R"({"error":"text"})").message, "text");
  EXPECT_EQ(read(R"({"error":{"message":"m","code":"c"}})").code, "c");
  EXPECT_EQ(read(R"({"error":{"message":{"message":"deep","code":400},"code":null}})").message,
            "deep");
  EXPECT_EQ(read(R"({"error":{"message":{"message":"deep","code":400},"code":null}})").code, "");
  EXPECT_EQ(read(R"({"error":{"message":{"message":"m","code":"inner"}}})").code, "inner");
  EXPECT_EQ(read(R"({"error":17})").message, "");
}

TEST(ReadApiError, SeesNoErrorWhereThereIsNone) {
  for (const char* text : {R"({})", R"({"error":null})", R"({"error":false})", R"({"error":""})",
                           R"([])", R"("error")", "17"}) {
    EXPECT_FALSE(read_api_error(Json::parse(text))) << text;
  }
}

}  // namespace
}  // namespace together
