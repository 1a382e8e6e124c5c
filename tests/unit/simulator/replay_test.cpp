#include "simulator/replay.h"

#include <filesystem>
#include <fstream>

#include "simulator/service.h"
#include "tests/unit/simulator/builders.h"

namespace together::simulator {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRecordings = TE_SOURCE_DIR "/../shared/data/together";

std::string chunk(const std::string& model) {
  return "data: {\"id\":\"1\",\"model\":\"" + model + "\"}\n\n";
}

/// A folder of recordings, as small as it can be.
class ReplayFolder : public testing::Test {
 protected:
  ReplayFolder() {
    std::string name = (fs::temp_directory_path() / "replay-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    write("models_2025-01-01.json", R"([{"id":"old/one","type":"chat"}])");
    write("models_2026-01-01_full.json", kList);
    write("models_serverless_2026-01.json", kServerless);
  }
  ~ReplayFolder() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  Replay load() const {
    auto replay = Replay::load(folder_);
    if (!replay) throw std::runtime_error(replay.error().message);
    return std::move(*replay);
  }
  World world() const { return world_of("", load().catalog()); }

  const std::string kList = "[{\"id\":\"a/b\",\"type\":\"chat\"}, {\"id\":\"c/d\"}]\n";
  const std::string kServerless = R"([{"id":"a/b","type":"chat"},{"id":"e/f","type":"chat"}])";
  fs::path folder_;
};

ChatRequest asking(const std::string& model, bool stream) {
  ChatRequest request;
  request.model = model;
  request.stream = stream;
  return request;
}

TEST_F(ReplayFolder, ServesTheFullListByteForByte) {
  EXPECT_EQ(load().list(false), kList);
  EXPECT_EQ(load().list(true), kServerless);
}
TEST_F(ReplayFolder, TheCatalogueIsBothLists) {
  const Replay replay = load();
  ASSERT_EQ(replay.catalog().size(), 3U);
  EXPECT_TRUE(replay.catalog()[0].serverless);
  EXPECT_FALSE(replay.catalog()[1].serverless);
  EXPECT_EQ(replay.catalog()[2].id, "e/f");
}
TEST_F(ReplayFolder, TakesTheNewestListWhereNoneIsFull) {
  fs::remove(folder_ / "models_2026-01-01_full.json");
  EXPECT_EQ(load().list(false), R"([{"id":"old/one","type":"chat"}])");
}
TEST_F(ReplayFolder, NeedsAList) {
  fs::remove(folder_ / "models_2026-01-01_full.json");
  fs::remove(folder_ / "models_2025-01-01.json");
  EXPECT_EQ(Replay::load(folder_).error().message,
            "cannot replay " + folder_.string() + ": it holds no models_*.json");
}
TEST_F(ReplayFolder, NamesTheFileThatIsNoJson) {
  write("errors.json", "{");
  EXPECT_EQ(Replay::load(folder_).error().message, "cannot replay " + folder_.string() + ": " +
                                                       (folder_ / "errors.json").string() +
                                                       " is not JSON");
}
TEST_F(ReplayFolder, StreamsOfOneModelAreServedInTurn) {
  write("stream_1.sse", chunk("a/b") + "data: [DONE]\n\n");
  write("stream_2.sse", chunk("a/b"));
  const Replay replay = load();
  const auto first = replay.chat(asking("a/b", true), {1, 0, kNoon}, world());
  const auto second = replay.chat(asking("a/b", true), {1, 1, kNoon}, world());
  const auto third = replay.chat(asking("a/b", true), {1, 2, kNoon}, world());
  EXPECT_EQ(body_of(*first), chunk("a/b") + "data: [DONE]\n\n");
  EXPECT_EQ(body_of(*second), chunk("a/b"));
  EXPECT_EQ(body_of(*third), body_of(*first));
  EXPECT_EQ(first->parts.size(), 2U);
  EXPECT_EQ(header_of(*first, "content-type"), "text/event-stream;charset=utf-8");
}
TEST_F(ReplayFolder, AStreamCanBePickedByItsFile) {
  write("stream_1.sse", chunk("a/b"));
  EXPECT_EQ(body_of(*load().stream_file("stream_1.sse", {1, 0, kNoon}, world())), chunk("a/b"));
  EXPECT_FALSE(load().stream_file("../errors.json", {1, 0, kNoon}, world()));
}
TEST_F(ReplayFolder, PlainAnswersKeepTheirHeadersButNotTheFraming) {
  write("chat_nonstream_samples.json",
        R"([{"headers":{"X-Api-Retries":"1","Content-Length":"9","Content-Encoding":"br",)"
        R"("Transfer-Encoding":"chunked"},"body":{"id":"1","model":"a/b"}}])");
  const auto script = load().chat(asking("a/b", false), {1, 0, kNoon}, world());
  ASSERT_TRUE(script);
  EXPECT_EQ(body_of(*script), R"({"id":"1","model":"a/b"})");
  EXPECT_EQ(script->headers, (Headers{{"x-api-retries", "1"}}));
}
TEST_F(ReplayFolder, KeepsIntegersAboveInt64) {
  write("chat_nonstream_samples.json",
        R"([{"headers":{},"body":{"model":"a/b","seed":16176952071919858000}}])");
  EXPECT_EQ(body_of(*load().chat(asking("a/b", false), {1, 0, kNoon}, world())),
            R"({"model":"a/b","seed":16176952071919858000})");
}
TEST_F(ReplayFolder, HasNothingForOtherModels) {
  EXPECT_FALSE(load().chat(asking("a/b", true), {1, 0, kNoon}, world()));
}
TEST_F(ReplayFolder, ErrorsAreServedByIndex) {
  write(
      "errors.json",
      R"({"errors":[{"status":404,"headers":{"X-A":"1"},"body_json":{"error":{}},"body_text":null},)"
      R"({"status":521,"headers":null,"body_json":null,"body_text":"error code: 521"}]})");
  const Replay replay = load();
  EXPECT_EQ(replay.errors(), 2U);
  EXPECT_EQ(replay.error(0)->status, 404);
  EXPECT_EQ(header_of(*replay.error(0), "x-a"), "1");
  EXPECT_EQ(body_of(*replay.error(0)), R"({"error":{}})");
  EXPECT_EQ(body_of(*replay.error(1)), "error code: 521");
  EXPECT_FALSE(replay.error(2));
}
TEST_F(ReplayFolder, PagesAreOrderedByTheDateInTheirName) {
  write("deprecations.md", "plain");
  write("deprecations_2025-11.md", "older");
  write("deprecations_scheduled_2026-09.md", "newest");
  EXPECT_EQ(load().page(""), "newest");
  EXPECT_EQ(load().page("deprecations.md"), "plain");
  EXPECT_EQ(load().page("no.md"), std::nullopt);
}
TEST_F(ReplayFolder, WithoutPagesThereIsNone) { EXPECT_EQ(load().page(""), std::nullopt); }

TEST(ReplayRecordings, ReadsAllOfThem) {
  if (!fs::exists(kRecordings)) GTEST_SKIP() << "no recordings at " << kRecordings;
  const auto replay = Replay::load(kRecordings);
  ASSERT_TRUE(replay) << replay.error().message;
  EXPECT_EQ(Json::parse(replay->list(false)).size(), 281U);
  EXPECT_EQ(replay->list(false).size(),
            fs::file_size(fs::path(kRecordings) / "models_2026-08-17_full.json"));
  EXPECT_EQ(Json::parse(replay->list(true)).size(), 102U);
  EXPECT_EQ(replay->errors(), 37U);
}
TEST(ReplayRecordings, EveryStreamIsServedByteForByte) {
  if (!fs::exists(kRecordings)) GTEST_SKIP() << "no recordings at " << kRecordings;
  const auto replay = Replay::load(kRecordings);
  ASSERT_TRUE(replay) << replay.error().message;
  const World world = world_of("", replay->catalog());
  int streams = 0;
  for (const auto& entry : fs::directory_iterator(kRecordings)) {
    if (entry.path().extension() != ".sse") continue;
    const auto script = replay->stream_file(entry.path().filename(), {1, 0, kNoon}, world);
    ASSERT_TRUE(script) << entry.path();
    EXPECT_EQ(body_of(*script).size(), entry.file_size());
    ++streams;
  }
  EXPECT_EQ(streams, 8);
}

}  // namespace
}  // namespace together::simulator
