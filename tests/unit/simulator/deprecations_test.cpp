#include "simulator/deprecations.h"

#include "tests/unit/simulator/builders.h"

namespace together::simulator {
namespace {

bool has(const std::string& page, const std::string& line) {
  return page.find(line + "\n") != std::string::npos;
}

TEST(DeprecationsPage, SchedulesAnnouncedModels) {
  const std::string page =
      deprecations_page(world_after("  - {at: 0s, action: announce, model: a/b, date: 2026-12-24, "
                                    "replacement: c/d, dedicated: true}"));
  EXPECT_TRUE(has(page, "## Scheduled deprecations"));
  EXPECT_TRUE(has(page,
                  "| Removal date | Model | Recommended replacement | Supported by on-demand "
                  "dedicated endpoints |\n| :- | :- | :- | :- |"));
  EXPECT_TRUE(has(page, "| 2026-12-24 | `a/b` | `c/d` | Yes |"));
}
TEST(DeprecationsPage, HasNoScheduleWhereNothingIsAnnounced) {
  EXPECT_FALSE(has(deprecations_page(world_of("")), "## Scheduled deprecations"));
}
TEST(DeprecationsPage, WithdrawTakesTheRowAway) {
  const std::string page =
      deprecations_page(world_after("  - {at: 0s, action: announce, model: a/b, in: 3d}\n"
                                    "  - {at: 0s, action: withdraw, model: a/b}\n"));
  EXPECT_EQ(page.find("`a/b`"), std::string::npos);
}
TEST(DeprecationsPage, ARemovalMovesToTheHistory) {
  const std::string page =
      deprecations_page(world_after("  - {at: 0s, action: announce, model: a/b, in: 3d}\n"
                                    "  - {at: 0s, action: remove, model: a/b}\n"));
  EXPECT_FALSE(has(page, "## Scheduled deprecations"));
  EXPECT_TRUE(has(page, "| 2026-11-21 | `a/b` | No |"));
}
TEST(DeprecationsPage, ListsRedirects) {
  const std::string page =
      deprecations_page(world_after("  - {at: 0s, action: redirect, model: a/b, to: c/d}"));
  EXPECT_TRUE(has(page, "| `a/b` | `c/d` | Same lineage, upgraded version |"));
}
TEST(DeprecationsPage, ListsRedirectsThatDidNotHappen) {
  const std::string page = deprecations_page(
      world_after("  - {at: 0s, action: announce_redirect, model: a/b, to: Kimi-K3, as: Kimi-K2}"));
  EXPECT_TRUE(has(page, "## Active model redirects"));
  EXPECT_TRUE(has(page, "| `Kimi-K2` | `Kimi-K3` | Same lineage, upgraded version |"));
  EXPECT_EQ(page.find("`a/b`"), std::string::npos);
}
TEST(DeprecationsPage, NamesAnAnnouncedRedirectByItsIdUnlessToldOtherwise) {
  const std::string page = deprecations_page(
      world_after("  - {at: 0s, action: announce_redirect, model: a/b, to: c/d}"));
  EXPECT_TRUE(has(page, "| `a/b` | `c/d` | Same lineage, upgraded version |"));
}
TEST(DeprecationsPage, ListsAnAnnouncedRedirectOnceWhenItHappens) {
  const std::string page = deprecations_page(
      world_after("  - {at: 0s, action: announce_redirect, model: a/b, to: x/dedicated, as: A B}\n"
                  "  - {at: 0s, action: redirect, model: a/b, to: c/d}\n"));
  EXPECT_TRUE(has(page, "| `A B` | `c/d` | Same lineage, upgraded version |"));
  EXPECT_EQ(page.find("`a/b`"), std::string::npos);
}
TEST(DeprecationsPage, ARedirectCanBeWithdrawnFromThePage) {
  const std::string page =
      deprecations_page(world_after("  - {at: 0s, action: redirect, model: a/b, to: c/d}\n"
                                    "  - {at: 0s, action: withdraw_redirect, model: a/b}\n"));
  EXPECT_FALSE(has(page, "## Active model redirects"));
}
TEST(DeprecationsPage, AnnouncesForFineTuningInItsOwnTable) {
  const std::string page = deprecations_page(world_after(
      "  - {at: 0s, action: announce, model: c/d, date: 2027-02-01, surface: fine_tuning}\n"
      "  - {at: 0s, action: announce, model: a/b, date: 2027-01-01, surface: fine_tuning, "
      "replacement: c/d}\n"));
  EXPECT_FALSE(has(page, "## Scheduled deprecations"));
  EXPECT_TRUE(has(page,
                  "### Fine-tuning\n\n| Removal date | Model | Suggested replacement |\n"
                  "| :- | :- | :- |\n| 2027-01-01 | `a/b` | `c/d` |\n| 2027-02-01 | `c/d` |  |"));
}
TEST(DeprecationsPage, WithdrawsFromOneSurfaceOnly) {
  const std::string page = deprecations_page(world_after(
      "  - {at: 0s, action: announce, model: a/b, date: 2027-01-01, surface: fine_tuning}\n"
      "  - {at: 0s, action: announce, model: a/b, date: 2026-12-24, surface: inference}\n"
      "  - {at: 0s, action: withdraw, model: a/b, surface: fine_tuning}\n"));
  EXPECT_TRUE(has(page, "| 2026-12-24 | `a/b` |  | No |"));
  EXPECT_EQ(page.find("2027-01-01"), std::string::npos);
}
TEST(DeprecationsPage, KeepsTheTrailingRowAndTheFineTuningTable) {
  const std::string page = deprecations_page(world_of(""));
  EXPECT_TRUE(has(page, "| **Notes on model support:** |  |  |"));
  EXPECT_TRUE(has(page, "| Removal date | Model | Suggested replacement |"));
}

}  // namespace
}  // namespace together::simulator
