// Ids from strangers never break a scrape or a page.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "exporter/core/text.h"

#include "tests/unit/engine/provider.h"

namespace together {
namespace {

using namespace std::chrono_literals;

TEST(HostileIds, NeverBreakAScrapeOrAPage) {
  ManualClock clock;
  RecordingStore store;
  World world(store, clock,
              "models: [{id: '<script>alert(1)</script>'}, {id: 'a\"b\\c'}]\n"
              "catalog: {export: all}\nstate: {path: \"\"}\n");
  world.provider.list =
      "[{\"id\":\"bad \xFF\xC0 utf8\",\"type\":\"chat\"},"
      "{\"id\":\"two\\nlines\",\"type\":\"chat\"},"
      "{\"id\":\"q\\\"uote\\\\\",\"type\":\"<b>\",\"organization\":\"\xFE\",\"display_name\":"
      "\"\\u0000\"},"
      "{\"id\":\"<script>alert(1)</script>\",\"type\":\"chat\",\"display_name\":\"</style>\"},"
      "{\"id\":\"" +
      std::string(1 << 20, 'x') +
      "\",\"type\":\"chat\"},"
      "{\"id\":\"\"},{\"id\":null},{}]";
  world.provider.by_model["<script>alert(1)</script>"] =
      answer(200, R"({"model":"<img src=x>\u0001","choices":[{"message":{}}]})");
  world.pass(40s);

  const auto snapshot = world.slot.current();
  EXPECT_EQ(clean_utf8(snapshot->metrics_text.plain, 1 << 24), snapshot->metrics_text.plain);
  EXPECT_LT(snapshot->metrics_text.plain.size(), 200'000u);
  for (const char* path : {"/", "/api/v1/models", "/api/v1/retirements.ics"}) {
    const std::string& page = snapshot->pages.at(path).plain;
    EXPECT_EQ(clean_utf8(page, 1 << 24), page) << path;
  }
  const std::string& html = snapshot->pages.at("/").plain;
  EXPECT_EQ(html.find("<script>"), std::string::npos);
  EXPECT_EQ(html.find("<img"), std::string::npos);
  EXPECT_NE(html.find("&lt;script&gt;"), std::string::npos);
  EXPECT_TRUE(nlohmann::json::accept(snapshot->pages.at("/api/v1/models").plain));
  EXPECT_EQ(world.state("<script>alert(1)</script>"), "redirected");
}

}  // namespace
}  // namespace together
