#include <gtest/gtest.h>

#include "simulator/chat.h"
#include "tests/unit/simulator/builders.h"

namespace together::simulator {
namespace {

const std::string kTools =
    R"("tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object",)"
    R"("properties":{"city":{"type":"string"},"unit":{"type":"string","enum":["C","F"]},)"
    R"("days":{"type":"integer","minimum":5}},"required":["city","unit"]}}},)"
    R"({"type":"function","function":{"name":"other"}}])";
const std::string kForced =
    R"("tool_choice":{"type":"function","function":{"name":"get_weather"}})";

Script ask(const std::string& members, int shape = 1) {
  const auto request = parse_chat_request(
      R"({"model":"a/b","messages":[{"role":"user","content":"hi"}],)" + members + "}");
  if (!request) {
    ADD_FAILURE() << request.error().message;
    return {};
  }
  return answer_chat(world_of("", {chat_model("a/b", shape)}), *request, {1, 0, kNoon});
}

Json choice_of(const Script& script) { return Json::parse(body_of(script))["choices"][0]; }

/// The data of a stream's events but [DONE].
std::vector<Json> chunks_of(const Script& script) {
  std::vector<Json> chunks;
  for (const auto& part : script.parts) {
    if (part.bytes != "data: [DONE]\n\n") chunks.push_back(Json::parse(part.bytes.substr(6)));
  }
  return chunks;
}

/// The pieces of calls in a stream.
std::vector<Json> calls_of(const Script& script) {
  std::vector<Json> calls;
  for (const auto& chunk : chunks_of(script)) {
    if (chunk["choices"].empty()) continue;
    const Json& delta = chunk["choices"][0]["delta"];
    if (delta.contains("tool_calls") && delta["tool_calls"].is_array()) {
      calls.push_back(delta["tool_calls"][0]);
    }
  }
  return calls;
}

TEST(ChatTools, AForcedCallHasNoContent) {
  const Json choice = choice_of(ask(kTools + "," + kForced));
  EXPECT_TRUE(choice["message"]["content"].is_null());
  EXPECT_EQ(choice["finish_reason"], "tool_calls");
}
TEST(ChatTools, AForcedCallNamesTheFunction) {
  const Json call = choice_of(ask(kTools + "," + kForced))["message"]["tool_calls"][0];
  EXPECT_EQ(call["type"], "function");
  EXPECT_EQ(call["index"], 0);
  EXPECT_EQ(call["function"]["name"], "get_weather");
  EXPECT_TRUE(call["id"].get<std::string>().starts_with("call_"));
  EXPECT_EQ(call["id"].get<std::string>().size(), 29U);
}
TEST(ChatTools, TheArgumentsFitTheFunctionsSchema) {
  const Json call = choice_of(ask(kTools + "," + kForced))["message"]["tool_calls"][0];
  EXPECT_EQ(Json::parse(call["function"]["arguments"].get<std::string>()),
            Json::parse(R"({"city":"harbor","days":5,"unit":"C"})"));
}
TEST(ChatTools, AFunctionWithoutParametersGetsAnEmptyObject) {
  const std::string other = R"("tool_choice":{"type":"function","function":{"name":"other"}})";
  const Json call = choice_of(ask(kTools + "," + other))["message"]["tool_calls"][0];
  EXPECT_EQ(call["function"]["arguments"], "{}");
}
TEST(ChatTools, RequiredCallsTheFirstFunction) {
  const Json choice = choice_of(ask(kTools + R"(,"tool_choice":"required")"));
  EXPECT_EQ(choice["message"]["tool_calls"][0]["function"]["name"], "get_weather");
}
TEST(ChatTools, AModelLeftToItselfAnswersInWords) {
  for (const char* members : {"", R"(,"tool_choice":"auto")", R"(,"tool_choice":"none")"}) {
    const Json choice = choice_of(ask(kTools + members));
    EXPECT_EQ(choice["message"]["tool_calls"], Json::array()) << members;
    EXPECT_TRUE(choice["message"]["content"].is_string()) << members;
    EXPECT_EQ(choice["finish_reason"], "stop") << members;
  }
}
TEST(ChatTools, MaxTokensCutsTheArguments) {
  const Json choice = choice_of(ask(kTools + "," + kForced + R"(,"max_tokens":2)"));
  EXPECT_EQ(choice["message"]["tool_calls"][0]["function"]["arguments"], R"({"city":)");
  EXPECT_EQ(choice["finish_reason"], "length");
}
TEST(ChatTools, UsageCountsTheArguments) {
  const Json body = Json::parse(body_of(ask(kTools + "," + kForced)));
  EXPECT_EQ(body["usage"]["completion_tokens"], 10);
}
TEST(ChatTools, AStreamNamesTheFunctionFirst) {
  const auto calls = calls_of(ask(kTools + "," + kForced + R"(,"stream":true)"));
  ASSERT_GE(calls.size(), 3U);
  EXPECT_EQ(calls[0]["function"]["name"], "get_weather");
  EXPECT_EQ(calls[0]["function"]["arguments"], "");
  EXPECT_TRUE(calls[0]["id"].is_string());
  EXPECT_TRUE(calls[1]["id"].is_null());
  EXPECT_TRUE(calls[1]["function"]["name"].is_null());
}
TEST(ChatTools, TheStreamedPiecesAreTheArguments) {
  for (int shape = 1; shape <= kShapes; ++shape) {
    std::string arguments;
    for (const auto& call : calls_of(ask(kTools + "," + kForced + R"(,"stream":true)", shape))) {
      arguments += call["function"]["arguments"].get<std::string>();
    }
    EXPECT_EQ(Json::parse(arguments), Json::parse(R"({"city":"harbor","days":5,"unit":"C"})"))
        << shape;
  }
}
TEST(ChatTools, AStreamedCallFinishesWithToolCalls) {
  std::string reasons;
  for (const auto& chunk : chunks_of(ask(kTools + "," + kForced + R"(,"stream":true)"))) {
    if (chunk["choices"].empty() || chunk["choices"][0]["finish_reason"].is_null()) continue;
    reasons += chunk["choices"][0]["finish_reason"].get<std::string>();
  }
  EXPECT_EQ(reasons, "tool_calls");
}
TEST(ChatTools, AFunctionThatIsNotGivenIsRefused) {
  const Script script =
      ask(kTools + R"(,"tool_choice":{"type":"function","function":{"name":"no"}})");
  EXPECT_EQ(script.status, 400);
}
TEST(ChatTools, WrongToolsAreRefused) {
  EXPECT_EQ(ask(R"("tools":{})").status, 400);
  EXPECT_EQ(ask(kTools + R"(,"tool_choice":7)").status, 400);
  EXPECT_EQ(ask(kTools + R"(,"tool_choice":"always")").status, 400);
  EXPECT_EQ(ask(R"("tool_choice":"required")").status, 400);
}

}  // namespace
}  // namespace together::simulator
