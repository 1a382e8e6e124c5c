#include "simulator/chat_request.h"

#include <gtest/gtest.h>

namespace together::simulator {
namespace {

std::string complaint(const std::string& members) {
  const auto request = parse_chat_request(R"({"model":"a/b",)" + members + "}");
  return request ? request->complaint : "unreadable";
}

const std::string kHi = R"("messages":[{"role":"user","content":"hi"}])";

TEST(ChatRequest, ReadsModelStreamAndLimit) {
  const auto request = parse_chat_request(
      R"({"model":"a/b","stream":true,"max_tokens":3,"messages":[{"role":"user","content":"hi"}]})");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->model, "a/b");
  EXPECT_TRUE(request->stream);
  EXPECT_EQ(request->max_tokens, 3);
  EXPECT_EQ(request->complaint, "");
}
TEST(ChatRequest, IsPlainAndUnlimitedByDefault) {
  const auto request = parse_chat_request(R"({"model":"a/b",)" + kHi + "}");
  ASSERT_TRUE(request);
  EXPECT_FALSE(request->stream);
  EXPECT_EQ(request->max_tokens, std::nullopt);
}
TEST(ChatRequest, RefusesWhatIsNoJson) { EXPECT_FALSE(parse_chat_request("{\"model\":")); }
TEST(ChatRequest, RefusesWhatIsNoObject) { EXPECT_FALSE(parse_chat_request("[1]")); }
TEST(ChatRequest, SurvivesADeepBody) {
  EXPECT_FALSE(parse_chat_request(std::string(100'000, '[') + std::string(100'000, ']')));
}
TEST(ChatRequest, RefusesABodyWithoutModel) { EXPECT_FALSE(parse_chat_request("{}")); }
TEST(ChatRequest, RefusesAModelThatIsNoText) { EXPECT_FALSE(parse_chat_request(R"({"model":7})")); }

TEST(ChatRequest, ComplainsOfMissingMessages) {
  EXPECT_EQ(complaint(R"("stream":true)"), "Input validation error");
}
TEST(ChatRequest, ComplainsOfAnEmptyPrompt) {
  EXPECT_EQ(complaint(R"("messages":[])"), "Prompt cannot be empty");
}
TEST(ChatRequest, ComplainsOfAPicture) {
  EXPECT_EQ(complaint(R"("messages":[{"role":"user","content":[{"type":"image_url"}]}])"),
            "The model is not a multimodal model");
}
TEST(ChatRequest, TakesTextParts) {
  EXPECT_EQ(complaint(R"("messages":[{"role":"user","content":[{"type":"text","text":"hi"}]}])"),
            "");
}
TEST(ChatRequest, ComplainsOfAWrongStream) {
  EXPECT_EQ(complaint(kHi + R"(,"stream":"yes")"), "Input validation error");
}
TEST(ChatRequest, ComplainsOfNoTokensAtAll) {
  EXPECT_EQ(complaint(kHi + R"(,"max_tokens":0)"), "Input validation error");
}
TEST(ChatRequest, ComplainsOfWrongLogprobs) {
  EXPECT_EQ(complaint(kHi + R"(,"logprobs":"yes")"), "Input validation error");
  EXPECT_EQ(complaint(kHi + R"(,"logprobs":[])"), "Input validation error");
}
TEST(ChatRequest, TakesRightLogprobs) {
  for (const char* logprobs : {"true", "5", "null"}) {
    EXPECT_EQ(complaint(kHi + R"(,"logprobs":)" + logprobs), "") << logprobs;
  }
}
TEST(ChatRequest, SurvivesAHugeLimit) {
  EXPECT_EQ(complaint(kHi + R"(,"max_tokens":18446744073709551615)"), "");
}

}  // namespace
}  // namespace together::simulator
