#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/probes/exchanges.h"
#include "tests/unit/probes/gauges.h"
#include "tests/unit/probes/surfaces.h"

namespace together {
namespace {

std::unique_ptr<Probe> probe(const std::vector<std::string>& models, bool create = true) {
  const ProbeType& type = probe_type("fine_tuning");
  Settings settings(type.info.settings);
  settings.set("models", models);
  settings.set("create", create);
  return type.make({settings, {}});
}

std::string parts_of(const Probe& probe) {
  std::string text;
  for (const Part& part : probe.info().parts) text += (text.empty() ? "" : " ") + part.name;
  return text;
}

Observation judge(const std::string& part, const Exchange& exchange) {
  return probe({"a/b", "c/d"})->judge(list_target(part), exchange, "fine_tuning");
}

Exchange refusal(const std::string& message, int status = 400) {
  return answer(status, R"({"error":{"message":")" + message + R"(","param":null,"code":null}})");
}

TEST(FineTuning, IsFreeAndOff) {
  const ProbeInfo& info = probe_type("fine_tuning").info;
  EXPECT_EQ(info.scope, Scope::kAccount);
  EXPECT_FALSE(info.enabled);
  EXPECT_FALSE(info.paid);
  EXPECT_EQ(info.interval, std::chrono::minutes(30));
  const Settings defaults(info.settings);
  EXPECT_TRUE(defaults.names("models").empty());
  EXPECT_FALSE(defaults.flag("create"));
}

TEST(FineTuning, HasThePartsThatItsSettingsAskFor) {
  EXPECT_EQ(parts_of(*make_probe("fine_tuning")), "supported jobs");
  EXPECT_EQ(parts_of(*probe({"a/b"}, false)), "supported jobs limits");
  EXPECT_EQ(parts_of(*probe({"a/b"})), "supported jobs limits create_flat create_nested");
  EXPECT_EQ(parts_of(*probe({})), "supported jobs");
}

TEST(FineTuning, AsksForListsAndLimits) {
  const auto made = probe({"a b/c&d", "e/f"});
  EXPECT_EQ(made->request(list_target("supported")).path, "/fine-tunes/models/supported");
  EXPECT_EQ(made->request(list_target("jobs")).path, "/fine-tunes");
  EXPECT_EQ(made->request(list_target("jobs")).method, Method::kGet);
  EXPECT_EQ(made->request(list_target("limits")).path,
            "/fine-tunes/models/limits?model_name=a%20b%2Fc%26d");
}

TEST(FineTuning, AsksForAJobInTwoFormsWithoutATrainingFile) {
  const auto made = probe({"a/b"});
  const Request flat = made->request(list_target("create_flat"));
  EXPECT_EQ(flat.method, Method::kPost);
  EXPECT_EQ(flat.path, "/fine-tunes");
  EXPECT_EQ(flat.body,
            R"({"model":"a/b","n_epochs":1,"n_checkpoints":1,"batch_size":8,"learning_rate":1e-05,)"
            R"("training_method":{"method":"sft","train_on_inputs":false},)"
            R"("training_type":{"type":"Lora","lora_r":8,"lora_alpha":16}})");
  const Request nested = made->request(list_target("create_nested"));
  EXPECT_EQ(nested.body,
            R"({"model":"a/b","hyperparameters":{"n_epochs":1,"n_checkpoints":1,"batch_size":8,)"
            R"("learning_rate":1e-05},"training_method":{"method":"sft","train_on_inputs":false},)"
            R"("training_type":{"type":"Lora","lora_r":8,"lora_alpha":16}})");
}

TEST(FineTuning, FindsTheConfiguredModels) {
  const Observation seen = judge("supported", answer(200, R"({"models":["a/b","x/y","a/b"]})"));
  EXPECT_EQ(verdict_of(seen), "ok: 2 models, not c/d");
  EXPECT_EQ(rules_of(seen), "models");
  EXPECT_EQ(gauges(seen, "together_fine_tuning_model_supported"), "a/b=1 c/d=0");
  EXPECT_EQ(gauges(seen, "together_fine_tuning_models"), "=2");
}

TEST(FineTuning, CallsNoModelUnsupportedForAFaultOfTheList) {
  const Observation partly = judge("supported", answer(200, R"({"models":["a/b",{"id":"c/d"}]})"));
  EXPECT_EQ(verdict_of(partly), "bad_response: 1 of 2 models are no ids; 1 model");
  EXPECT_EQ(gauges(partly, "together_fine_tuning_model_supported"), "a/b=1");
  for (const char* body : {R"({"models":[]})", R"({"models":null})", "{}", "[]", "null", "7",
                           R"({"models":{"a/b":1}})"}) {
    const Observation seen = judge("supported", answer(200, body));
    EXPECT_EQ(rules_of(seen), "-models") << body;
    EXPECT_EQ(to_string(seen.outcome), "bad_response") << body;
    EXPECT_EQ(gauges(seen, "together_fine_tuning_model_supported"), "") << body;
    EXPECT_EQ(gauges(seen, "together_fine_tuning_models"), "") << body;
  }
}

TEST(FineTuning, CountsJobsByStatus) {
  const Observation seen = judge("jobs", answer(200, R"({"data":[
      {"id":"j1","status":"completed"},{"id":"j2","status":"error"},
      {"id":"j3","status":"completed"}]})"));
  EXPECT_EQ(verdict_of(seen), "ok: 3 jobs: 1 error, 2 completed");
  EXPECT_EQ(rules_of(seen), "list items status_values");
  EXPECT_EQ(gauges(seen, "together_fine_tuning_jobs"),
            "pending=0 queued=0 running=0 compressing=0 uploading=0 cancel_requested=0 cancelled=0 "
            "error=1 completed=2 user_error=0 other=0");
}

TEST(FineTuning, CountsAnUnknownOrMissingStatusAsNoKnownOne) {
  const Observation seen = judge("jobs", answer(200, R"({"data":[
      {"id":"j1","status":"resting"},{"id":"j2"},{"id":"j3","status":null},
      {"id":"j4","status":0}]})"));
  EXPECT_EQ(rules_of(seen), "list -items -status_values");
  EXPECT_EQ(seen.detail, "3 of 4 jobs without an id or a status; 4 jobs: 4 other");
  EXPECT_EQ(remarks_of(seen), "fine_tuning_status: resting");
  EXPECT_EQ(gauges(seen, "together_fine_tuning_jobs"),
            "pending=0 queued=0 running=0 compressing=0 uploading=0 cancel_requested=0 cancelled=0 "
            "error=0 completed=0 user_error=0 other=4");
}

