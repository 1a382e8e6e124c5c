#include "probes/chat/gateway_times.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/unit/probes/exchanges.h"
#include "tests/unit/probes/streams.h"

namespace together {
namespace {

using Times = std::map<std::string, double>;

const char* const kGateway = "together_gateway_time_seconds";
const char* const kEngine = "together_engine_time_seconds";

Times times_of(const std::vector<Reading>& readings) {
  Times times;
  for (const Reading& reading : readings) {
    if (reading.metric != &kGatewayTime && reading.metric != &kEngineTime) continue;
    EXPECT_EQ(reading.labels, std::vector<std::string>{"a/b"});
    times[std::string(reading.metric->name)] = reading.value;
  }
  return times;
}

Exchange stamped(std::string received, std::string start, std::string end = "") {
  Exchange exchange = answer(200, "", {{"x-api-received", received}, {"x-api-call-start", start}});
  if (!end.empty()) exchange.headers.emplace_back("x-api-call-end", end);
  return exchange;
}
Times times_of(const Exchange& exchange) { return times_of(gateway_times("a/b", exchange)); }

TEST(GatewayTimes, TellGatewayFromEngine) {
  EXPECT_EQ(times_of(stamped("2025-03-23T22:35:02.000Z", "2025-03-23T22:35:02.036Z",
                             "2025-03-23T22:35:02.321Z")),
            (Times{{kGateway, 0.036}, {kEngine, 0.285}}));
}

TEST(GatewayTimes, GiveOneWithoutTheOther) {
  EXPECT_EQ(times_of(stamped("2025-03-23T22:35:02.000Z", "2025-03-23T22:35:02.036Z")),
            (Times{{kGateway, 0.036}}));
  EXPECT_EQ(times_of(stamped("soon", "2025-03-23T22:35:02.036Z", "2025-03-23T22:35:02.321Z")),
            (Times{{kEngine, 0.285}}));
}

TEST(GatewayTimes, CrossMidnight) {
  EXPECT_EQ(times_of(stamped("2025-12-31T23:59:59.900Z", "2026-01-01T00:00:00.150Z")),
            (Times{{kGateway, 0.25}}));
}

TEST(GatewayTimes, DoNotRunBackwards) {
  EXPECT_EQ(times_of(stamped("2025-03-23T22:35:02.001Z", "2025-03-23T22:35:02.000Z")), Times{});
  EXPECT_EQ(times_of(stamped("2025-03-23T22:35:02.000Z", "2025-03-23T22:35:02.000Z")),
            (Times{{kGateway, 0}}));
}

TEST(GatewayTimes, BelieveAnHourAtMost) {
  EXPECT_EQ(times_of(stamped("2025-03-23T22:35:02.000Z", "2025-03-23T23:35:02.000Z")),
            (Times{{kGateway, 3600}}));
  EXPECT_EQ(times_of(stamped("2025-03-23T22:35:02.000Z", "2025-03-23T23:35:02.001Z")), Times{});
}

TEST(GatewayTimes, TakeNothingButIso) {
  for (const char* other :
       {"", "1742769302", "2025-03-23 22:35:02.000Z", "2025-03-23T22:35:02Z",
        "2025-03-23T22:35:02.000", "2025-03-23T22:35:02.000+", "2025-03-23T24:35:02.000Z",
        "2025-03-23T22:60:02.000Z", "2025-03-23T22:35:60.000Z", "2025-02-30T22:35:02.000Z",
        "2025-03-23T22:35:0a.000Z", "2025-03-23T22:-5:02.000Z"}) {
    EXPECT_EQ(times_of(stamped(other, "2025-03-23T22:35:02.036Z")), Times{}) << other;
  }
}

TEST(GatewayTimes, AreTakenOfGoodAnswersOnly) {
  Exchange refused = stamped("2025-03-23T22:35:02.000Z", "2025-03-23T22:35:02.036Z");
  refused.status = 500;
  EXPECT_EQ(times_of(refused), Times{});
}

TEST(GatewayTimes, AreReadByServingAndStream) {
  const std::vector<Header> headers =
      stamped("2025-03-23T22:35:02.000Z", "2025-03-23T22:35:02.036Z", "2025-03-23T22:35:02.321Z")
          .headers;
  const Exchange plain = answer(200, R"({"choices":[{"message":{"content":"x"}}]})", headers);
  EXPECT_EQ(times_of(make_probe("serving")->judge(model_target("a/b"), plain, "serving").readings),
            (Times{{kGateway, 0.036}, {kEngine, 0.285}}));
  Exchange stream = stream_answer(kGoodStream);
  stream.headers.insert(stream.headers.end(), headers.begin(), headers.begin() + 2);
  EXPECT_EQ(times_of(judge_stream_answer(stream).readings), (Times{{kGateway, 0.036}}));
}

}  // namespace
}  // namespace together
