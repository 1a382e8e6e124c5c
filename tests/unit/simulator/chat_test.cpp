#include "simulator/chat.h"

#include "tests/unit/simulator/builders.h"

namespace together::simulator {
namespace {

using namespace std::chrono_literals;

ChatRequest asking(const std::string& model, bool stream = false) {
  ChatRequest request;
  request.model = model;
  request.stream = stream;
  request.max_tokens = 2;
  request.prompt_tokens = 6;
  return request;
}

Script ask(const World& world, const std::string& model, bool stream = false,
           std::uint64_t turn = 0) {
  return answer_chat(world, asking(model, stream), {1, turn, kNoon});
}

Json error_of(const Script& script) { return Json::parse(body_of(script))["error"]; }

TEST(Chat, AServedModelAnswersWithEveryHeader) {
  const Script script = ask(world_of(""), "a/b");
  EXPECT_EQ(script.status, 200);
  EXPECT_EQ(header_of(script, "x-inference-version"), "v2");
  EXPECT_EQ(header_of(script, "x-api-received"), "2026-11-21T12:00:00.000Z");
  EXPECT_EQ(header_of(script, "x-api-call-start"), "2026-11-21T12:00:00.010Z");
  EXPECT_EQ(header_of(script, "x-api-call-end"), "2026-11-21T12:00:00.170Z");
  EXPECT_EQ(header_of(script, "server"), "cloudflare");
  EXPECT_EQ(script.head_after, 160ms);
}
TEST(Chat, AStreamHasNoCallEnd) {
  const Script script = ask(world_of(""), "a/b", true);
  EXPECT_TRUE(script.streamed);
  EXPECT_EQ(header_of(script, "content-type"), "text/event-stream;charset=utf-8");
  EXPECT_EQ(header_of(script, "x-inference-version"), "v2");
  EXPECT_EQ(header_of(script, "x-api-call-end"), "");
}
TEST(Chat, AnUnknownModelIs404WithoutVersionHeader) {
  const Script script = ask(world_of(""), "no/such");
  EXPECT_EQ(script.status, 404);
  EXPECT_EQ(error_of(script)["code"], "model_not_available");
  EXPECT_EQ(error_of(script)["message"],
            "Unable to access model no/such. Please visit https://api.together.ai/models to view "
            "the list of supported models.");
  EXPECT_EQ(header_of(script, "x-inference-version"), "");
  EXPECT_NE(header_of(script, "x-api-received"), "");
}
TEST(Chat, ARemovedModelAnswersAsAnUnknownOne) {
  const World world = world_after("  - {at: 0s, action: remove, model: a/b}");
  EXPECT_EQ(ask(world, "a/b").status, 404);
}
TEST(Chat, ADedicatedModelIs400NonServerlessWithoutVersionHeader) {
  const Script script = ask(world_of(""), "x/dedicated");
  EXPECT_EQ(script.status, 400);
  EXPECT_EQ(error_of(script)["code"], "model_not_available");
  EXPECT_TRUE(error_of(script)["message"].get<std::string>().starts_with(
      "Unable to access non-serverless model x/dedicated."));
  EXPECT_EQ(header_of(script, "x-inference-version"), "");
}
TEST(Chat, AStoppedEndpointIs400) {
  const Script script = ask(world_after("  - {at: 0s, action: stop_endpoint, model: a/b}"), "a/b");
  EXPECT_EQ(script.status, 400);
  EXPECT_EQ(error_of(script)["code"], "dedicated_endpoint_not_running");
}
TEST(Chat, ABlockedModelIs403) {
  const Script script = ask(world_after("  - {at: 0s, action: block, model: a/b}"), "a/b");
  EXPECT_EQ(script.status, 403);
  EXPECT_EQ(error_of(script)["code"], "third_party_data_sharing_blocked");
}
TEST(Chat, AStreamingOnlyModelRefusesPlainRequests) {
  const World world = world_after("  - {at: 0s, action: streaming_only, model: a/b}");
  EXPECT_EQ(error_of(ask(world, "a/b"))["code"], "streaming_required");
  EXPECT_EQ(ask(world, "a/b", true).status, 200);
}
TEST(Chat, ARateLimitOfAModelSaysWhenToComeBack) {
  const World world = world_after("  - {at: 0s, action: rate_limit, model: a/b, retry_after: 30s}");
  const Script script = ask(world, "a/b");
  EXPECT_EQ(script.status, 429);
  EXPECT_EQ(header_of(script, "retry-after"), "30");
  EXPECT_EQ(header_of(script, "x-inference-version"), "");
  EXPECT_EQ(error_of(script)["type"], "model_rate_limit");
  EXPECT_EQ(ask(world, "c/d").status, 200);
}
TEST(Chat, ARateLimitCanNameADate) {
  const World world = world_after(
      "  - {at: 0s, action: rate_limit, model: a/b, retry_after: 30s, retry_after_as: date}");
  EXPECT_EQ(header_of(ask(world, "a/b"), "retry-after"), "Sat, 21 Nov 2026 12:00:30 GMT");
}
TEST(Chat, ARedirectNamesTheOtherModel) {
  const World world = world_after("  - {at: 0s, action: redirect, model: a/b, to: c/d}");
  EXPECT_EQ(Json::parse(body_of(ask(world, "a/b")))["model"], "c/d");
}
TEST(Chat, ARedirectToARemovedModelIs404) {
  const World world = world_after(
      "  - {at: 0s, action: redirect, model: a/b, to: c/d}\n"
      "  - {at: 0s, action: remove, model: c/d}\n");
  EXPECT_EQ(ask(world, "a/b").status, 404);
}
TEST(Chat, FlappingFailsTheWantedShare) {
  const World world = world_after("  - {at: 0s, action: flap, model: a/b, rate: 0.25}");
  int failed = 0;
  for (std::uint64_t turn = 0; turn < 40; ++turn) {
    failed += ask(world, "a/b", false, turn).status == 503 ? 1 : 0;
  }
  EXPECT_EQ(failed, 10);
}
TEST(Chat, AnEngineFailureComesFromBehindTheGateway) {
  const Script script = ask(world_after("  - {at: 0s, action: flap, model: a/b, rate: 1}"), "a/b");
  EXPECT_EQ(script.status, 503);
  EXPECT_EQ(header_of(script, "x-inference-version"), "v2");
  EXPECT_EQ(header_of(script, "x-api-retries"), "5");
}
TEST(Chat, BadInputForALiveModelComesFromBehindTheGateway) {
  ChatRequest request = asking("a/b");
  request.complaint = "Input validation error";
  const Script script = answer_chat(world_of(""), request, {1, 0, kNoon});
  EXPECT_EQ(script.status, 400);
  EXPECT_EQ(header_of(script, "x-inference-version"), "v2");
}
TEST(Chat, TheModelIsResolvedBeforeTheInput) {
  ChatRequest request = asking("x/dedicated");
  request.complaint = "Input validation error";
  const Script script = answer_chat(world_of(""), request, {1, 0, kNoon});
  EXPECT_EQ(error_of(script)["code"], "model_not_available");
}
TEST(Chat, AnUnknownModelIs404WhateverTheInput) {
  ChatRequest request = asking("no/such");
  request.complaint = "Input validation error";
  EXPECT_EQ(answer_chat(world_of(""), request, {1, 0, kNoon}).status, 404);
}
TEST(Chat, ARenamedAnswerDiffersInItsNameOnly) {
  const std::string rename = "  - {at: 0s, action: rename_answer, model: a/b, as: a/b-030424}";
  for (const bool stream : {false, true}) {
    std::string before = body_of(ask(world_of(""), "a/b", stream));
    const std::string after = body_of(ask(world_after(rename), "a/b", stream));
    const std::string name = R"("model":"a/b")";
    ASSERT_NE(before.find(name), std::string::npos);
    for (std::size_t at = 0; (at = before.find(name, at)) != std::string::npos; ++at) {
      before.replace(at, name.size(), R"("model":"a/b-030424")");
    }
    EXPECT_EQ(after, before);
  }
}
TEST(Chat, ARedirectedModelTakesTheRenamedOnesName) {
  const World world = world_after(
      "  - {at: 0s, action: rename_answer, model: c/d, as: c/d-030424}\n"
      "  - {at: 0s, action: redirect, model: a/b, to: c/d}\n");
  EXPECT_EQ(Json::parse(body_of(ask(world, "a/b")))["model"], "c/d-030424");
}
TEST(Chat, AnAnnouncedRedirectChangesNoAnswer) {
  const World world = world_after("  - {at: 0s, action: announce_redirect, model: a/b, to: c/d}");
  EXPECT_EQ(Json::parse(body_of(ask(world, "a/b")))["model"], "a/b");
}
TEST(Chat, AnImageModelDoesNotChat) {
  const World world = world_of("models: [{id: i/mage, type: image}]");
  EXPECT_EQ(ask(world, "i/mage").status, 400);
}
TEST(Chat, ShapesAreTakenInTurn) {
  const World world = world_after("  - {at: 0s, action: shape, model: a/b, shape: [1, 2]}");
  EXPECT_EQ(body_of(ask(world, "a/b", true, 0)).find("matched_stop"), std::string::npos);
  EXPECT_NE(body_of(ask(world, "a/b", true, 1)).find("matched_stop"), std::string::npos);
}
TEST(Chat, UsageCanBeTakenAway) {
  const World world = world_after("  - {at: 0s, action: shape, model: a/b, shape: 1, usage: none}");
  EXPECT_EQ(body_of(ask(world, "a/b", true)).find("prompt_tokens"), std::string::npos);
}
TEST(Chat, SlowChangesThePace) {
  const World world =
      world_after("  - {at: 0s, action: slow, model: a/b, first_token: 2s, token: 1s}");
  EXPECT_EQ(ask(world, "a/b").head_after, 3s);
}
TEST(Chat, BreakTouchesStreamsOnly) {
  const World world = world_after("  - {at: 0s, action: break_stream, model: a/b, mode: cut}");
  EXPECT_EQ(ask(world, "a/b", true).ending, Ending::kCut);
  EXPECT_EQ(ask(world, "a/b", false).ending, Ending::kComplete);
}
TEST(Chat, AVersionHeaderCanBeAddedAndChanged) {
  const World world = world_after(
      "  - {at: 0s, action: version_header, name: x-together-api-version, value: \"7\"}\n"
      "  - {at: 0s, action: version_header, name: x-inference-version, value: v3}\n");
  EXPECT_EQ(header_of(ask(world, "a/b"), "x-together-api-version"), "7");
  EXPECT_EQ(header_of(ask(world, "a/b"), "x-inference-version"), "v3");
}

}  // namespace
}  // namespace together::simulator
