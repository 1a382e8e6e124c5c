#include "simulator/stream.h"

#include "tests/unit/simulator/builders.h"

namespace together::simulator {
namespace {

using namespace std::chrono_literals;

constexpr Pace kPace{100ms, 10ms};

std::vector<Chunk> chunks(int shape, int tokens = 3) {
  const Completion completion = complete(chat_model("a/b"), {}, tokens);
  return stream_chunks(completion, {"a/b", shape, usual_usage_place(shape), 6, {1, 0, kNoon}});
}

Script script(BreakMode breakage, int shape = 1) {
  return stream_script(chunks(shape), {{"content-type", kEventStream}}, kPace, breakage);
}

std::size_t times(const std::string& text, const std::string& piece) {
  std::size_t n = 0;
  for (auto at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1)) ++n;
  return n;
}

TEST(Complete, CutsAtTheLimit) {
  ChatRequest request;
  request.max_tokens = 2;
  const Completion completion = complete(chat_model("a/b"), request, 24);
  EXPECT_EQ(completion.tokens(), 2);
  EXPECT_EQ(completion.finish_reason, "length");
}
TEST(Complete, StopsByItself) {
  EXPECT_EQ(complete(chat_model("a/b"), {}, 24).finish_reason, "stop");
}
TEST(Complete, AReasoningModelSpendsTheLimitOnThoughts) {
  Model model = chat_model("a/b");
  model.reasons = true;
  ChatRequest request;
  request.max_tokens = 1;
  const Completion completion = complete(model, request, 24);
  EXPECT_EQ(completion.reasoning.size(), 1U);
  EXPECT_TRUE(completion.answer.empty());
}

TEST(StreamChunks, Shape1StartsWithARoleChunk) {
  EXPECT_EQ(chunks(1).front().json["choices"][0].dump(),
            R"({"index":0,"text":"","logprobs":null,"finish_reason":null,)"
            R"("delta":{"token_id":null,"role":"assistant","content":"","reasoning":null}})");
}
TEST(StreamChunks, Shape1EndsWithUsageOnItsOwnChunk) {
  const Json last = chunks(1).back().json;
  EXPECT_EQ(last["choices"], Json::array());
  EXPECT_EQ(last["usage"].dump(), R"({"prompt_tokens":6,"total_tokens":9,"completion_tokens":3,)"
                                  R"("reasoning_tokens":0})");
}
TEST(StreamChunks, Shape2HasMatchedStopAndNullUsage) {
  const Json chunk = chunks(2)[1].json;
  EXPECT_TRUE(chunk["choices"][0].contains("matched_stop"));
  EXPECT_FALSE(chunk["choices"][0]["delta"].contains("reasoning"));
  EXPECT_TRUE(chunk.contains("usage") && chunk["usage"].is_null());
}
TEST(StreamChunks, Shape3SaysOnlyWhatItHasToSay) {
  Completion completion;
  completion.reasoning = {"The"};
  completion.finish_reason = "length";
  const auto made = stream_chunks(completion, {"a/b", 3, UsagePlace::kChunk, 6, {1, 0, kNoon}});
  EXPECT_EQ(
      made[0].json["choices"].dump(),
      R"([{"index":0,"delta":{"reasoning_content":"The"},"logprobs":null,"finish_reason":null}])");
  EXPECT_EQ(made[0].json["system_fingerprint"], "default");
  EXPECT_TRUE(made[0].json["id"].get<std::string>().starts_with("chatcmpl-"));
}
TEST(StreamChunks, Shape4HasNoUsageAtAll) {
  for (const auto& chunk : chunks(4)) EXPECT_FALSE(chunk.json.contains("usage"));
  EXPECT_EQ(chunks(4).back().json["choices"][0]["stop_reason"], 106);
}
TEST(StreamChunks, Shape5HasASeedAboveInt64AndUsageOnTheFinishChunk) {
  const Json last = chunks(5).back().json;
  EXPECT_GT(last["choices"][0]["seed"].get<std::uint64_t>(), 9223372036854775807U);
  EXPECT_EQ(last["choices"][0]["finish_reason"], "stop");
  EXPECT_EQ(last["usage"]["completion_tokens"], 3);
}
TEST(StreamChunks, EveryShapeHasExactlyOneFinishReason) {
  for (int shape = 1; shape <= kShapes; ++shape) {
    int reasons = 0;
    for (const auto& chunk : chunks(shape)) {
      const Json& choices = chunk.json["choices"];
      if (!choices.empty() && !choices[0]["finish_reason"].is_null()) ++reasons;
    }
    EXPECT_EQ(reasons, 1) << "shape " << shape;
  }
}

TEST(PlainAnswer, NamesTheModelAndCountsTokens) {
  const Completion completion = complete(chat_model("a/b"), {}, 2);
  const Json body = plain_answer(completion, {"a/b", 1, UsagePlace::kChunk, 6, {1, 0, kNoon}});
  EXPECT_EQ(body["object"], "chat.completion");
  EXPECT_EQ(body["model"], "a/b");
  EXPECT_EQ(body["choices"][0]["message"]["content"], "Hello!");
  EXPECT_EQ(body["choices"][0]["finish_reason"], "stop");
  EXPECT_EQ(body["usage"]["total_tokens"], 8);
}
TEST(PlainAnswer, Shape4HasNoFinishReason) {
  const Json body = plain_answer(complete(chat_model("a/b"), {}, 2),
                                 {"a/b", 4, UsagePlace::kNone, 6, {1, 0, kNoon}});
  EXPECT_FALSE(body["choices"][0].contains("finish_reason"));
}

TEST(StreamScript, EndsWithDone) {
  EXPECT_TRUE(body_of(script(BreakMode::kNone)).ends_with("}\n\ndata: [DONE]\n\n"));
}
TEST(StreamScript, KeepsThePace) {
  const Script made = script(BreakMode::kNone, 4);  // three tokens, finish, [DONE]
  EXPECT_EQ(made.head_after, 50ms);
  EXPECT_EQ(made.parts[0].after, 50ms);
  EXPECT_EQ(made.parts[1].after, 10ms);
  EXPECT_EQ(made.parts[2].after, 10ms);
  EXPECT_EQ(made.parts[3].after, 0ms);
}
TEST(StreamScript, TheHeadCanLeaveAtItsOwnTime) {
  const auto made = [](Duration first_byte) {
    return stream_script(chunks(1), {}, {300ms, 10ms, first_byte}, BreakMode::kNone);
  };
  EXPECT_EQ(made(0ms).head_after, 0ms);
  EXPECT_EQ(made(0ms).parts[1].after, 300ms);
  EXPECT_EQ(made(1s).head_after, 1s);
  EXPECT_EQ(made(1s).parts[1].after, 0ms);
}
TEST(StreamScript, TheRoleChunkComesWithTheHead) {
  EXPECT_EQ(script(BreakMode::kNone).parts[0].after, 0ms);
  EXPECT_EQ(script(BreakMode::kNone).parts[1].after, 50ms);
}
TEST(StreamScript, CutStopsInsideAnEvent) {
  const Script made = script(BreakMode::kCut);
  EXPECT_EQ(made.ending, Ending::kCut);
  EXPECT_FALSE(body_of(made).ends_with("\n\n"));
}
TEST(StreamScript, HangStopsBetweenEvents) {
  const Script made = script(BreakMode::kHang);
  EXPECT_EQ(made.ending, Ending::kHang);
  EXPECT_TRUE(body_of(made).ends_with("}\n\n"));
}
TEST(StreamScript, InBandErrorHasAFinishReasonErrorAndDone) {
  const std::string body = body_of(script(BreakMode::kInBandError));
  EXPECT_NE(body.find(R"("error":"[object Object]","finish_reason":"error")"), std::string::npos);
  EXPECT_TRUE(body.ends_with("data: [DONE]\n\n"));
}
TEST(StreamScript, NoDoneLeavesOnlyDoneOut) {
  EXPECT_EQ(body_of(script(BreakMode::kNoDone)) + "data: [DONE]\n\n",
            body_of(script(BreakMode::kNone)));
}
TEST(StreamScript, NoFinishHasNoFinishReason) {
  const std::string body = body_of(script(BreakMode::kNoFinish));
  EXPECT_EQ(body.find("\"stop\""), std::string::npos);
  EXPECT_TRUE(body.ends_with("data: [DONE]\n\n"));
}
TEST(StreamScript, BadJsonBreaksOneEvent) {
  const Script made = script(BreakMode::kBadJson);
  int broken = 0;
  for (const auto& part : made.parts) {
    const std::string data = part.bytes.substr(6);
    if (data != "[DONE]\n\n" && !Json::accept(data)) ++broken;
  }
  EXPECT_EQ(broken, 1);
}
TEST(StreamScript, DoneTwiceSaysItTwice) {
  EXPECT_EQ(times(body_of(script(BreakMode::kDoneTwice)), "data: [DONE]\n\n"), 2U);
}
TEST(StreamScript, HtmlIsAWebPage) {
  const Script made = script(BreakMode::kHtml);
  EXPECT_EQ(header_of(made, "content-type"), "text/html; charset=UTF-8");
  EXPECT_TRUE(body_of(made).starts_with("<!DOCTYPE html>"));
  EXPECT_EQ(made.status, 200);
}
TEST(StreamScript, WrongContentTypeHasTheRightBody) {
  const Script made = script(BreakMode::kWrongContentType);
  EXPECT_EQ(header_of(made, "content-type"), "application/json");
  EXPECT_EQ(body_of(made), body_of(script(BreakMode::kNone)));
}
TEST(StreamScript, EventErrorHasATopLevelError) {
  EXPECT_NE(body_of(script(BreakMode::kEventError)).find("event: error\ndata: {\"error\":{"),
            std::string::npos);
}

}  // namespace
}  // namespace together::simulator
