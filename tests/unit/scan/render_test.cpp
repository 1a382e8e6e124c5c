// Reports for people and programs.
#include "exporter/scan/render.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/unit/scan/reports.h"

namespace together {
namespace {

TEST(RenderText, IsALineAFindingAndASummary) {
  EXPECT_EQ(render_text(careful_report(), false),
            "src/app.py:3:10: a/b  removed  2026-02-06  c/d  (gone)\n"
            "src/app.py:4:1: a/b  removed  2026-02-06  c/d  (gone)\n"
            "./x y/\xC3\xA9 \xEF\xBF\xBD:1:1:1: a/e  available  2026-08-21  -  (going)\n"
            "/abs/f:1:1: a/o\xEF\xBF\xBD  throttled  2026-07-01  -  (overdue)\n"
            "\n"
            "files scanned      12\n"
            "binary files        3  left out\n"
            "warnings            1  not all was read\n"
            "ids found           5\n"
            "gone                2\n"
            "overdue             1  still answering\n"
            "going               1  within 30d\n"
            "fine                1\n");
}

TEST(RenderText, ShowsWhatIsFineWhereAsked) {
  EXPECT_NE(render_text(careful_report(), true).find("\nok:1:1: a/f  available  -  -  (fine)\n"),
            std::string::npos);
}

TEST(RenderText, NothingFoundIsASummary) {
  EXPECT_EQ(render_text(ScanReport{.within = std::chrono::hours(24), .files_scanned = 2}, true),
            "files scanned       2\n"
            "ids found           0\n"
            "gone                0\n"
            "overdue             0  still answering\n"
            "going               0  within 1d\n"
            "fine                0\n");
}

TEST(FormatWithin, CountsInDaysWhereTheyAreWhole) {
  EXPECT_EQ(format_within(std::chrono::hours(30 * 24)), "30d");
  EXPECT_EQ(format_within(std::chrono::hours(36)), "1d12h");
  EXPECT_EQ(format_within(Duration::zero()), "0d");
}

TEST(RenderJson, HoldsEverything) {
  const auto json = nlohmann::json::parse(render_json(careful_report()));
  EXPECT_EQ(json.at("within"), "30d");
  EXPECT_EQ(json.at("summary"), nlohmann::json::parse(R"({"files_scanned": 12, "binary_files": 3,
      "warnings": 1, "ids_found": 5, "gone": 2, "overdue": 1, "going": 1, "fine": 1})"));
  ASSERT_EQ(json.at("findings").size(), 5u);
  EXPECT_EQ(json.at("findings")[0], nlohmann::json::parse(R"({"path": "src/app.py", "line": 3,
      "column": 10, "end_column": 13, "text": "A/b", "id": "a/b", "state": "removed",
      "verdict": "gone", "removal_date": "2026-02-06", "replacement": "c/d",
      "source": "together"})"));
  EXPECT_EQ(json.at("findings")[3].at("id"), "a/o\xEF\xBF\xBD");
  EXPECT_EQ(json.at("findings")[4], nlohmann::json::parse(R"({"path": "ok", "line": 1,
      "column": 1, "end_column": 4, "text": "a/f", "id": "a/f", "state": "available",
      "verdict": "fine", "removal_date": null, "replacement": null, "source": null})"));
}

TEST(RenderJson, NothingFoundIsAnEmptyList) {
  const auto json = nlohmann::json::parse(render_json({}));
  EXPECT_EQ(json.at("findings"), nlohmann::json::array());
}

}  // namespace
}  // namespace together
