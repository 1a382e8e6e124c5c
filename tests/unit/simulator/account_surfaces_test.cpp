// Batches, fine-tuning and endpoints as a client sees them.
#include "tests/unit/simulator/bench.h"

namespace together::simulator {
namespace {

Json parsed(const Script& script) { return Json::parse(body_of(script)); }

Json with_id(const Json& items, const std::string& id) {
  for (const auto& item : items) {
    if (item["id"] == id) return item;
  }
  return nullptr;
}

std::string complaint(Bench& bench, const std::string& body) {
  const Script script = bench.post("/v1/fine-tunes", body);
  EXPECT_EQ(script.status, 400);
  return parsed(script)["error"]["message"];
}

TEST(Batches, AreABareArray) {
  const Json jobs = parsed(Bench().get("/v1/batches"));
  ASSERT_TRUE(jobs.is_array());
  EXPECT_EQ(jobs[0]["status"], "COMPLETED");
  EXPECT_EQ(jobs[0]["progress"], 100);
  EXPECT_TRUE(jobs[1]["output_file_id"].is_null());
}
TEST(Batches, ErrorsAreText) {
  const Script script = Bench().send("GET", "/v1/batches", "", {});
  EXPECT_EQ(script.status, 401);
  EXPECT_EQ(body_of(script), R"({"error":"Unauthorized"})");
}
TEST(Batches, AnEventChangesAndAddsJobs) {
  Bench bench(
      "events:\n  - {at: 0s, action: batch, id: batch_77d20b9e, status: EXPIRED}\n"
      "  - {at: 0s, action: batch, id: batch_new, status: QUEUED}\n");
  const Json jobs = parsed(bench.get("/v1/batches"));
  EXPECT_EQ(with_id(jobs, "batch_77d20b9e")["status"], "EXPIRED");
  EXPECT_EQ(with_id(jobs, "batch_new")["status"], "QUEUED");
  EXPECT_EQ(jobs.size(), 4U);
}

TEST(FineTunes, SupportedModelsFollowEvents) {
  Bench bench;
  const auto supported = [&](const std::string& model) {
    const Json models = parsed(bench.get("/v1/fine-tunes/models/supported"))["models"];
    return std::find(models.begin(), models.end(), model) != models.end();
  };
  EXPECT_TRUE(supported("openai/gpt-oss-20b"));
  EXPECT_FALSE(supported("black-forest-labs/FLUX.2-dev"));
  bench.post("/admin/event",
             R"({"action":"fine_tunable","model":"openai/gpt-oss-20b","supported":false})");
  EXPECT_FALSE(supported("openai/gpt-oss-20b"));
  EXPECT_EQ(bench.get("/v1/fine-tunes/models/limits?model_name=openai%2Fgpt-oss-20b").status, 404);
}
TEST(FineTunes, LimitsAreTheModels) {
  Bench bench;
  const Json limits =
      parsed(bench.get("/v1/fine-tunes/models/limits?model_name=openai%2Fgpt-oss-20b"));
  EXPECT_EQ(limits["lora_training"]["max_rank"], 64);
  EXPECT_EQ(limits["supports_reasoning"], true);
  EXPECT_EQ(limits["max_num_checkpoints"], 10);
}
TEST(FineTunes, LimitsOfAnUnknownModelAre404) {
  Bench bench;
  const Script script = bench.get("/v1/fine-tunes/models/limits?model_name=no%2Fsuch");
  EXPECT_EQ(script.status, 404);
  EXPECT_EQ(body_of(script), R"({"message":"No fine-tuning limits found for model no/such"})");
  EXPECT_EQ(bench.get("/v1/fine-tunes/models/limits").status, 404);
}
TEST(FineTunes, JobsHaveSeveralStatuses) {
  Bench bench("events: [{at: 0s, action: fine_tune_job, id: ft-91d7aa20, status: user_error}]");
  const Json jobs = parsed(bench.get("/v1/fine-tunes"))["data"];
  EXPECT_EQ(jobs.size(), 4U);
  EXPECT_EQ(with_id(jobs, "ft-5b1f0c3e")["status"], "completed");
  EXPECT_EQ(with_id(jobs, "ft-91d7aa20")["status"], "user_error");
}
TEST(FineTunes, TheFlatFormIsKnown) {
  Bench bench;
  EXPECT_EQ(complaint(bench, R"({"model":"a/b","n_epochs":1,"training_type":{"type":"Lora"}})"),
            "Missing required parameter: training_file");
  EXPECT_EQ(complaint(bench, R"({"model":"a/b","hyperparameters":{"n_epochs":1}})"),
            "Unknown parameter: hyperparameters");
}
TEST(FineTunes, TheNestedFormCanBecomeTheKnownOne) {
  Bench bench("events: [{at: 0s, action: fine_tuning, form: nested}]");
  EXPECT_EQ(complaint(bench, R"({"model":"a/b","hyperparameters":{"n_epochs":1}})"),
            "Missing required parameter: training_file");
  EXPECT_EQ(complaint(bench, R"({"model":"a/b","n_epochs":1})"), "Unknown parameter: n_epochs");
  EXPECT_EQ(complaint(bench, R"({"model":"a/b","hyperparameters":{"epochs":1}})"),
            "Unknown parameter: hyperparameters.epochs");
}
TEST(FineTunes, FurtherFieldsCanBeRequired) {
  Bench bench(
      "events: [{at: 0s, action: fine_tuning, form: flat, required: [training_type, tier]}]");
  EXPECT_EQ(complaint(bench, R"({"model":"a/b"})"),
            "Missing required parameters: training_type, tier, training_file");
  EXPECT_EQ(complaint(bench, R"({"model":"a/b","training_type":{},"tier":"x"})"),
            "Missing required parameter: training_file");
}
TEST(FineTunes, NoJobStarts) {
  Bench bench;
  EXPECT_EQ(complaint(bench, R"({"model":"a/b","training_file":"file-1"})"),
            "File file-1 not found");
  EXPECT_EQ(complaint(bench, R"({"model":"no/such","training_file":"file-1"})"),
            "Model no/such is not supported for fine-tuning");
  EXPECT_EQ(complaint(bench, R"({"model":5,"training_file":"file-1"})"),
            "Could not create the FineTune object (Binding)");
  EXPECT_EQ(complaint(bench, "{"), "Could not create the FineTune object (Binding)");
}

TEST(Endpoints, AreListedWithTheirHardware) {
  const Json body = parsed(Bench().get("/v1/endpoints"));
  EXPECT_EQ(body["object"], "list");
  EXPECT_EQ(body["data"][0]["state"], "STARTED");
  EXPECT_EQ(body["data"][0]["type"], "dedicated");
  EXPECT_EQ(body["data"][0]["hardware"], "8x_nvidia_h100_80gb_sxm");
  EXPECT_EQ(body["data"][1]["state"], "STOPPED");
}
TEST(Endpoints, HardwareHasAPrice) {
  const Json body = parsed(Bench().get("/v1/hardware"));
  EXPECT_EQ(with_id(body["data"], "8x_nvidia_h100_80gb_sxm")["pricing"].dump(),
            R"({"cents_per_minute":44})");
  EXPECT_EQ(with_id(body["data"], "8x_nvidia_h100_80gb_sxm")["specs"]["gpu_count"], 8);
}
TEST(Endpoints, AnEventChangesAndAddsThem) {
  Bench bench(
      "events:\n  - {at: 0s, action: endpoint, id: endpoint-a60e83b5, state: STARTED}\n"
      "  - {at: 0s, action: endpoint, id: e-new, model: a/b, hardware: 2x_new, cents_per_minute: "
      "9.5}\n");
  const Json endpoints = parsed(bench.get("/v1/endpoints"))["data"];
  EXPECT_EQ(with_id(endpoints, "endpoint-a60e83b5")["state"], "STARTED");
  EXPECT_EQ(with_id(endpoints, "endpoint-a60e83b5")["model"], "Qwen/Qwen2.5-72B-Instruct-Turbo");
  EXPECT_EQ(with_id(endpoints, "e-new")["model"], "a/b");
  EXPECT_EQ(with_id(endpoints, "e-new")["state"], "STARTED");
  EXPECT_EQ(with_id(parsed(bench.get("/v1/hardware"))["data"], "2x_new")["pricing"].dump(),
            R"({"cents_per_minute":9.5})");
}

TEST(AccountSurfaces, NeedAKeyAndFailWithTheRest) {
  Bench bench;
  for (const char* path :
       {"/v1/batches", "/v1/fine-tunes", "/v1/fine-tunes/models/supported",
        "/v1/fine-tunes/models/limits", "/v1/endpoints", "/v1/hardware", "/v1/whoami"}) {
    EXPECT_EQ(bench.send("GET", path, "", {}).status, 401) << path;
  }
  bench.post("/admin/event", R"({"action":"fail_all","status":500})");
  EXPECT_EQ(bench.get("/v1/endpoints").status, 500);
}
TEST(AccountSurfaces, HaveTheHeadersOfTheEdgeOnly) {
  const Script script = Bench().get("/v1/batches");
  EXPECT_EQ(header_of(script, "server"), "cloudflare");
  EXPECT_EQ(header_of(script, "x-api-received"), "");
}

}  // namespace
}  // namespace together::simulator
