#include <gtest/gtest.h>

#include <array>
#include <string>
#include <utility>

#include "exporter/core/text.h"
#include "probes/api_error/verdict.h"
#include "probes/json/read.h"
#include "tests/unit/probes/exchanges.h"
#include "tests/unit/probes/recordings.h"

namespace together {
namespace {

using RecordedErrors = Recorded;

struct Expected {
  int status;
  Outcome outcome;
  Look look;
};

constexpr Expected kBadKey{401, Outcome::kUnauthorized, Look::kNothing};
constexpr Expected kGone{404, Outcome::kNotFound, Look::kNotFound};
constexpr Expected kDedicatedOnly{400, Outcome::kNonServerless, Look::kNonServerless};
constexpr Expected kBadRequest{400, Outcome::kCallerError, Look::kServed};
constexpr Expected kThrottled{429, Outcome::kRateLimited, Look::kThrottled};

// In the order of the file.
constexpr std::array kExpected{
    kBadKey,
    kBadKey,
    kBadKey,
    kGone,
    kGone,
    kBadRequest,
    kBadRequest,
    kBadRequest,
    Expected{500, Outcome::kUpstreamError, Look::kFailing},
    kDedicatedOnly,
    kBadRequest,
    Expected{400, Outcome::kCallerError, Look::kNothing},  // an image: without the gateway's header
    kDedicatedOnly,
    kDedicatedOnly,
    Expected{521, Outcome::kUpstreamError, Look::kFailing},
    kDedicatedOnly,
    kBadRequest,
    kBadRequest,
    kBadRequest,
    kBadRequest,
    kBadRequest,
    kBadRequest,
    kBadRequest,
    kBadRequest,
    kThrottled,
    kThrottled,
    kBadKey,
    kBadKey,
    Expected{500, Outcome::kUpstreamError, Look::kFailing},
    Expected{503, Outcome::kUpstreamError, Look::kFailing},
    Expected{402, Outcome::kPaymentRequired, Look::kNothing},
    kThrottled,
    Expected{400, Outcome::kEndpointStopped, Look::kStopped},
    Expected{400, Outcome::kEndpointStopped, Look::kStopped},
    Expected{400, Outcome::kOk, Look::kServed},
    Expected{403, Outcome::kBlocked, Look::kBlocked},
    Expected{403, Outcome::kCallerError, Look::kNothing},
};
static_assert(kExpected.size() == 37);

Exchange exchange_of(const Json& recorded) {
  const Json* body = member(&recorded, "body_json");
  std::string text =
      body->is_null() ? std::string(text_of(member(&recorded, "body_text"))) : body->dump();
  Exchange exchange = answer(recorded.at("status").get<int>(), std::move(text));
  const Json* headers = member(&recorded, "headers");
  if (headers->is_object()) {
    for (const auto& [name, value] : headers->items()) {
      exchange.headers.emplace_back(lower_ascii(name), value.get<std::string>());
    }
  }
  return exchange;
}

TEST_F(RecordedErrors, AllGetTheirOutcome) {
  const auto recorded = parse_json(read_recording("errors.json"));
  ASSERT_TRUE(recorded);
  const Json& errors = recorded->at("errors");
  ASSERT_EQ(errors.size(), kExpected.size());
  const auto serving = make_probe("serving");
  const auto stream = make_probe("stream");
  for (std::size_t i = 0; i < errors.size(); ++i) {
    const Exchange exchange = exchange_of(errors[i]);
    const Expected& expected = kExpected[i];
    ASSERT_EQ(exchange.status, expected.status) << i;
    const ApiVerdict verdict = judge_failure(exchange);
    EXPECT_EQ(to_string(verdict.outcome), to_string(expected.outcome)) << i << verdict.detail;
    EXPECT_EQ(verdict.look, expected.look) << i << verdict.detail;
    EXPECT_LE(verdict.detail.size(), 300u) << i;
    for (const Probe* probe : {serving.get(), stream.get()}) {
      const Observation seen = probe->judge(model_target("a/b"), exchange, "");
      EXPECT_EQ(seen.outcome, expected.outcome) << i;
      EXPECT_EQ(std::get<ServingFacts>(seen.facts).look, expected.look) << i;
    }
  }
}

}  // namespace
}  // namespace together
