#include "probes/chat/chat.h"

#include <gtest/gtest.h>

namespace together {
namespace {

TEST(ChatRequest, AsksForOneAnswer) {
  const Request request = chat_request({.model = "a/b", .text = "hi", .max_tokens = 1});
  EXPECT_EQ(request.method, Method::kPost);
  EXPECT_EQ(request.path, "/chat/completions");
  EXPECT_EQ(request.headers, (std::vector<Header>{{"content-type", "application/json"}}));
  EXPECT_EQ(request.body,
            R"({"model":"a/b","messages":[{"role":"user","content":"hi"}],"max_tokens":1,)"
            R"("stream":false})");
  EXPECT_EQ(request.credential, Credential::kTogether);
  EXPECT_FALSE(request.fresh_connection);
}

TEST(ChatRequest, AsksAStreamForItsUsage) {
  const Request request =
      chat_request({.model = "a/b", .text = "hi", .max_tokens = 16, .stream = true});
  EXPECT_EQ(request.body,
            R"({"model":"a/b","messages":[{"role":"user","content":"hi"}],"max_tokens":16,)"
            R"("stream":true,"stream_options":{"include_usage":true}})");
}

TEST(ChatRequest, EscapesAnyModelId) {
  const Request request = chat_request({.model = "a\"\n\xFF", .text = "hi", .max_tokens = 1});
  EXPECT_EQ(request.body.substr(0, 20), "{\"model\":\"a\\\"\\n\uFFFD\",");
}

TEST(ReadUsage, ReadsBothCounts) {
  const Json usage{{"prompt_tokens", 9}, {"completion_tokens", 1}, {"total_tokens", 10}};
  const auto read = read_usage(&usage);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->prompt_tokens, 9);
  EXPECT_EQ(read->completion_tokens, 1);
}

TEST(ReadUsage, BelievesNoNonsense) {
  for (const char* text :
       {"null", "{}", R"({"prompt_tokens":9})", R"({"prompt_tokens":-1,"completion_tokens":1})",
        R"({"prompt_tokens":1.5,"completion_tokens":1})",
        R"({"prompt_tokens":1,"completion_tokens":16176952071919858000})",
        R"({"prompt_tokens":1,"completion_tokens":10000001})"}) {
    const Json usage = Json::parse(text);
    EXPECT_FALSE(read_usage(&usage)) << text;
  }
  EXPECT_FALSE(read_usage(nullptr));
}

TEST(ServedAs, ComparesIdsWithoutCase) {
  const Target target{.model = "Meta/Llama", .part = "", .modality = Modality::kChat};
  EXPECT_EQ(served_as(target, "meta/LLAMA").look, Look::kServed);
  EXPECT_EQ(served_as(target, "").look, Look::kServed);
  EXPECT_EQ(served_as(target, "meta/llama-2").look, Look::kServedByOther);
  EXPECT_EQ(served_as(target, "meta/llama-2").served_model, "meta/llama-2");
}

}  // namespace
}  // namespace together
