#include "simulator/world.h"

#include "tests/unit/simulator/builders.h"

namespace together::simulator {
namespace {

using namespace std::chrono_literals;

std::string make_error(const std::string& yaml) {
  const auto scenario = parse_scenario(yaml, "s.yml");
  if (!scenario) return scenario.error().message;
  const auto world = World::make(three_models(), *scenario, "s.yml");
  return world ? "" : world.error().message;
}

TEST(World, StartsAsTheCatalogueSays) {
  const World world = world_of("");
  EXPECT_EQ(world.find("a/b")->standing, Standing::kServed);
  EXPECT_EQ(world.find("x/dedicated")->standing, Standing::kNonServerless);
  EXPECT_FALSE(world.find("x/dedicated")->listed_serverless);
  EXPECT_EQ(world.find("nope"), nullptr);
}
TEST(World, EventsWaitForTheirTime) {
  World world = world_of("events: [{at: 2m, action: remove, model: a/b}]");
  world.advance_to(119s, kNoon);
  EXPECT_EQ(world.find("a/b")->standing, Standing::kServed);
  world.advance_to(2min, kNoon);
  EXPECT_EQ(world.find("a/b")->standing, Standing::kNotFound);
  EXPECT_EQ(world.events_pending(), 0U);
}
TEST(World, TimeNeverRunsBackwards) {
  World world = world_of("");
  world.advance_to(2min, kNoon);
  world.advance_to(1min, kNoon);
  EXPECT_EQ(world.now(), 2min);
}
TEST(World, RemoveLeavesBothLists) {
  const World world = world_after("  - {at: 0s, action: remove, model: a/b}");
  EXPECT_FALSE(world.find("a/b")->listed);
  EXPECT_FALSE(world.find("a/b")->listed_serverless);
  EXPECT_TRUE(world.lists_changed());
}
TEST(World, RemoveCanKeepTheListing) {
  const World world = world_after("  - {at: 0s, action: remove, model: a/b, keep_listed: true}");
  EXPECT_EQ(world.find("a/b")->standing, Standing::kNotFound);
  EXPECT_TRUE(world.find("a/b")->listed);
  EXPECT_FALSE(world.lists_changed());
}
TEST(World, RestoreUndoesEverythingButThePrice) {
  const World world = world_after(
      "  - {at: 0s, action: price, model: a/b, input: 9}\n"
      "  - {at: 0s, action: break_stream, model: a/b, mode: cut}\n"
      "  - {at: 0s, action: redirect, model: a/b, to: c/d}\n"
      "  - {at: 0s, action: remove, model: a/b}\n"
      "  - {at: 0s, action: restore, model: a/b}\n");
  const ModelState& state = *world.find("a/b");
  EXPECT_EQ(state.standing, Standing::kServed);
  EXPECT_TRUE(state.listed_serverless);
  EXPECT_EQ(state.redirect_to, "");
  EXPECT_EQ(state.breakage, BreakMode::kNone);
  EXPECT_EQ(state.model.listing["pricing"]["input"], 9);
  EXPECT_TRUE(world.removals().empty());
}
TEST(World, RestoreUndoesANameButNoAnnouncement) {
  const World world = world_after(
      "  - {at: 0s, action: rename_answer, model: a/b, as: a/b-2}\n"
      "  - {at: 0s, action: announce_redirect, model: a/b, to: c/d}\n"
      "  - {at: 0s, action: announce, model: a/b, in: 1d, surface: fine_tuning}\n"
      "  - {at: 0s, action: restore, model: a/b}\n");
  const ModelState& state = *world.find("a/b");
  EXPECT_EQ(state.answers_as, "");
  ASSERT_TRUE(state.redirect_row);
  EXPECT_EQ(state.redirect_row->to, "c/d");
  ASSERT_TRUE(state.tuning_retirement);
  EXPECT_EQ(state.tuning_retirement->date, "2026-11-22");
}
TEST(World, RestoreTakesTheRowOfARedirectAway) {
  const World world = world_after(
      "  - {at: 0s, action: redirect, model: a/b, to: c/d}\n"
      "  - {at: 0s, action: restore, model: a/b}\n");
  EXPECT_FALSE(world.find("a/b")->redirect_row);
}
TEST(World, RemoveTakesTheRowsOfInferenceAway) {
  const World world = world_after(
      "  - {at: 0s, action: announce, model: a/b, in: 1d}\n"
      "  - {at: 0s, action: announce, model: a/b, in: 1d, surface: fine_tuning}\n"
      "  - {at: 0s, action: announce_redirect, model: a/b, to: c/d}\n"
      "  - {at: 0s, action: remove, model: a/b}\n");
  EXPECT_FALSE(world.find("a/b")->redirect_row);
  EXPECT_FALSE(world.find("a/b")->retirement);
  EXPECT_TRUE(world.find("a/b")->tuning_retirement);
}
TEST(World, AnnouncementsChangeNoAnswer) {
  const World world = world_after(
      "  - {at: 0s, action: announce_redirect, model: a/b, to: c/d}\n"
      "  - {at: 0s, action: withdraw_redirect, model: a/b}\n"
      "  - {at: 0s, action: rename_answer, model: c/d, as: c/d-2}\n");
  EXPECT_FALSE(world.find("a/b")->answers_differ);
  EXPECT_TRUE(world.find("c/d")->answers_differ);
}
TEST(World, DedicatedOnlyLeavesTheServerlessListOnly) {
  const World world = world_after("  - {at: 0s, action: dedicated_only, model: a/b}");
  EXPECT_EQ(world.find("a/b")->standing, Standing::kNonServerless);
  EXPECT_TRUE(world.find("a/b")->listed);
  EXPECT_FALSE(world.find("a/b")->listed_serverless);
}
TEST(World, RedirectsAreFollowedToTheEnd) {
  const World world = world_after(
      "  - {at: 0s, action: redirect, model: c/d, to: x/dedicated}\n"
      "  - {at: 0s, action: redirect, model: a/b, to: c/d}\n");
  EXPECT_EQ(world.answering(*world.find("a/b")).model.id, "x/dedicated");
}
TEST(World, RefusesRedirectsInACircle) {
  EXPECT_EQ(make_error("events:\n  - {at: 0s, action: redirect, model: a/b, to: c/d}\n"
                       "  - {at: 1s, action: redirect, model: c/d, to: a/b}\n"),
            "s.yml:3: to: redirects from \"a/b\" lead back to the model");
}
TEST(World, RefusesAnUnknownModelWithTheLine) {
  EXPECT_EQ(make_error("events:\n  - {at: 0s, action: remove, model: no/such}\n"),
            "s.yml:2: model: \"no/such\" is neither in the catalogue nor added before");
}
TEST(World, AnAddedModelIsKnownFromThenOn) {
  EXPECT_EQ(make_error("events:\n  - {at: 0s, action: add, model: new/one}\n"
                       "  - {at: 1s, action: remove, model: new/one}\n"),
            "");
}
TEST(World, AddListsTheModel) {
  const World world = world_after(
      "  - {at: 0s, action: add, model: new/one, serverless: true, price: {input: 2, output: 4}}");
  ASSERT_NE(world.find("new/one"), nullptr);
  EXPECT_EQ(world.find("new/one")->standing, Standing::kServed);
  EXPECT_NE(world.find("new/one")->listing_text.find("\"input\":2,\"output\":4"),
            std::string::npos);
}
TEST(World, AModelOfTheScenarioOverridesTheCatalogue) {
  const World world = world_of("models: [{id: a/b, price: {input: 7}}]");
  EXPECT_EQ(world.models().size(), 3U);
  EXPECT_EQ(world.find("a/b")->model.listing["pricing"]["input"], 7);
  EXPECT_EQ(world.find("a/b")->model.listing["pricing"]["output"], 1.5);
}
TEST(World, AnOutageEndsByItself) {
  World world = world_of("events: [{at: 1m, action: fail_all, status: 521, for: 2m}]");
  world.advance_to(1min, kNoon);
  ASSERT_TRUE(world.account().outage);
  EXPECT_EQ(world.account().outage->failure, Failure::k521);
  world.advance_to(179s, kNoon);
  EXPECT_TRUE(world.account().outage);
  world.advance_to(3min, kNoon);
  EXPECT_FALSE(world.account().outage);
}
TEST(World, AnOutageOverLongAgoIsOverAtOnce) {
  World world = world_of("events: [{at: 1m, action: fail_all, status: 503, for: 2m}]");
  world.advance_to(1h, kNoon);
  EXPECT_FALSE(world.account().outage);
}
TEST(World, AnOutageWithoutEndWaitsForRecovery) {
  World world =
      world_of("events: [{at: 0s, action: fail_all, status: 503}, {at: 1h, action: recover_all}]");
  world.advance_to(59min, kNoon);
  EXPECT_TRUE(world.account().outage);
  world.advance_to(1h, kNoon);
  EXPECT_FALSE(world.account().outage);
}
TEST(World, ARateLimitOfAModelEndsByItself) {
  World world = world_of("events: [{at: 0s, action: rate_limit, model: a/b, for: 10s}]");
  world.advance_to(9s, kNoon);
  EXPECT_TRUE(world.find("a/b")->throttle);
  EXPECT_FALSE(world.account().throttle);
  world.advance_to(10s, kNoon);
  EXPECT_FALSE(world.find("a/b")->throttle);
}
TEST(World, AnnouncementsCanBeRelative) {
  const World world = world_after("  - {at: 0s, action: announce, model: a/b, in: 10d}");
  EXPECT_EQ(world.find("a/b")->retirement->date, "2026-12-01");
  EXPECT_FALSE(world.find("a/b")->answers_differ);
}
TEST(World, AnEmptyVersionHeaderIsTakenAway) {
  World world =
      world_after("  - {at: 0s, action: version_header, name: x-inference-version, value: \"\"}");
  EXPECT_TRUE(world.account().headers.empty());
}
TEST(World, AListModeCanConcernOneList) {
  const World world = world_after("  - {at: 0s, action: list_mode, mode: empty, list: serverless}");
  EXPECT_EQ(world.account().all.mode, ListMode::kNormal);
  EXPECT_EQ(world.account().serverless.mode, ListMode::kEmpty);
}

}  // namespace
}  // namespace together::simulator
