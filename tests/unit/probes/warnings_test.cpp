#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "probes/json/read.h"
#include "probes/warnings/named_model.h"
#include "tests/unit/probes/exchanges.h"
#include "tests/unit/probes/streams.h"

namespace together {
namespace {

using Lines = std::vector<std::string>;

Observation warnings_of(const Exchange& exchange) {
  return make_probe("warnings")->judge(model_target("a/b-1"), exchange, "serving");
}

Lines remarks_of(const Exchange& exchange) {
  Lines lines;
  for (const Remark& remark : warnings_of(exchange).remarks) {
    lines.push_back(remark.kind + ": " + remark.text);
  }
  return lines;
}

TEST(Warnings, OfABodyAreToldAndCounted) {
  const Exchange exchange = answer(
      200, R"({"warnings":[{"message":"Model supports only tool_choice auto"},"going\nsoon"]})");
  EXPECT_EQ(remarks_of(exchange),
            (Lines{"warning: Model supports only tool_choice auto", "warning: going soon"}));
  const Observation seen = warnings_of(exchange);
  ASSERT_EQ(seen.readings.size(), 1U);
  EXPECT_EQ(seen.readings[0].labels, (Lines{"serving", "a/b-1"}));
  EXPECT_EQ(seen.readings[0].value, 2);
}
TEST(Warnings, OfAStreamAreToldOnce) {
  EXPECT_EQ(remarks_of(stream_answer("data: {\"warnings\":[{\"message\":\"w\"}]}\n\n"
                                     "data: {\"warnings\":[{\"message\":\"w\"}]}\n\n")),
            (Lines{"warning: w"}));
}
TEST(Warnings, OfHeadersComeWithAnyStatus) {
  EXPECT_EQ(
      remarks_of(
          answer(200, "{}",
                 {{"deprecation", "@1798675200"}, {"sunset", "Fri, 01 Jan 2027 00:00:00 GMT"}})),
      (Lines{"deprecation_header: @1798675200", "sunset_header: Fri, 01 Jan 2027 00:00:00 GMT"}));
  EXPECT_EQ(remarks_of(answer(404, "", {{"sunset", "soon"}})), (Lines{"sunset_header: soon"}));
}
TEST(Warnings, OfARefusalThatNamesAnotherModel) {
  EXPECT_EQ(remarks_of(answer(400, R"({"error":{"message":"a/b-1 is retired. Use c/d-2."}})")),
            (Lines{"named_model: c/d-2"}));
  EXPECT_TRUE(remarks_of(answer(400, R"({"error":{"message":"Unable to access non-serverless model
      a/b-1. Please visit https://api.together.ai/models/a/b-1 to create"}})"))
                  .empty());
}
TEST(Warnings, AnAnswerWithoutAnyCountsNothing) {
  const Observation seen = warnings_of(answer(200, R"({"choices":[]})"));
  EXPECT_TRUE(seen.remarks.empty());
  EXPECT_EQ(seen.outcome, Outcome::kOk);
  ASSERT_EQ(seen.readings.size(), 1U);
  EXPECT_EQ(seen.readings[0].value, 0);
}
TEST(Warnings, AreBounded) {
  Json body = {{"warnings", Json::array()}};
  for (int i = 0; i < 100; ++i) body["warnings"].push_back({{"message", std::to_string(i)}});
  EXPECT_EQ(remarks_of(answer(200, body.dump())).size(), 8U);
}

TEST(NamedModels, AreIdsAndNoPaths) {
  EXPECT_EQ(models_named_in("try org/name-1, \"Other/Model.5\" or `x/y-z`.", ""),
            (Lines{"org/name-1", "Other/Model.5", "x/y-z"}));
  EXPECT_TRUE(models_named_in("and/or, /data/model-1, a/b/c-1, https://x.ai/m-1, n/a", "").empty());
  EXPECT_TRUE(models_named_in("ORG/Name-1", "org/name-1").empty());
  EXPECT_TRUE(models_named_in("", "").empty());
}

}  // namespace
}  // namespace together
