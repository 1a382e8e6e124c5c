#include "simulator/page.h"

#include "tests/unit/simulator/builders.h"

namespace together::simulator {
namespace {

using namespace std::chrono_literals;

constexpr const char* kPage =
    "# Deprecations\n\n"
    "## Scheduled deprecations\n\n"
    "| Removal date | Model |\n| :- | :- |\n"
    "| 2026-12-24 | `a/b` |\n\n"
    "## Deprecation history\n\n### Inference\n\n"
    "| Removal date | Model |\n| :- | :- |\n"
    "| 2026-02-06 | `c/d` |\n"
    "| 2025-02-06 | `e/f` |\n"
    "| **Notes:** | |\n\n"
    "### Fine-tuning\n\n"
    "| Removal date | Model |\n| :- | :- |\n"
    "| 2026-07-29 | `g/h` |\n";

/// A page that is asked again and again.
class Page {
 public:
  Script get(const std::string& page, std::map<std::string, std::string> headers = {}) {
    const Request request{"GET", "/docs/deprecations.md", {}, std::move(headers), ""};
    return answer_page(request, page, state, {1, 0, now}, version_);
  }

  PageState state;
  WallTime now = kNoon;

 private:
  PageVersion version_;
};

std::string body_in(PageMode mode, double missing = 0) {
  Page page;
  page.state = {mode, missing};
  return body_of(page.get(kPage));
}

TEST(Page, IsMarkdownThatCanBeAskedForAgain) {
  Page page;
  const Script script = page.get(kPage);
  EXPECT_EQ(script.status, 200);
  EXPECT_EQ(body_of(script), kPage);
  EXPECT_EQ(header_of(script, "content-type"), "text/markdown; charset=utf-8");
  EXPECT_EQ(header_of(script, "last-modified"), "Sat, 21 Nov 2026 12:00:00 GMT");
  EXPECT_EQ(header_of(script, "etag").size(), 18U);
}
TEST(Page, Is304WhereTheEtagIsKnown) {
  Page page;
  const std::string etag = header_of(page.get(kPage), "etag");
  page.now += 1h;
  for (const std::string& known : {etag, "W/" + etag, "\"x\", " + etag, std::string("*")}) {
    const Script script = page.get(kPage, {{"if-none-match", known}});
    EXPECT_EQ(script.status, 304) << known;
    EXPECT_EQ(body_of(script), "");
    EXPECT_EQ(header_of(script, "etag"), etag);
    EXPECT_EQ(header_of(script, "last-modified"), "Sat, 21 Nov 2026 12:00:00 GMT");
  }
}
TEST(Page, Is304WhereTheTimeIsKnown) {
  Page page;
  const std::string time = header_of(page.get(kPage), "last-modified");
  EXPECT_EQ(page.get(kPage, {{"if-modified-since", time}}).status, 304);
  EXPECT_EQ(page.get(kPage, {{"if-modified-since", "Fri, 20 Nov 2026 12:00:00 GMT"}}).status, 200);
}
TEST(Page, BelievesTheEtagBeforeTheTime) {
  Page page;
  const std::string time = header_of(page.get(kPage), "last-modified");
  EXPECT_EQ(page.get(kPage, {{"if-none-match", "\"x\""}, {"if-modified-since", time}}).status, 200);
}
TEST(Page, IsNewOnceItChanged) {
  Page page;
  const Script first = page.get("one");
  page.now += 90s;
  const Script second = page.get("two", {{"if-none-match", header_of(first, "etag")}});
  EXPECT_EQ(second.status, 200);
  EXPECT_EQ(body_of(second), "two");
  EXPECT_EQ(header_of(second, "last-modified"), "Sat, 21 Nov 2026 12:01:30 GMT");
}
TEST(Page, TwoChangesWithinASecondDifferInTime) {
  Page page;
  const std::string first = header_of(page.get("one"), "last-modified");
  EXPECT_EQ(page.get("two", {{"if-modified-since", first}}).status, 200);
  EXPECT_NE(header_of(page.get("two"), "last-modified"), first);
}
TEST(Page, EmptyLosesTheRowsOfInference) {
  EXPECT_EQ(body_in(PageMode::kEmpty),
            "# Deprecations\n\n"
            "## Scheduled deprecations\n\n"
            "| Removal date | Model |\n| :- | :- |\n\n"
            "## Deprecation history\n\n### Inference\n\n"
            "| Removal date | Model |\n| :- | :- |\n"
            "| **Notes:** | |\n\n"
            "### Fine-tuning\n\n"
            "| Removal date | Model |\n| :- | :- |\n"
            "| 2026-07-29 | `g/h` |\n");
}
TEST(Page, ShrinkLosesTheFirstRows) {
  const std::string page = body_in(PageMode::kShrink, 0.5);
  EXPECT_EQ(page.find("a/b"), std::string::npos);
  EXPECT_EQ(page.find("c/d"), std::string::npos);
  EXPECT_NE(page.find("e/f"), std::string::npos);
  EXPECT_NE(page.find("g/h"), std::string::npos);
  EXPECT_EQ(body_in(PageMode::kShrink, 0), kPage);
  EXPECT_EQ(body_in(PageMode::kShrink, 1).find("| 20"), std::string::npos);
}
TEST(Page, CutIsTheFirstHalf) {
  const std::string page = kPage;
  EXPECT_EQ(body_in(PageMode::kCut), page.substr(0, page.size() / 2));
}
TEST(Page, SurvivesAPageWithoutLines) {
  EXPECT_EQ(body_of(Page().get("")), "");
  Page page;
  page.state = {PageMode::kShrink, 0.5};
  EXPECT_EQ(body_of(page.get("| 2026 without an end")), "");
}
TEST(Page, HtmlIsAPageOfAnotherKindWithoutAVersion) {
  Page page;
  page.state.mode = PageMode::kHtml;
  const Script script = page.get(kPage);
  EXPECT_EQ(script.status, 200);
  EXPECT_EQ(header_of(script, "content-type"), "text/html; charset=UTF-8");
  EXPECT_TRUE(body_of(script).starts_with("<!DOCTYPE html>"));
  EXPECT_EQ(header_of(script, "etag"), "");
}
TEST(Page, ErrorIs503AndMovedIs301) {
  Page page;
  page.state.mode = PageMode::kError;
  EXPECT_EQ(page.get(kPage).status, 503);
  page.state.mode = PageMode::kMoved;
  const Script moved = page.get(kPage);
  EXPECT_EQ(moved.status, 301);
  EXPECT_EQ(header_of(moved, "location"), "/docs/moved/deprecations.md");
}
TEST(Page, ABrokenPageIsNoKnownOne) {
  Page page;
  const std::string etag = header_of(page.get(kPage), "etag");
  page.state.mode = PageMode::kCut;
  EXPECT_EQ(page.get(kPage, {{"if-none-match", etag}}).status, 200);
  page.state.mode = PageMode::kError;
  EXPECT_EQ(page.get(kPage, {{"if-none-match", etag}}).status, 503);
  page.state.mode = PageMode::kNormal;
  EXPECT_EQ(page.get(kPage, {{"if-none-match", etag}}).status, 304);
}

}  // namespace
}  // namespace together::simulator
