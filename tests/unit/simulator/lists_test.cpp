#include "simulator/lists.h"

#include "tests/unit/simulator/builders.h"

namespace together::simulator {
namespace {

const Stamp kStamp{1, 0, kNoon};

Script listed(const std::string& mode, bool serverless = false) {
  return answer_list(world_after("  - {at: 0s, action: list_mode, mode: " + mode + "}"), serverless,
                     kStamp);
}

std::vector<std::string> ids(const Json& list) {
  std::vector<std::string> found;
  for (const auto& entry : list) found.push_back(entry["id"]);
  return found;
}

using Ids = std::vector<std::string>;

TEST(Lists, NormalIsABareArrayOfAll) {
  EXPECT_EQ(ids(Json::parse(body_of(listed("normal")))), (Ids{"a/b", "c/d", "x/dedicated"}));
}
TEST(Lists, ServerlessIsTheSubset) {
  EXPECT_EQ(ids(Json::parse(body_of(listed("normal", true)))), (Ids{"a/b", "c/d"}));
}
TEST(Lists, CarryNoVersionHeader) {
  EXPECT_EQ(header_of(listed("normal"), "x-inference-version"), "");
  EXPECT_EQ(header_of(listed("normal"), "x-api-received"), "");
  EXPECT_EQ(header_of(listed("normal"), "server"), "cloudflare");
}
TEST(Lists, EmptyIsAnEmptyArray) { EXPECT_EQ(body_of(listed("empty")), "[]"); }
TEST(Lists, HtmlIsNoJson) {
  EXPECT_EQ(header_of(listed("html"), "content-type"), "text/html; charset=UTF-8");
  EXPECT_EQ(listed("html").status, 200);
}
TEST(Lists, CutIsHalfOfIt) {
  EXPECT_EQ(body_of(listed("cut")).size(), body_of(listed("normal")).size() / 2);
  EXPECT_EQ(listed("cut").ending, Ending::kComplete);
}
TEST(Lists, DropClosesInTheMiddle) { EXPECT_EQ(listed("drop").ending, Ending::kCut); }
TEST(Lists, ShrinkLosesTheFirst) {
  EXPECT_EQ(ids(Json::parse(body_of(listed("shrink, fraction: 0.5")))), (Ids{"x/dedicated"}));
}
TEST(Lists, ShrinkByOneLosesAll) { EXPECT_EQ(body_of(listed("shrink, fraction: 1")), "[]"); }
TEST(Lists, DataObjectWrapsThem) {
  EXPECT_EQ(ids(Json::parse(body_of(listed("data_object")))["data"]).size(), 3U);
}
TEST(Lists, DuplicateRepeatsThem) {
  EXPECT_EQ(ids(Json::parse(body_of(listed("duplicate")))).size(), 6U);
}
TEST(Lists, HostileHasBadUtf8AMegabyteAndAScript) {
  const std::string body = body_of(listed("hostile"));
  EXPECT_GT(body.size(), 1'000'000U);
  EXPECT_NE(body.find("\xff\xfe"), std::string::npos);
  EXPECT_NE(body.find("<script>"), std::string::npos);
  EXPECT_FALSE(Json::accept(body));
}

}  // namespace
}  // namespace together::simulator
