// Patches, headers, dress and refusals as a client sees them.
#include "simulator/alterations.h"

#include <filesystem>

#include "tests/unit/simulator/bench.h"

namespace together::simulator {
namespace {

std::string stream_body(const std::string& model) {
  return R"({"stream":true,"model":")" + model +
         R"(","messages":[{"role":"user","content":"hi"}]})";
}

Json parsed(const Script& script) { return Json::parse(body_of(script)); }

TEST(Alterations, APatchChangesOneModelsAnswers) {
  Bench bench(
      "events:\n"
      "  - {at: 0s, action: patch, surface: chat, model: a/b, ops: [{op: replace, path: "
      "/choices/0/message/content, value: {text: '5', n: 5}}]}\n");
  EXPECT_EQ(parsed(bench.chat("a/b"))["choices"][0]["message"]["content"].dump(),
            R"({"text":"5","n":5})");
  EXPECT_TRUE(parsed(bench.chat("c/d"))["choices"][0]["message"]["content"].is_string());
}
TEST(Alterations, APatchOfChatLeavesStreamsAlone) {
  Bench bench(
      "events: [{at: 0s, action: patch, surface: chat, ops: [{op: add, path: /zz, value: 1}]}]");
  EXPECT_EQ(parsed(bench.chat("a/b"))["zz"], 1);
  EXPECT_EQ(body_of(bench.post("/v1/chat/completions", stream_body("a/b"))).find("zz"),
            std::string::npos);
}
TEST(Alterations, APatchOfAStreamChangesEveryChunk) {
  Bench bench(
      "events: [{at: 0s, action: patch, surface: stream, ops: [{op: remove, path: /object}]}]");
  const std::string body = body_of(bench.post("/v1/chat/completions", stream_body("a/b")));
  EXPECT_EQ(body.find("\"object\""), std::string::npos);
  EXPECT_TRUE(body.ends_with("data: [DONE]\n\n"));
}
TEST(Alterations, APatchChangesAList) {
  Bench bench(
      "events: [{at: 0s, action: patch, surface: models, ops: [{op: replace, path: /0/pricing, "
      "value: 7}]}]");
  EXPECT_EQ(parsed(bench.get("/v1/models"))[0]["pricing"], 7);
}
TEST(Alterations, ErrorsAreNotPatched) {
  Bench bench(
      "events: [{at: 0s, action: patch, surface: chat, ops: [{op: add, path: /zz, value: 1}]}]");
  EXPECT_FALSE(parsed(bench.chat("no/such")).contains("zz"));
}
TEST(Alterations, APatchIsTakenAwayByItsName) {
  Bench bench(
      "events: [{at: 0s, action: patch, name: p, surface: whoami, ops: [{op: add, path: /zz, "
      "value: 1}]}]");
  EXPECT_TRUE(parsed(bench.get("/v1/whoami")).contains("zz"));
  EXPECT_EQ(bench.post("/admin/event", R"({"action":"unpatch","name":"p"})").status, 200);
  EXPECT_FALSE(parsed(bench.get("/v1/whoami")).contains("zz"));
}
TEST(Alterations, APatchTakesThePlaceOfItsNamesake) {
  Bench bench(
      "events:\n"
      "  - {at: 0s, action: patch, name: p, surface: whoami, ops: [{op: add, path: /a, value: "
      "1}]}\n"
      "  - {at: 0s, action: patch, name: p, surface: whoami, ops: [{op: add, path: /b, value: "
      "1}]}\n");
  const Json answer = parsed(bench.get("/v1/whoami"));
  EXPECT_FALSE(answer.contains("a"));
  EXPECT_TRUE(answer.contains("b"));
}
TEST(Alterations, UnpatchNeedsAPatch) {
  const Script script = Bench().post("/admin/event", R"({"action":"unpatch","name":"p"})");
  EXPECT_EQ(script.status, 400);
  EXPECT_EQ(parsed(script)["error"], "name: there is no patch \"p\"");
}
TEST(Alterations, APatchNeedsAKnownModel) {
  const Script script = Bench().post(
      "/admin/event",
      R"({"action":"patch","surface":"chat","model":"no/such","ops":[{"op":"remove","path":"/a"}]})");
  EXPECT_EQ(parsed(script)["error"],
            "model: \"no/such\" is neither in the catalogue nor added before");
}
TEST(Alterations, AHeaderComesWithGoodAnswersOfItsSurface) {
  Bench bench(
      "events: [{at: 0s, action: header, surface: chat, name: sunset, value: 'Tue, 01 Dec 2026 "
      "00:00:00 GMT'}]");
  EXPECT_EQ(header_of(bench.chat("a/b"), "sunset"), "Tue, 01 Dec 2026 00:00:00 GMT");
  EXPECT_EQ(header_of(bench.chat("no/such"), "sunset"), "");
  EXPECT_EQ(header_of(bench.get("/v1/models"), "sunset"), "");
  bench.post("/admin/event", R"({"action":"header","surface":"chat","name":"sunset","value":""})");
  EXPECT_EQ(header_of(bench.chat("a/b"), "sunset"), "");
}
TEST(Alterations, AHeaderTakesThePlaceOfItsNamesake) {
  Bench bench("events: [{at: 0s, action: header, surface: chat, name: server, value: x}]");
  const Script script = bench.chat("a/b");
  int servers = 0;
  for (const auto& [name, value] : script.headers) servers += name == "server" ? 1 : 0;
  EXPECT_EQ(servers, 1);
  EXPECT_EQ(header_of(script, "server"), "x");
}
TEST(Alterations, AStreamWearsItsDress) {
  Bench bench(
      "events: [{at: 0s, action: stream_dress, model: a/b, event: ping, data: '{\"n\": 1}', "
      "comment: hm, line_ends: crlf, bom: true}]");
  const std::string body = body_of(bench.post("/v1/chat/completions", stream_body("a/b")));
  EXPECT_TRUE(
      body.starts_with("\xef\xbb\xbf"
                       "data: {"));
  EXPECT_NE(body.find("\r\n\r\nevent: ping\r\ndata: {\"n\": 1}\r\n\r\n"), std::string::npos);
  EXPECT_NE(body.find("\r\n\r\n: hm\r\n\r\n"), std::string::npos);
  EXPECT_EQ(body_of(bench.post("/v1/chat/completions", stream_body("c/d"))).find('\r'),
            std::string::npos);
}
TEST(Alterations, RestoreTakesTheDressOff) {
  Bench bench("events: [{at: 0s, action: stream_dress, model: a/b, bom: true}]");
  bench.post("/admin/event", R"({"action":"restore","model":"a/b"})");
  EXPECT_TRUE(
      body_of(bench.post("/v1/chat/completions", stream_body("a/b"))).starts_with("data: {"));
}
TEST(Alterations, ASurfaceRefusesAsItIsTold) {
  Bench bench(
      "events: [{at: 0s, action: refuse, surface: chat, model: a/b, status: 400, code: "
      "unknown_parameter, message: Use c/d, param: top_k}]");
  const Script script = bench.chat("a/b");
  EXPECT_EQ(script.status, 400);
  EXPECT_EQ(parsed(script)["error"].dump(),
            R"({"message":"Use c/d","type":"invalid_request_error","param":"top_k",)"
            R"("code":"unknown_parameter"})");
  EXPECT_EQ(header_of(script, "x-inference-version"), "");
  EXPECT_EQ(bench.post("/v1/chat/completions", stream_body("a/b")).status, 200);
  bench.post("/admin/event", R"({"action":"restore","model":"a/b"})");
  EXPECT_EQ(bench.chat("a/b").status, 200);
}
TEST(Alterations, ARefusalWithoutCodeAndParamHasNulls) {
  Bench bench(
      "events: [{at: 0s, action: refuse, surface: chat, model: a/b, status: 503, "
      "message: Busy}]");
  EXPECT_EQ(parsed(bench.chat("a/b"))["error"].dump(),
            R"({"message":"Busy","type":"server_error","param":null,"code":null})");
}
TEST(Alterations, ARecordedStreamWearsItsDressAndStaysRecorded) {
  constexpr const char* kRecordings = TE_SOURCE_DIR "/../shared/data/together";
  if (!std::filesystem::exists(kRecordings)) GTEST_SKIP() << "no recordings at " << kRecordings;
  ServiceOptions options;
  options.replay = *Replay::load(kRecordings);
  Bench bench("events: [{at: 0s, action: stream_dress, model: openai/gpt-oss-120b, comment: hm}]",
              std::move(options));
  const std::string body =
      body_of(bench.post("/v1/chat/completions", stream_body("openai/gpt-oss-120b")));
  EXPECT_NE(body.find("\n\n: hm\n\n"), std::string::npos);
  EXPECT_NE(body.find("omJK"), std::string::npos);
}

}  // namespace
}  // namespace together::simulator
