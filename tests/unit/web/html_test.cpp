#include "exporter/web/html.h"

#include <gtest/gtest.h>

namespace together {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

const WallTime kNow = from_unix_seconds(1763689200);  // 2025-11-21T01:40:00Z

TEST(HtmlText, EscapesWhatHasAMeaningInHtml) {
  EXPECT_EQ(html_text("<script>alert(\"&'\")</script>"),
            "&lt;script&gt;alert(&quot;&amp;&#39;&quot;)&lt;/script&gt;");
}
TEST(HtmlText, CleansBytesAndControls) { EXPECT_EQ(html_text("a\xFF\n\0b"), "a\uFFFD "); }
TEST(HtmlText, CutsAMegabyte) { EXPECT_EQ(html_text(std::string(1 << 20, 'x')).size(), 1024u); }

TEST(CoarseDuration, PicksOneUnit) {
  EXPECT_EQ(coarse_duration(seconds(0)), "0 s");
  EXPECT_EQ(coarse_duration(seconds(59)), "59 s");
  EXPECT_EQ(coarse_duration(seconds(60)), "1 min");
  EXPECT_EQ(coarse_duration(seconds(3599)), "59 min");
  EXPECT_EQ(coarse_duration(hours(47)), "47 h");
  EXPECT_EQ(coarse_duration(hours(49)), "2 d");
}

TEST(HtmlAge, CountsFromNow) {
  EXPECT_EQ(html_age(kNow - seconds(300), kNow),
            "<time datetime=\"2025-11-21T01:35:00Z\" title=\"2025-11-21T01:35:00Z\">5 min "
            "ago</time>");
  EXPECT_EQ(html_age(kNow + seconds(90), kNow),
            "<time datetime=\"2025-11-21T01:41:30Z\" title=\"2025-11-21T01:41:30Z\">in 1 "
            "min</time>");
  EXPECT_EQ(html_age(std::nullopt, kNow), "never");
}

TEST(HtmlLink, LinksToPathsAndWebAddresses) {
  EXPECT_EQ(html_link("a&b", "/metrics?x=\"y\""),
            "<a href=\"/metrics?x=&quot;y&quot;\">a&amp;b</a>");
  EXPECT_EQ(html_link("r", "https://example.org/"), "<a href=\"https://example.org/\">r</a>");
}
TEST(HtmlLink, MakesNoLinkOfAScriptOrAnotherHost) {
  EXPECT_EQ(html_link("r", "javascript:alert(1)"), "r");
  EXPECT_EQ(html_link("r", "//example.org"), "r");
}

}  // namespace
}  // namespace together