TEST(FineTuning, ReadsABareArrayOfJobsAllTheSame) {
  const Observation seen = judge("jobs", answer(200, R"([{"id":"j1","status":"user_error"}])"));
  EXPECT_EQ(rules_of(seen), "-list items status_values");
  EXPECT_EQ(verdict_of(seen),
            "bad_response: the answer is a bare array, no object with data; 1 job: 1 user_error");
}

TEST(FineTuning, KnowsLimits) {
  const Observation both =
      judge("limits", answer(200, R"({"full_training":{},"lora_training":{"max_rank":64}})"));
  EXPECT_EQ(verdict_of(both), "ok: limits of full and LoRA training");
  EXPECT_EQ(gauges(both, "together_surface_rule_ok"), "fine_tuning_limits,,limits=1");
  EXPECT_EQ(verdict_of(judge("limits", answer(200, R"({"lora_training":{}})"))),
            "ok: limits of LoRA training");
  EXPECT_EQ(verdict_of(judge("limits", answer(200, R"({"full_training":{}})"))),
            "ok: limits of full training");
}

TEST(FineTuning, RefusesWhatAreNoLimits) {
  for (const char* body :
       {"{}", "[]", "null", R"({"full_training":null})", R"({"lora_training":[]})"}) {
    const Observation seen = judge("limits", answer(200, body));
    EXPECT_EQ(rules_of(seen), "-limits") << body;
    EXPECT_EQ(to_string(seen.outcome), "bad_response") << body;
  }
}

TEST(FineTuning, SaysWhyThereAreNoLimits) {
  const Observation seen = judge("limits", answer(404, R"({"message":"no limits for a/b"})"));
  EXPECT_EQ(verdict_of(seen), "bad_response: HTTP 404: no limits for a/b");
  EXPECT_TRUE(seen.readings.empty());
}

TEST(FineTuning, UnderstandsTheFormWhoseFileIsMissed) {
  const Observation seen =
      judge("create_flat", refusal("Missing required parameter: training_file"));
  EXPECT_EQ(verdict_of(seen),
            "ok: the flat form is understood: Missing required parameter: training_file");
  EXPECT_EQ(rules_of(seen), "refused");
  EXPECT_EQ(gauges(seen, "together_fine_tuning_create_form_accepted"), "flat=1");
  EXPECT_EQ(gauges(seen, "together_fine_tuning_create_required_info"), "training_file=1");
  EXPECT_EQ(gauges(seen, "together_surface_rule_ok"), "fine_tuning_create_flat,,refused=1");
  EXPECT_EQ(remarks_of(seen), "fine_tuning_required: training_file");
}

