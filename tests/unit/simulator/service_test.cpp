#include "simulator/service.h"

#include <filesystem>
#include <fstream>

#include "tests/unit/simulator/bench.h"

namespace together::simulator {
namespace {

using namespace std::chrono_literals;

const std::map<std::string, std::string> kNoKey;
const std::map<std::string, std::string> kBadKey{{"authorization", "Bearer bad-key"}};

TEST(Service, ListsTheGeneratedCatalogueAndTheScenariosModels) {
  EXPECT_EQ(Json::parse(body_of(Bench().get("/v1/models"))).size(), 283U);
}
TEST(Service, FiltersServerless) {
  EXPECT_EQ(Json::parse(body_of(Bench().get("/v1/models?serverless=true"))).size(), 104U);
  EXPECT_EQ(Json::parse(body_of(Bench().get("/v1/models?serverless"))).size(), 104U);
  EXPECT_EQ(Json::parse(body_of(Bench().get("/v1/models?serverless=false"))).size(), 283U);
}
TEST(Service, TheListNeedsAKey) {
  Bench bench;
  const Script script = bench.send("GET", "/v1/models", "", kNoKey);
  EXPECT_EQ(script.status, 401);
  EXPECT_EQ(body_of(script), R"({"error":{"message":"Unauthorized"}})");
  EXPECT_EQ(header_of(script, "x-api-received"), "");
}
TEST(Service, ChatNeedsAKeyBeforeAModel) {
  Bench bench;
  const Script script =
      bench.send("POST", "/v1/chat/completions", Bench::chat_body("no/such"), kBadKey);
  EXPECT_EQ(script.status, 401);
  EXPECT_EQ(Json::parse(body_of(script))["error"]["code"], "invalid_api_key");
  EXPECT_EQ(header_of(script, "x-inference-version"), "");
}
TEST(Service, TakesOnlyTheOneKeyWhereOneIsGiven) {
  ServiceOptions options;
  options.key = "bad-but-ours";
  Bench bench("", std::move(options));
  EXPECT_EQ(bench.send("GET", "/v1/whoami", "", {{"authorization", "Bearer bad-but-ours"}}).status,
            200);
  EXPECT_EQ(bench.get("/v1/whoami").status, 401);
}
TEST(Service, WhoamiNamesAProject) {
  EXPECT_EQ(body_of(Bench().get("/v1/whoami")), R"({"project_id":"proj_simulated"})");
}
TEST(Service, OtherPathsAre404WithAMessage) {
  const Script script = Bench().get("/v1/usage");
  EXPECT_EQ(script.status, 404);
  EXPECT_EQ(body_of(script), R"({"message":"Route GET:/v1/usage not found"})");
}
TEST(Service, ABodyThatIsNoJsonIs400) {
  const Script script = Bench().post("/v1/chat/completions", "{");
  EXPECT_EQ(script.status, 400);
  EXPECT_EQ(header_of(script, "x-inference-version"), "");
}
TEST(Service, ARequestMadeToBeRefusedTellsWhetherTheModelIsLive) {
  const auto refusable = [](const std::string& model, const std::string& content) {
    return R"({"model":")" + model + R"(","messages":[{"role":"user","content":)" + content +
           R"(}],"max_tokens":1,"logprobs":"refuse this"})";
  };
  const std::string image =
      R"([{"type":"text","text":"hi"},{"type":"image_url","image_url":{"url":"data:,"}}])";
  Bench bench("events: [{at: 0s, action: dedicated_only, model: c/d}]");
  for (const std::string& content : {image, std::string(R"("hi")")}) {
    const Script live = bench.post("/v1/chat/completions", refusable("a/b", content));
    EXPECT_EQ(live.status, 400);
    EXPECT_EQ(header_of(live, "x-inference-version"), "v2");
    EXPECT_TRUE(Json::parse(body_of(live))["error"]["code"].is_null());
    const Script dedicated = bench.post("/v1/chat/completions", refusable("c/d", content));
    EXPECT_EQ(dedicated.status, 400);
    EXPECT_EQ(header_of(dedicated, "x-inference-version"), "");
    EXPECT_EQ(Json::parse(body_of(dedicated))["error"]["code"], "model_not_available");
    const Script unknown = bench.post("/v1/chat/completions", refusable("no/such", content));
    EXPECT_EQ(unknown.status, 404);
    EXPECT_EQ(header_of(unknown, "x-inference-version"), "");
  }
}
TEST(Service, WhatIsRefusedTakesNoTurn) {
  Bench bench("events: [{at: 0s, action: flap, model: a/b, rate: 0.5}]");
  EXPECT_EQ(bench.chat("a/b").status, 200);
  EXPECT_EQ(bench.post("/v1/chat/completions", R"({"model":"a/b","messages":[]})").status, 400);
  EXPECT_EQ(bench.chat("a/b").status, 503);
}
TEST(Service, ASpendLimitStopsChatAndNotTheList) {
  Bench bench("events: [{at: 0s, action: spend_limit}]");
  EXPECT_EQ(bench.chat("a/b").status, 402);
  EXPECT_EQ(bench.get("/v1/models").status, 200);
}
TEST(Service, ARejectedKeyStopsEverythingButTheDocs) {
  Bench bench("events: [{at: 0s, action: reject_key}]");
  EXPECT_EQ(bench.chat("a/b").status, 401);
  EXPECT_EQ(bench.get("/v1/models").status, 401);
  EXPECT_EQ(bench.get("/docs/deprecations.md").status, 200);
}
TEST(Service, AnOutageStopsTheListToo) {
  Bench bench("events: [{at: 0s, action: fail_all, status: 521, for: 1m}]");
  EXPECT_EQ(bench.get("/v1/models").status, 521);
  EXPECT_EQ(body_of(bench.chat("a/b")), "error code: 521");
  bench.running = 1min;
  EXPECT_EQ(bench.chat("a/b").status, 200);
}
TEST(Service, A503OfTheListHasNoHeadersFromBehindTheGateway) {
  Bench bench("events: [{at: 0s, action: fail_all, status: 503}]");
  EXPECT_EQ(header_of(bench.get("/v1/models"), "x-inference-version"), "");
  EXPECT_EQ(header_of(bench.chat("a/b"), "x-inference-version"), "v2");
}
TEST(Service, AHangSendsNotEvenAHead) {
  Bench bench("events: [{at: 0s, action: fail_all, status: hang}]");
  EXPECT_EQ(bench.chat("a/b").status, 0);
  EXPECT_EQ(bench.chat("a/b").ending, Ending::kHang);
}
TEST(Service, ARateLimitOfAllIsTheAccounts) {
  Bench bench("events: [{at: 0s, action: rate_limit, retry_after: 7s}]");
  EXPECT_EQ(bench.chat("a/b").status, 429);
  EXPECT_EQ(header_of(bench.chat("a/b"), "retry-after"), "7");
  EXPECT_EQ(bench.get("/v1/models").status, 200);
}
TEST(Service, ScenarioTimeCanRunFaster) {
  ServiceOptions options;
  options.time_scale = 60;
  Bench bench("events: [{at: 2m, action: remove, model: a/b}]", std::move(options));
  bench.running = 1s;
  EXPECT_EQ(bench.chat("a/b").status, 200);
  bench.running = 2s;
  EXPECT_EQ(bench.chat("a/b").status, 404);
}
TEST(Service, AnImpossibleScenarioIsNamed) {
  ServiceOptions options;
  options.scenario = *parse_scenario("events: [{at: 0s, action: remove, model: no/such}]", "s.yml");
  options.scenario_name = "s.yml";
  const auto service = Service::make(std::move(options));
  ASSERT_FALSE(service);
  EXPECT_EQ(service.error().message,
            "s.yml:1: model: \"no/such\" is neither in the catalogue nor added before");
}

TEST(Admin, AnEventHappensAtOnce) {
  Bench bench;
  EXPECT_EQ(bench.post("/admin/event", R"({"action":"remove","model":"a/b"})").status, 200);
  EXPECT_EQ(bench.chat("a/b").status, 404);
}
TEST(Admin, AnEventNeedsNoKey) {
  Bench bench;
  EXPECT_EQ(bench.send("POST", "/admin/event", R"({"action":"reject_key"})", kNoKey).status, 200);
}
TEST(Admin, ABadEventIs400WithASentence) {
  const Script script = Bench().post("/admin/event", R"({"action":"remove","model":"a/b","x":1})");
  EXPECT_EQ(script.status, 400);
  EXPECT_EQ(Json::parse(body_of(script))["error"], "remove: unknown key \"x\"");
}
TEST(Admin, AnEventForAnUnknownModelIs400) {
  const Script script = Bench().post("/admin/event", R"({"action":"remove","model":"no/such"})");
  EXPECT_EQ(script.status, 400);
  EXPECT_EQ(Json::parse(body_of(script))["error"],
            "model: \"no/such\" is neither in the catalogue nor added before");
}
TEST(Admin, AnEventsDurationCountsFromNow) {
  Bench bench;
  bench.running = 10min;
  bench.post("/admin/event", R"({"action":"fail_all","status":503,"for":"1m"})");
  EXPECT_EQ(bench.chat("a/b").status, 503);
  bench.running = 11min;
  EXPECT_EQ(bench.chat("a/b").status, 200);
}
TEST(Admin, AdvanceMovesTime) {
  Bench bench("events: [{at: 5m, action: remove, model: a/b}]");
  EXPECT_EQ(body_of(bench.post("/admin/advance?by=5m")), "{\"time\":\"5m\"}\n");
  EXPECT_EQ(bench.chat("a/b").status, 404);
}
TEST(Admin, AdvanceNeedsADuration) {
  EXPECT_EQ(Bench().post("/admin/advance?by=soon").status, 400);
  EXPECT_EQ(Bench().post("/admin/advance").status, 400);
}
TEST(Admin, ResetStartsAgain) {
  Bench bench("events: [{at: 5m, action: remove, model: a/b}]");
  bench.running = 6min;
  EXPECT_EQ(bench.chat("a/b").status, 404);
  bench.post("/admin/reset");
  EXPECT_EQ(bench.state()["requests_total"], 0);
  EXPECT_EQ(bench.chat("a/b").status, 200);
  bench.running = 11min;
  EXPECT_EQ(bench.chat("a/b").status, 404);
}
TEST(Admin, StateCountsRequests) {
  Bench bench;
  bench.chat("a/b");
  bench.chat("a/b");
  bench.chat("no/such");
  const Json state = bench.state();
  EXPECT_EQ(state["requests_total"], 3);
  EXPECT_EQ(state["requests"].dump(),
            R"([{"path":"/v1/chat/completions","model":"a/b","status":200,"count":2},)"
            R"({"path":"/v1/chat/completions","model":"no/such","status":404,"count":1}])");
}
TEST(Admin, StateTellsOfTouchedModels) {
  Bench bench(
      "events: [{at: 0s, action: announce, model: a/b, date: 2026-12-24, replacement: c/d}]");
  const Json model = bench.state()["models"]["a/b"];
  EXPECT_EQ(model["standing"], "served");
  EXPECT_EQ(model["retirement"].dump(), R"({"date":"2026-12-24","replacement":"c/d"})");
}
TEST(Admin, StateTellsOfWhatThePageSays) {
  Bench bench(
      "events:\n  - {at: 0s, action: announce_redirect, model: a/b, to: c/d, as: A B}\n"
      "  - {at: 0s, action: announce, model: a/b, date: 2026-12-24, surface: fine_tuning}\n"
      "  - {at: 0s, action: rename_answer, model: a/b, as: a/b-2}\n"
      "  - {at: 0s, action: page, mode: cut}\n");
  const Json state = bench.state();
  const Json& model = state["models"]["a/b"];
  EXPECT_EQ(model["redirect_row"].dump(), R"({"from":"A B","to":"c/d"})");
  EXPECT_EQ(model["fine_tuning_retirement"].dump(), R"({"date":"2026-12-24","replacement":""})");
  EXPECT_FALSE(model.contains("retirement"));
  EXPECT_EQ(model["answers_as"], "a/b-2");
  EXPECT_EQ(state["account"]["page"], "cut");
}
TEST(Admin, StateSurvivesBytesThatAreNoText) {
  Bench bench;
  bench.get("/v1/\xff\xfe\n");
  EXPECT_EQ(bench.get("/admin/state").status, 200);
}
TEST(Admin, UnknownPathsAndMethodsAreRefused) {
  EXPECT_EQ(Bench().get("/admin/nothing").status, 404);
  EXPECT_EQ(Bench().get("/admin/reset").status, 405);
  EXPECT_EQ(Bench().post("/admin/state").status, 405);
}

constexpr const char* kRecordings = TE_SOURCE_DIR "/../shared/data/together";

ServiceOptions replaying() {
  ServiceOptions options;
  options.replay = *Replay::load(kRecordings);
  return options;
}

#define NEEDS_RECORDINGS() \
  if (!std::filesystem::exists(kRecordings)) GTEST_SKIP() << "no recordings at " << kRecordings

TEST(ServiceReplay, RecordedModelsAnswerAsRecorded) {
  NEEDS_RECORDINGS();
  auto service = Service::make(replaying());
  ASSERT_TRUE(service);
  const Request request{"POST",
                        "/v1/chat/completions",
                        {},
                        {{"authorization", "Bearer k"}},
                        Bench::chat_body("openai/gpt-oss-120b")};
  EXPECT_NE(body_of((*service)->answer(request, {})).find("omJK5HV-z1gNr-a04673731d64a2b4"),
            std::string::npos);
}
TEST(ServiceReplay, BadInputOverridesARecording) {
  NEEDS_RECORDINGS();
  Bench bench("", replaying());
  const Script script = bench.post(
      "/v1/chat/completions", R"({"model":"openai/gpt-oss-120b","messages":[],"max_tokens":1})");
  EXPECT_EQ(script.status, 400);
  EXPECT_EQ(header_of(script, "x-inference-version"), "v2");
}
TEST(ServiceReplay, ThePageCanFail) {
  NEEDS_RECORDINGS();
  Bench bench("", replaying());
  const std::string path = "/docs/deprecations.md?file=deprecations.md";
  const auto rows = [&] {
    const std::string body = body_of(bench.get(path));
    int count = 0;
    for (std::size_t at = 0; (at = body.find("\n| 20", at)) != std::string::npos; ++at) ++count;
    return count;
  };
  EXPECT_EQ(rows(), 316);
  bench.post("/admin/event", R"({"action":"page","mode":"shrink","fraction":0.25})");
  EXPECT_EQ(rows(), 237);
  bench.post("/admin/event", R"({"action":"page","mode":"empty"})");
  EXPECT_EQ(rows(), 105);
}
TEST(ServiceReplay, EachPageKeepsItsOwnVersion) {
  NEEDS_RECORDINGS();
  Bench bench("", replaying());
  const std::string path = "/docs/deprecations.md?file=";
  const std::string etag = header_of(bench.get(path + "deprecations.md"), "etag");
  EXPECT_NE(header_of(bench.get(path + "deprecations_2025-11.md"), "etag"), etag);
  EXPECT_EQ(bench.send("GET", path + "deprecations.md", "", {{"if-none-match", etag}}).status, 304);
}
TEST(ServiceReplay, AnEventOverridesARecording) {
  NEEDS_RECORDINGS();
  Bench bench("", replaying());
  EXPECT_EQ(bench.chat("openai/gpt-oss-120b").status, 200);
  bench.post("/admin/event", R"({"action":"remove","model":"openai/gpt-oss-120b"})");
  EXPECT_EQ(bench.chat("openai/gpt-oss-120b").status, 404);
}
TEST(ServiceReplay, OtherModelsAnswerAsTheListsSay) {
  NEEDS_RECORDINGS();
  Bench bench("", replaying());
  EXPECT_EQ(bench.chat("Qwen/Qwen3.5-9B").status, 200);
  EXPECT_EQ(bench.chat("Qwen/Qwen2.5-14B-Instruct").status, 400);
  EXPECT_EQ(bench.chat("no/such").status, 404);
}
TEST(ServiceReplay, ErrorsCanBeHadByModelAndByHeader) {
  NEEDS_RECORDINGS();
  Bench bench("", replaying());
  EXPECT_EQ(bench.chat("replay-error/14").status, 521);
  EXPECT_EQ(bench.send("GET", "/v1/models", "", {{"x-replay-error", "1"}}).status, 401);
  EXPECT_EQ(bench.chat("replay-error/99").status, 400);
}

}  // namespace
}  // namespace together::simulator
