#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "probes/workload/answer.h"
#include "tests/unit/probes/exchanges.h"

namespace together {
namespace {

std::string vector_of(const std::string& samples) {
  return R"({"status":"success","data":{"resultType":"vector","result":[)" + samples + "]}}";
}

std::string sample(const std::string& value) {
  return R"({"metric":{},"value":[1790000000.5,")" + value + R"("]})";
}

std::string error_of(const std::string& body) {
  const auto number = read_number_answer(body);
  return number ? "none" : number.error().message;
}

const WorkloadQuery kInput{"bot one", "input", "http://127.0.0.1:9090/prom",
                           "sum(increase(tokens_total{model=\"a/b\"}[1d])) + 1"};
const WorkloadQuery kOutput{"bot one", "output", "http://127.0.0.1:9090/prom", "42"};

std::unique_ptr<Probe> asking() {
  return probe_type("workload").make({Settings(), {}, {kInput, kOutput}});
}

Observation judged(const Exchange& exchange) {
  return asking()->judge(list_target("bot one input"), exchange, "workload");
}

TEST(NumberAnswer, IsAVectorOfOneSample) {
  EXPECT_EQ(read_number_answer(vector_of(sample("1234567.5"))), 1234567.5);
  EXPECT_EQ(read_number_answer(vector_of(sample("2e+08"))), 2e8);
  EXPECT_EQ(read_number_answer(vector_of(sample("0"))), 0);
}

TEST(NumberAnswer, IsAScalar) {
  EXPECT_EQ(
      read_number_answer(
          R"({"status":"success","data":{"resultType":"scalar","result":[1790000000.5,"42"]}})"),
      42);
}

TEST(NumberAnswer, ToleratesWarnings) {
  EXPECT_EQ(read_number_answer(
                R"({"status":"success","warnings":["slow"],"data":{"resultType":"vector",
                    "result":[{"metric":{"job":"x"},"value":[1,"7"]}],"stats":{}}})"),
            7);
}

TEST(NumberAnswer, OfSeveralSamplesIsNone) {
  EXPECT_EQ(error_of(vector_of(sample("1") + "," + sample("2"))),
            "the query returned 2 samples; sum() it");
}

TEST(NumberAnswer, OfNoSampleIsNone) {
  EXPECT_EQ(error_of(vector_of("")), "the query returned no sample: nothing is known");
}

TEST(NumberAnswer, IsFiniteAndNotNegative) {
  EXPECT_EQ(error_of(vector_of(sample("NaN"))), "the query returned NaN: nothing is known");
  EXPECT_EQ(error_of(vector_of(sample("+Inf"))), "the query returned +Inf: nothing is known");
  EXPECT_EQ(error_of(vector_of(sample("-Inf"))), "the query returned -Inf: nothing is known");
  EXPECT_EQ(error_of(vector_of(sample("-3"))), "the query returned -3, which is negative");
  EXPECT_EQ(error_of(vector_of(sample("many"))), "the query returned \"many\", which is no number");
}

TEST(NumberAnswer, OfAnotherTypeIsNone) {
  EXPECT_EQ(error_of(R"({"status":"success","data":{"resultType":"matrix","result":[]}})"),
            "the query returned a \"matrix\"; it must return one number");
  EXPECT_EQ(error_of(R"({"status":"success","data":{"resultType":"string","result":[1,"7"]}})"),
            "the query returned a \"string\"; it must return one number");
  EXPECT_EQ(error_of(vector_of(R"({"metric":{},"histogram":[1,{"count":"3","sum":"5"}]})")),
            "the sample that the query returned is no number");
}

TEST(NumberAnswer, OfAnErrorIsWhatPrometheusSays) {
  EXPECT_EQ(error_of(R"({"status":"error","errorType":"bad_data","error":"parse error: x"})"),
            "bad_data: parse error: x");
}