TEST(FineTuning, TellsTheFormThatIsComplainedOf) {
  const Observation seen = judge("create_nested", refusal("Unknown parameter: hyperparameters"));
  EXPECT_EQ(verdict_of(seen),
            "ok: the nested form is not understood: Unknown parameter: hyperparameters");
  EXPECT_EQ(gauges(seen, "together_fine_tuning_create_form_accepted"), "nested=0");
  EXPECT_EQ(gauges(seen, "together_fine_tuning_create_required_info"), "");
}

TEST(FineTuning, NamesNewRequiredFields) {
  const Observation seen = judge(
      "create_flat", refusal("Missing required parameters: training_file, seed and data_region"));
  EXPECT_EQ(gauges(seen, "together_fine_tuning_create_required_info"),
            "training_file=1 seed=1 data_region=1");
  EXPECT_EQ(gauges(seen, "together_fine_tuning_create_form_accepted"), "flat=1");
  EXPECT_EQ(seen.remarks.size(), 3u);
}

TEST(FineTuning, SaysNothingOfTheFormWhereTheRefusalDoesNotTell) {
  const Observation seen =
      judge("create_flat", refusal("Model a/b is not supported for fine-tuning"));
  EXPECT_EQ(verdict_of(seen), "caller_error: HTTP 400: Model a/b is not supported for fine-tuning");
  EXPECT_EQ(rules_of(seen), "refused");
  EXPECT_EQ(gauges(seen, "together_fine_tuning_create_form_accepted"), "");
  EXPECT_EQ(gauges(seen, "together_surface_rule_ok"), "fine_tuning_create_flat,,refused=1");
}

TEST(FineTuning, SaysLoudlyThatAJobMayHaveStarted) {
  for (const int status : {200, 201, 204}) {
    const Observation seen = judge("create_flat", answer(status, R"({"id":"ft-1"})"));
    EXPECT_EQ(to_string(seen.outcome), "bad_response") << status;
    EXPECT_EQ(rules_of(seen), "-refused") << status;
    EXPECT_NE(seen.detail.find("A FINE-TUNING JOB MAY HAVE BEEN STARTED"), std::string::npos);
    EXPECT_EQ(gauges(seen, "together_fine_tuning_create_form_accepted"), "") << status;
  }
}

TEST(FineTuning, TakesNoFailureForARefusal) {
  for (const auto& [status, outcome] : {std::pair{401, "unauthorized"},
                                        {402, "payment_required"},
                                        {403, "caller_error"},
                                        {404, "bad_response"},
                                        {429, "rate_limited"},
                                        {500, "upstream_error"},
                                        {302, "bad_response"}}) {
    const Observation seen = judge("create_flat", refusal("training_file is missing", status));
    EXPECT_EQ(to_string(seen.outcome), outcome) << status;
    EXPECT_TRUE(seen.readings.empty()) << status;
    EXPECT_TRUE(seen.rules.empty()) << status;
  }
  Exchange cut = refusal("training_file is missing");
  cut.error = TransportError::kCutShort;
  EXPECT_EQ(to_string(judge("create_flat", cut).outcome), "truncated");
}

TEST(FineTuning, TellsARejectedKeyInEveryPart) {
  for (const char* part : {"supported", "jobs", "limits", "create_flat", "create_nested"}) {
    const Observation seen = judge(part, answer(401, R"({"error":{"message":"Unauthorized"}})"));
    EXPECT_EQ(verdict_of(seen), "unauthorized: HTTP 401: Unauthorized") << part;
    EXPECT_TRUE(seen.readings.empty()) << part;
    EXPECT_TRUE(std::holds_alternative<std::monostate>(seen.facts)) << part;
  }
}

TEST(FineTuning, JudgesEveryPrefixOfAnAnswer) {
  for (const auto& [part, body] :
       {std::pair<std::string, std::string>{"supported", R"({"models":["a/b","c/d"]})"},
        {"jobs", R"({"data":[{"id":"j1","status":"running"}]})"},
        {"limits", R"({"full_training":{"max_batch_size":16}})"}}) {
    for (std::size_t size = 0; size < body.size(); ++size) {
      const Observation seen = judge(part, answer(200, body.substr(0, size)));
      EXPECT_EQ(to_string(seen.outcome), "bad_response") << part << size;
    }
  }
}

}  // namespace
}  // namespace together
