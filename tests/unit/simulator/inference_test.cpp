// Embeddings, rerank and images as a client sees them.
#include <cmath>

#include "tests/unit/simulator/bench.h"

namespace together::simulator {
namespace {

constexpr const char* kEmbedding = "intfloat/multilingual-e5-large-instruct";
constexpr const char* kImage = "black-forest-labs/FLUX.2-dev";
constexpr const char* kReranker = "  - {at: 0s, action: add, model: r/r, type: rerank}\n";

Json parsed(const Script& script) { return Json::parse(body_of(script)); }

Script embed(Bench& bench, const std::string& model, const std::string& input) {
  return bench.post("/v1/embeddings", R"({"model":")" + model + R"(","input":)" + input + "}");
}
Script rerank(Bench& bench, const std::string& rest) {
  return bench.post("/v1/rerank", R"({"model":"r/r",)" + rest + "}");
}
Script draw(Bench& bench, const std::string& model, const std::string& rest) {
  return bench.post("/v1/images/generations",
                    R"({"model":")" + model + R"(","prompt":"a cat")" + rest + "}");
}

TEST(Embeddings, AnswersWithAUnitVector) {
  Bench bench;
  const Script script = embed(bench, kEmbedding, R"("a")");
  ASSERT_EQ(script.status, 200);
  EXPECT_EQ(header_of(script, "x-inference-version"), "v2");
  EXPECT_NE(header_of(script, "x-api-call-end"), "");
  const Json body = parsed(script);
  EXPECT_EQ(body["object"], "list");
  EXPECT_EQ(body["model"], kEmbedding);
  EXPECT_EQ(body["usage"].dump(), R"({"prompt_tokens":2,"total_tokens":2})");
  ASSERT_EQ(body["data"].size(), 1U);
  EXPECT_EQ(body["data"][0]["object"], "embedding");
  EXPECT_EQ(body["data"][0]["index"], 0);
  const auto vector = body["data"][0]["embedding"].get<std::vector<double>>();
  ASSERT_EQ(vector.size(), 1024U);
  double squares = 0;
  for (const double x : vector) squares += x * x;
  EXPECT_NEAR(squares, 1, 1e-9);
}
TEST(Embeddings, TheSameTextHasTheSameVector) {
  Bench bench;
  const Json data = parsed(embed(bench, kEmbedding, R"(["a","b","a"])"))["data"];
  ASSERT_EQ(data.size(), 3U);
  EXPECT_EQ(data[0]["embedding"], data[2]["embedding"]);
  EXPECT_NE(data[0]["embedding"], data[1]["embedding"]);
}
TEST(Embeddings, DimensionsAreTheModels) {
  Bench bench("events: [{at: 0s, action: add, model: " + std::string(kEmbedding) +
              ", type: embedding, dimensions: 768}]");
  EXPECT_EQ(parsed(embed(bench, kEmbedding, R"("a")"))["data"][0]["embedding"].size(), 768U);
}
TEST(Embeddings, RefusesModelsAsChatDoes) {
  Bench bench;
  EXPECT_EQ(embed(bench, "no/such", R"("a")").status, 404);
  const Script dedicated = embed(bench, "BAAI/bge-base-en-v1.5", R"("a")");
  EXPECT_EQ(dedicated.status, 400);
  EXPECT_EQ(parsed(dedicated)["error"]["code"], "model_not_available");
  EXPECT_EQ(header_of(dedicated, "x-inference-version"), "");
}
TEST(Embeddings, BadInputComesFromBehindTheGateway) {
  Bench bench;
  for (const char* input : {"5", "[]", "[5]", "null"}) {
    const Script script = embed(bench, kEmbedding, input);
    EXPECT_EQ(script.status, 400) << input;
    EXPECT_EQ(header_of(script, "x-inference-version"), "v2") << input;
  }
  EXPECT_EQ(embed(bench, "a/b", R"("a")").status, 400);
}
TEST(Embeddings, ARedirectNamesTheOtherModel) {
  Bench bench(
      "events:\n  - {at: 0s, action: add, model: e/e, type: embedding, dimensions: 3}\n"
      "  - {at: 0s, action: redirect, model: " +
      std::string(kEmbedding) + ", to: e/e}\n");
  const Json body = parsed(embed(bench, kEmbedding, R"("a")"));
  EXPECT_EQ(body["model"], "e/e");
  EXPECT_EQ(body["data"][0]["embedding"].size(), 3U);
}
TEST(Embeddings, Flaps) {
  Bench bench("events: [{at: 0s, action: flap, model: " + std::string(kEmbedding) + ", rate: 1}]");
  EXPECT_EQ(embed(bench, kEmbedding, R"("a")").status, 503);
}

TEST(Rerank, TheDocumentThatSharesMostWordsComesFirst) {
  Bench bench(std::string("events:\n") + kReranker);
  const Json body = parsed(rerank(
      bench, R"("query":"Where is Oslo?","documents":["Cats sleep.","Oslo is in Norway."])"));
  EXPECT_EQ(body["object"], "rerank");
  EXPECT_EQ(body["model"], "r/r");
  ASSERT_EQ(body["results"].size(), 2U);
  EXPECT_EQ(body["results"][0]["index"], 1);
  EXPECT_GT(body["results"][0]["relevance_score"], body["results"][1]["relevance_score"]);
  EXPECT_FALSE(body["results"][0].contains("document"));
  EXPECT_TRUE(body["usage"].contains("total_tokens"));
}
TEST(Rerank, ReturnsTheTopWithTheirTexts) {
  Bench bench(std::string("events:\n") + kReranker);
  const Json body = parsed(rerank(bench, R"("query":"b","documents":["a",{"text":"b"}],"top_n":1,)"
                                         R"("return_documents":true)"));
  EXPECT_EQ(body["results"].size(), 1U);
  EXPECT_EQ(body["results"][0]["document"].dump(), R"({"text":"b"})");
}
TEST(Rerank, BadInputIs400) {
  Bench bench(std::string("events:\n") + kReranker);
  EXPECT_EQ(rerank(bench, R"("query":"b")").status, 400);
  EXPECT_EQ(rerank(bench, R"("query":"b","documents":[])").status, 400);
  EXPECT_EQ(rerank(bench, R"("query":"b","documents":[5])").status, 400);
}
TEST(Rerank, TheCataloguesOneIsDedicated) {
  const Script script = Bench().post(
      "/v1/rerank", R"({"model":"Salesforce/Llama-Rank-V1","query":"","documents":[]})");
  EXPECT_EQ(script.status, 400);
  EXPECT_EQ(parsed(script)["error"]["code"], "model_not_available");
}

TEST(Images, Draws) {
  Bench bench;
  const Script script = draw(bench, kImage, R"(,"width":256,"height":256,"steps":1,"n":2)");
  ASSERT_EQ(script.status, 200);
  EXPECT_EQ(header_of(script, "x-inference-version"), "");
  EXPECT_NE(header_of(script, "x-api-call-start"), "");
  const Json body = parsed(script);
  EXPECT_TRUE(body["id"].get<std::string>().ends_with("-SEA"));
  EXPECT_EQ(body["object"], "list");
  ASSERT_EQ(body["data"].size(), 2U);
  EXPECT_EQ(body["data"][1]["index"], 1);
  EXPECT_TRUE(body["data"][1]["url"].get<std::string>().starts_with("https://"));
}
TEST(Images, ABadWidthIsNamed) {
  Bench bench;
  for (const char* width : {"17", "240", "2064", "\"256\"", "257"}) {
    const Script script = draw(bench, kImage, std::string(",\"width\":") + width);
    EXPECT_EQ(script.status, 400) << width;
    EXPECT_EQ(parsed(script)["error"]["message"],
              "Invalid value for 'width' parameter. Image width must be an integer value between "
              "256 and 2048, in multiples of '16'.");
    EXPECT_EQ(header_of(script, "x-inference-version"), "");
  }
}
TEST(Images, TheModelIsFoundBeforeTheInputIsLookedAt) {
  Bench bench;
  EXPECT_EQ(draw(bench, "no/such", R"(,"width":17)").status, 404);
  EXPECT_EQ(
      parsed(draw(bench, "black-forest-labs/FLUX.1-schnell", R"(,"width":17)"))["error"]["code"],
      "model_not_available");
}
TEST(Images, OtherModelsDrawNothing) {
  Bench bench;
  EXPECT_EQ(draw(bench, "a/b", "").status, 400);
}

TEST(Inference, TheAccountsGatesComeFirst) {
  Bench bench("events: [{at: 0s, action: spend_limit}]");
  EXPECT_EQ(embed(bench, kEmbedding, R"("a")").status, 402);
  EXPECT_EQ(bench.send("POST", "/v1/rerank", "{}", {}).status, 401);
}
TEST(Inference, ABodyWithoutModelIs400) {
  EXPECT_EQ(Bench().post("/v1/embeddings", "[]").status, 400);
}
TEST(Inference, FailsWithTheRest) {
  Bench bench("events: [{at: 0s, action: fail_all, status: 503}]");
  EXPECT_EQ(header_of(embed(bench, kEmbedding, R"("a")"), "x-inference-version"), "v2");
  const Script image = draw(bench, kImage, "");
  EXPECT_EQ(image.status, 503);
  EXPECT_EQ(header_of(image, "x-inference-version"), "");
}
TEST(Inference, IsCountedByModel) {
  Bench bench;
  embed(bench, kEmbedding, R"("a")");
  EXPECT_EQ(bench.state()["requests"][0].dump(),
            R"({"path":"/v1/embeddings","model":"intfloat/multilingual-e5-large-instruct",)"
            R"("status":200,"count":1})");
}

}  // namespace
}  // namespace together::simulator