TEST(NumberAnswer, OfSomebodyElseIsNone) {
  for (const char* body : {"{}", "[]", "3", "null", R"({"status":"success"})",
                           R"({"status":"success","data":[]})", R"({"data":{"result":[]}})"}) {
    EXPECT_EQ(error_of(body), "the answer is not one of Prometheus") << body;
  }
}

TEST(NumberAnswer, CutAnywhereIsNone) {
  const std::string whole = vector_of(sample("7"));
  for (std::size_t i = 0; i < whole.size(); ++i) {
    EXPECT_FALSE(read_number_answer(whole.substr(0, i))) << i;
  }
}

TEST(NumberAnswer, SurvivesSamplesOfAnyKind) {
  for (const char* odd :
       {"null", "[]", "{}", "7", "\"7\"", R"({"value":7})", R"({"value":[]})", R"({"value":[1]})",
        R"({"value":[1,7]})", R"({"value":[1,"7",2]})", R"({"value":{"0":1,"1":"7"}})"}) {
    EXPECT_EQ(error_of(vector_of(odd)), "the sample that the query returned is no number") << odd;
  }
}

TEST(Workload, HasNothingToAskUnlessConfigured) {
  EXPECT_TRUE(make_probe("workload")->info().parts.empty());
}

TEST(Workload, AsksEveryQueryByItself) {
  const auto probe = asking();
  ASSERT_EQ(probe->info().parts.size(), 2u);
  EXPECT_EQ(probe->info().parts[0].name, "bot one input");
  EXPECT_EQ(probe->info().parts[1].name, "bot one output");
  EXPECT_TRUE(probe->info().foreign);
  EXPECT_FALSE(probe->info().paid);
}

TEST(Workload, AsksPrometheusWithoutACredential) {
  const Request request = asking()->request(list_target("bot one input"));
  EXPECT_EQ(request.url,
            "http://127.0.0.1:9090/prom/api/v1/query?query=sum%28increase%28tokens_total%7Bmodel"
            "%3D%22a%2Fb%22%7D%5B1d%5D%29%29%20%2B%201");
  EXPECT_EQ(request.credential, Credential::kNone);
  EXPECT_EQ(request.method, Method::kGet);
}

TEST(Workload, TellsTheLedgerWhatTheQueryReturned) {
  const Observation seen = judged(answer(200, vector_of(sample("2e+08"))));
  ASSERT_EQ(to_string(seen.outcome), "ok");
  EXPECT_EQ(seen.detail, "2e+08 tokens a day");
  const auto& facts = std::get<WorkloadFacts>(seen.facts);
  EXPECT_EQ(facts.query, kInput);
  EXPECT_EQ(facts.tokens_per_day, 2e8);
}

TEST(Workload, KnowsNothingWhereTheQueryIsRefused) {
  const Observation seen = judged(
      answer(400, R"({"status":"error","errorType":"bad_data","error":"invalid parameter"})"));
  EXPECT_EQ(to_string(seen.outcome), "caller_error");
  EXPECT_EQ(seen.detail, "HTTP 400: bad_data: invalid parameter");
  EXPECT_TRUE(std::holds_alternative<std::monostate>(seen.facts));
}

TEST(Workload, KnowsNothingWherePrometheusFails) {
  EXPECT_EQ(to_string(judged(answer(503, "")).outcome), "upstream_error");
  EXPECT_EQ(to_string(judged(answer(302, "")).outcome), "bad_response");
  EXPECT_EQ(to_string(judged(answer(200, "<html>")).outcome), "bad_response");
  EXPECT_EQ(to_string(judged(answer(200, vector_of(""))).outcome), "bad_response");
  EXPECT_EQ(to_string(judged(no_answer(TransportError::kConnect)).outcome), "connect_failed");
  EXPECT_EQ(to_string(judged(no_answer(TransportError::kTimeout)).outcome), "timeout");
  EXPECT_EQ(judged(no_answer(TransportError::kTimeout)).detail, "timeout: as the network says");
}

}  // namespace
}  // namespace together
