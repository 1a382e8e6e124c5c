// Retirements, redirects and replacements: what the ledger makes of them.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/unit/ledger/ledger_fixture.h"

namespace together {
namespace {

using Texts = std::vector<std::string>;

Retirement row(const std::string& model, const std::string& date, const std::string& to = "") {
  return {model, Surface::kInference, parse_day(date), to};
}

/// It is 2026-09-21, 14:13 UTC. Tracked: a/b, with the fallback c/d; one source, "page".
class LifecycleTest : public LedgerTest {
 protected:
  LifecycleTest() { track({{"a/b", true, "", {"c/d"}, 24h}}); }

  Applied track(std::vector<WatchedModel> tracked,
                std::map<std::string, std::string> migrations = {}) {
    LedgerSettings settings;
    settings.look_interval = 24h;
    settings.migrations = std::move(migrations);
    RetirementSource page;
    page.name = "page";
    page.kind = "together_page";
    page.url = "https://docs.example.com/d.md";
    settings.sources = {page};
    return ledger_.configure(settings, std::move(tracked), now_);
  }
  Applied rows(std::vector<Retirement> rows, std::vector<Redirect> redirects = {}) {
    return source("page", {false, std::move(rows), std::move(redirects), {}});
  }
  bool watched(const std::string& id) const { return ledger_.models().contains(id); }
  Texts replacements(const std::string& id) const {
    Texts texts;
    for (const auto& [other, from] : ledger_.replacements(id)) texts.push_back(other + " " + from);
    return texts;
  }
  const ModelBelief& model(const std::string& id) const { return ledger_.models().at(id); }
};

TEST_F(LifecycleTest, AnAnnouncedRetirementIsAnEventOfItsModel) {
  list({"a/b", "c/d"});
  const Applied told = rows({row("a/b", "2026-10-05", "e/f"), row("x/y", "2026-10-05")});
  EXPECT_EQ(texts(told),
            (Texts{"\"page\" says that \"a/b\" will leave inference on 2026-10-05; its "
                   "replacement is \"e/f\""}));
  EXPECT_EQ(told.changes.events[0].kind, "retirement");
  EXPECT_TRUE(texts(rows({row("a/b", "2026-10-05", "e/f"), row("x/y", "2026-10-05")})).empty());
}
TEST_F(LifecycleTest, APastRetirementIsToldAsPast) {
  EXPECT_EQ(texts(rows({row("a/b", "2026-02-25")})),
            (Texts{"\"page\" says that \"a/b\" left inference on 2026-02-25"}));
}
TEST_F(LifecycleTest, AMovedAndAWithdrawnRetirementAreEvents) {
  rows({row("a/b", "2026-10-05"), row("x/y", "2026-10-05")});
  EXPECT_EQ(
      texts(rows({row("a/b", "2026-10-12"), row("x/y", "2026-10-05")})),
      (Texts{"\"page\" says that \"a/b\" will leave inference on 2026-10-12, not on 2026-10-05"}));
  EXPECT_EQ(texts(rows({row("x/z", "2026-10-05"), row("x/y", "2026-10-05")})),
            (Texts{"\"page\" no longer says that \"a/b\" leaves inference on 2026-10-12"}));
}
TEST_F(LifecycleTest, ADateAloneChangesNoState) {
  served("a/b");
  rows({row("a/b", "2026-02-25")});
  EXPECT_EQ(state("a/b"), ModelState::kAvailable);
  EXPECT_EQ(ledger_.evidence(model("a/b"), now_).schedule, Schedule::kPassed);
}
TEST_F(LifecycleTest, ASourceSaysNothingOfTheAccount) {
  Observation seen;
  seen.probe = "retirements";
  seen.target.part = "page";
  seen.foreign = true;
  seen.outcome = Outcome::kDnsFailed;
  seen.detail = "no such host";
  for (int i = 0; i < 10; ++i) ledger_.apply({seen}, now_);
  EXPECT_FALSE(ledger_.up());
  EXPECT_FALSE(ledger_.gated());
  EXPECT_EQ(ledger_.retirements().sources().at("page").up, false);
}
TEST_F(LifecycleTest, ABrokenSourceIsOneEvent) {
  Observation seen;
  seen.probe = "retirements";
  seen.target.part = "page";
  seen.foreign = true;
  seen.outcome = Outcome::kBadResponse;
  seen.detail = "no inference rows";
  EXPECT_EQ(
      texts(ledger_.apply({seen}, now_)),
      (Texts{
          "retirement source \"page\" is broken, its last good answer stays: no inference rows"}));
  EXPECT_TRUE(texts(ledger_.apply({seen}, now_)).empty());
  EXPECT_EQ(texts(rows({row("x/y", "2026-10-05")})),
            (Texts{"retirement source \"page\" is good again, with 1 row"}));
}

TEST_F(LifecycleTest, AReplacementIsWatchedAndItsReplacementToo) {
  const Applied told = rows({row("a/b", "2026-10-05", "e/1"), row("e/1", "2026-11-05", "e/2")});
  EXPECT_TRUE(told.models_changed);
  EXPECT_TRUE(watched("e/1"));
  EXPECT_TRUE(watched("e/2"));
  EXPECT_FALSE(model("e/1").watched.tracked);
  const Applied gone = rows({row("a/b", "2026-10-05"), row("e/1", "2026-11-05", "e/2")});
  EXPECT_EQ(gone.dropped, (Texts{"e/1", "e/2"}));
}
TEST_F(LifecycleTest, OnlyChainsOfTrackedModelsAreWatched) {
  rows({row("c/d", "2026-10-05", "e/1"), row("x/y", "2026-10-05", "e/2")});
  EXPECT_FALSE(watched("e/1")) << "the fallback's replacement is nobody's";
  EXPECT_FALSE(watched("e/2"));
}
TEST_F(LifecycleTest, AChainIsFollowedFiveStepsAndNotInCircles) {
  rows({row("a/b", "2026-10-05", "e/1"), row("e/1", "2026-10-05", "e/2"),
        row("e/2", "2026-10-05", "e/3"), row("e/3", "2026-10-05", "e/4"),
        row("e/4", "2026-10-05", "e/5"), row("e/5", "2026-10-05", "e/6")});
  EXPECT_TRUE(watched("e/5"));
  EXPECT_FALSE(watched("e/6"));
  rows({row("a/b", "2026-10-05", "e/1"), row("e/1", "2026-10-05", "a/b"), row("e/2", "2026-10-05"),
        row("e/3", "2026-10-05"), row("e/4", "2026-10-05")});
  EXPECT_TRUE(watched("e/1"));
  EXPECT_FALSE(watched("e/2"));
}
TEST_F(LifecycleTest, AReplacementThatIsNoIdIsNamedAndNotAsked) {
  rows({row("a/b", "2026-10-05", "Kimi K3")});
  EXPECT_EQ(replacements("a/b"), (Texts{"Kimi K3 page"}));
  EXPECT_FALSE(watched("Kimi K3"));
}
TEST_F(LifecycleTest, TheSuccessorIsTheNearestThatAnswers) {
  rows({row("a/b", "2026-02-25", "e/1"), row("e/1", "2026-03-25", "e/2")});
  EXPECT_FALSE(ledger_.successor("a/b"));
  served("e/2");
  ASSERT_TRUE(ledger_.successor("a/b"));
  EXPECT_EQ(ledger_.successor("a/b")->id, "e/2");
  EXPECT_EQ(ledger_.successor("a/b")->hops, 2);
  served("e/1");
  EXPECT_EQ(ledger_.successor("a/b")->id, "e/1");
}
TEST_F(LifecycleTest, SourcesRedirectsAndMigrationsNameReplacements) {
  track({{"a/b", true, "", {}, 24h}}, {{"a/b", "m/1"}, {"m/1", "m/2"}});
  rows({row("a/b", "2026-10-05", "e/1")}, {{"a/b", "e/2"}});
  EXPECT_EQ(replacements("a/b"), (Texts{"e/2 redirect", "e/1 page", "m/1 migration"}));
  for (const char* id : {"e/1", "e/2", "m/1", "m/2"}) EXPECT_TRUE(watched(id)) << id;
}

TEST_F(LifecycleTest, AnObservedRedirectIsWatched) {
  look("a/b", Look::kServedByOther, Outcome::kOk, true, "e/1");
  EXPECT_EQ(state("a/b"), ModelState::kRedirected);
  EXPECT_EQ(replacements("a/b"), (Texts{"e/1 redirect"}));
  EXPECT_TRUE(watched("e/1"));
  served("a/b");
  EXPECT_FALSE(watched("e/1"));
}
TEST_F(LifecycleTest, ADatedRevisionIsARedirectButNoReplacement) {
  const Applied told = look("a/b", Look::kServedByOther, Outcome::kOk, true, "a/b-030424");
  EXPECT_EQ(state("a/b"), ModelState::kRedirected);
  EXPECT_EQ(texts(told),
            (Texts{"\"a/b\" went from unknown to redirected: \"a/b-030424\" answers for "
                   "it, a dated revision"}));
  EXPECT_TRUE(replacements("a/b").empty());
}
TEST_F(LifecycleTest, AnnouncedAndObservedAreOneReplacement) {
  rows({row("x/y", "2026-10-05")}, {{"a/b", "e/1"}});
  look("a/b", Look::kServedByOther, Outcome::kOk, true, "e/1");
  EXPECT_EQ(replacements("a/b"), (Texts{"e/1 redirect"}));
}
TEST_F(LifecycleTest, ARedirectThatIsAnnouncedAndWithdrawnIsAnEvent) {
  EXPECT_EQ(texts(rows({row("x/y", "2026-10-05")}, {{"a/b", "e/1"}})),
            (Texts{"\"page\" says that \"e/1\" answers for \"a/b\""}));
  EXPECT_EQ(texts(rows({row("x/y", "2026-10-05"), row("x/z", "2026-10-05")})),
            (Texts{"\"page\" no longer says that \"e/1\" answers for \"a/b\""}));
}

TEST_F(LifecycleTest, AnIdThatNothingKnowsIsUnknownAndQuestioned) {
  track({{"a/bb", true, "", {}, 24h}});
  list({"a/b", "c/d"});
  for (int i = 0; i < 5; ++i) absent("a/bb");
  EXPECT_EQ(state("a/bb"), ModelState::kUnknown);
  EXPECT_FALSE(model("a/bb").questioned) << "the source has not spoken yet";
  const Applied told = rows({row("x/y", "2026-10-05")});
  EXPECT_EQ(texts(told), (Texts{"\"a/bb\" is in no list, source or migration, and never answered; "
                                "did you mean \"a/b\"?"}));
  EXPECT_EQ(told.changes.events[0].kind, "unknown_model");
  EXPECT_TRUE(texts(list({"a/b", "c/d"})).empty()) << "once";
}
TEST_F(LifecycleTest, AnIdThatIsNeverLookedAtIsQuestionedWhenALookWouldHaveBeenDue) {
  track({{"a/bb", true, "", {}, 24h}});
  list({"a/b"});
  rows({row("x/y", "2026-10-05")});
  EXPECT_FALSE(model("a/bb").questioned);
  now_ += 24h;
  ledger_.tick(now_);
  EXPECT_TRUE(model("a/bb").questioned);
  EXPECT_EQ(model("a/bb").nearest, (Texts{"a/b"}));
  served("a/bb");
  ledger_.tick(now_);
  EXPECT_FALSE(model("a/bb").questioned);
}
TEST_F(LifecycleTest, AnIdThatASourceNamesIsKnown) {
  list({"c/d"});
  rows({row("A/B", "2026-02-25")});
  for (int i = 0; i < 3; ++i) absent("a/b");
  served("c/d");
  EXPECT_EQ(state("a/b"), ModelState::kRemoved);
}
TEST_F(LifecycleTest, AnAnswerThatNamesItNonServerlessProvesTheId) {
  list({"c/d"});
  for (int i = 0; i < 3; ++i) look("a/b", Look::kNonServerless, Outcome::kNonServerless);
  served("c/d");
  EXPECT_EQ(state("a/b"), ModelState::kRemoved);
}
TEST_F(LifecycleTest, OnceItAnsweredItIsKnownForGood) {
  list({"c/d"});
  served("a/b");
  for (int i = 0; i < 3; ++i) absent("a/b");
  served("c/d");
  EXPECT_EQ(state("a/b"), ModelState::kRemoved);
}

TEST_F(LifecycleTest, ARestartTellsNothingTwiceAndWatchesTheSame) {
  std::vector<Belief> saved;
  const auto keep = [&](Applied applied) {
    for (auto& belief : applied.changes.beliefs) saved.push_back(std::move(belief));
  };
  keep(list({"a/b", "c/d", "e/1"}));
  keep(rows({row("a/b", "2026-10-05", "e/1")}, {{"c/d", "e/2"}}));
  keep(look("a/b", Look::kServedByOther, Outcome::kOk, true, "e/3"));
  keep(served("e/3"));

  Ledger old = std::move(ledger_);
  ledger_ = Ledger(settings(), {}, now_);
  track({{"a/b", true, "", {"c/d"}, 24h}});
  const Applied restored = ledger_.restore(saved, now_);
  EXPECT_EQ(texts(restored), Texts{});
  for (const auto& [id, belief] : old.models()) EXPECT_TRUE(watched(id)) << id;
  EXPECT_EQ(state("a/b"), ModelState::kRedirected);
  EXPECT_EQ(state("e/3"), ModelState::kAvailable);
  EXPECT_EQ(replacements("a/b"), (Texts{"e/3 redirect", "e/1 page"}));
  EXPECT_FALSE(ledger_.retirements().sources().at("page").up) << "not looked at yet";
}

}  // namespace
}  // namespace together
