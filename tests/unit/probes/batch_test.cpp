#include <gtest/gtest.h>

#include <string>

#include "tests/unit/probes/exchanges.h"
#include "tests/unit/probes/gauges.h"
#include "tests/unit/probes/surfaces.h"

namespace together {
namespace {

constexpr const char* kBatches =
    R"([{"id":"b1","status":"COMPLETED"},{"id":"b2","status":"FAILED"},
        {"id":"b3","status":"COMPLETED","model_id":"a/b"}])";

Observation judge(const Exchange& exchange) {
  return make_probe("batch")->judge(list_target(""), exchange, "batch");
}

TEST(Batch, AsksForTheBatches) {
  const Request request = make_probe("batch")->request(list_target(""));
  EXPECT_EQ(request.method, Method::kGet);
  EXPECT_EQ(request.path, "/batches");
}

TEST(Batch, IsFreeAndOff) {
  const ProbeInfo& info = probe_type("batch").info;
  EXPECT_EQ(info.scope, Scope::kAccount);
  EXPECT_FALSE(info.enabled);
  EXPECT_FALSE(info.paid);
  EXPECT_EQ(info.interval, std::chrono::minutes(15));
}

TEST(Batch, CountsByStatus) {
  const Observation seen = judge(answer(200, kBatches));
  EXPECT_EQ(verdict_of(seen), "ok: 3 batches: 2 completed, 1 failed");
  EXPECT_EQ(rules_of(seen), "array items status_values");
  EXPECT_EQ(gauges(seen, "together_batches"),
            "validating=0 in_progress=0 completed=2 failed=1 expired=0 cancelled=0 cancelling=0 "
            "other=0");
  EXPECT_TRUE(seen.remarks.empty());
}

TEST(Batch, TakesAnEmptyList) {
  const Observation seen = judge(answer(200, "[]"));
  EXPECT_EQ(verdict_of(seen), "ok: 0 batches");
  EXPECT_EQ(rules_of(seen), "array");
}

TEST(Batch, ReadsAnObjectWithDataAllTheSame) {
  const Observation seen = judge(answer(200, R"({"data":[{"id":"b1","status":"EXPIRED"}]})"));
  EXPECT_EQ(rules_of(seen), "-array items status_values");
  EXPECT_EQ(verdict_of(seen),
            "bad_response: the answer is an object with data, no bare array; 1 batch: 1 expired");
}

TEST(Batch, NamesAnUnknownStatus) {
  const Observation seen =
      judge(answer(200, R"([{"id":"b1","status":"PAUSED"},{"id":"b2","status":"PAUSED"}])"));
  EXPECT_EQ(rules_of(seen), "array items -status_values");
  EXPECT_EQ(verdict_of(seen), "bad_response: unknown status PAUSED; 2 batches: 2 other");
  EXPECT_EQ(remarks_of(seen), "batch_status: PAUSED");
}

TEST(Batch, CountsAStatusInAnotherCaseAndSaysSo) {
  const Observation seen = judge(answer(200, R"([{"id":"b1","status":"completed"}])"));
  EXPECT_EQ(rules_of(seen), "array items -status_values");
  EXPECT_EQ(verdict_of(seen), "bad_response: unknown status completed; 1 batch: 1 completed");
}

TEST(Batch, WantsAnIdAndAStatus) {
  for (const char* item : {R"({"id":"b1"})", R"({"id":"b1","status":null})",
                           R"({"id":"b1","status":3})", "7", "null", R"("COMPLETED")", "[]"}) {
    const Observation seen = judge(answer(200, "[" + std::string(item) + "]"));
    EXPECT_EQ(rules_of(seen), "array -items") << item;
    EXPECT_EQ(verdict_of(seen),
              "bad_response: 1 of 1 batches without an id or a status; 1 batch: 1 other")
        << item;
  }
  EXPECT_EQ(rules_of(judge(answer(200, R"([{"id":"","status":"FAILED"}])"))),
            "array -items status_values");
}

TEST(Batch, RefusesWhatIsNoList) {
  for (const char* body : {"null", "{}", "7", R"({"data":null})", R"({"data":{}})"}) {
    const Observation seen = judge(answer(200, body));
    EXPECT_EQ(verdict_of(seen), "bad_response: the answer is no array") << body;
    EXPECT_EQ(gauges(seen, "together_batches"), "") << body;
  }
}

TEST(Batch, ReadsAnErrorThatIsAText) {
  const Observation seen = judge(answer(401, R"({"error":"invalid token"})"));
  EXPECT_EQ(verdict_of(seen), "unauthorized: HTTP 401: invalid token");
  EXPECT_TRUE(seen.readings.empty());
  EXPECT_EQ(verdict_of(judge(answer(500, R"({"error":"no database"})"))),
            "upstream_error: HTTP 500: no database");
}

TEST(Batch, RemarksOnAtMostEightStatuses) {
  std::string body = "[";
  for (int i = 0; i < 20; ++i) {
    body += R"({"id":"b","status":"S)" + std::to_string(i) + "\"},";
  }
  body.back() = ']';
  const Observation seen = judge(answer(200, body));
  EXPECT_EQ(seen.remarks.size(), 8u);
}

TEST(Batch, JudgesEveryPrefixOfAnAnswer) {
  const std::string body = kBatches;
  for (std::size_t size = 0; size < body.size(); ++size) {
    EXPECT_EQ(to_string(judge(answer(200, body.substr(0, size))).outcome), "bad_response") << size;
  }
}

}  // namespace
}  // namespace together
