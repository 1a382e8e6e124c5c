// The ledger as a whole: what a run of observations makes it believe, tell and ask for.
#include "exporter/ledger/ledger.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/unit/ledger/ledger_fixture.h"

namespace together {
namespace {

using namespace std::chrono_literals;

TEST_F(LedgerTest, ARemovalIsSuspectFirstAndThenRemoved) {
  served("a/b");
  absent("a/b");
  EXPECT_EQ(state("a/b"), ModelState::kSuspect);
  list({"a/b", "c/d"});  // the account works meanwhile
  absent("a/b");
  EXPECT_EQ(state("a/b"), ModelState::kSuspect);
  const Applied third = absent("a/b");
  EXPECT_EQ(state("a/b"), ModelState::kRemoved);
  EXPECT_EQ(texts(third), std::vector<std::string>{
                              "\"a/b\" went from suspect to removed: not_found, 3 looks in a "
                              "row since 2026-09-21T14:13:22Z"});
}
TEST_F(LedgerTest, WithoutAWorkingAccountARemovalStaysSuspect) {
  for (int i = 0; i < 5; ++i) absent("a/b");
  EXPECT_EQ(state("a/b"), ModelState::kSuspect);
  served("c/d");
  EXPECT_EQ(state("a/b"), ModelState::kRemoved);
}
TEST_F(LedgerTest, AsksToLookSoonerUntilConfirmed) {
  const Applied first = absent("a/b");
  ASSERT_EQ(first.sooner.size(), 1u);
  EXPECT_EQ(first.sooner[0].model, "a/b");
  EXPECT_EQ(first.sooner[0].in, 30s);
  absent("a/b");
  EXPECT_TRUE(absent("a/b").sooner.empty());
}
TEST_F(LedgerTest, ASingleFailureIsNoEvent) {
  served("a/b");
  served("c/d");
  now_ += 10s;
  EXPECT_TRUE(failing("a/b").changes.events.empty());
  EXPECT_EQ(state("a/b"), ModelState::kAvailable);
}
TEST_F(LedgerTest, ARoutedRequestHidesNoOutage) {
  served("a/b");
  served("c/d");
  failing("a/b");
  routed("a/b");
  routed("c/d", Outcome::kCallerError);
  failing("c/d");
  EXPECT_TRUE(ledger_.gate(Gate::kProviderOutage));
  routed("a/b");
  EXPECT_TRUE(ledger_.gate(Gate::kProviderOutage)) << "only an answer ends it";
}
TEST_F(LedgerTest, OtherSurfacesOfTheAccountSayNothingOfTheList) {
  account(Outcome::kOk);
  Observation batches;
  batches.probe = "batch";
  batches.outcome = Outcome::kUpstreamError;
  ledger_.apply({batches}, now_);
  EXPECT_TRUE(*ledger_.up());
  batches.outcome = Outcome::kUnauthorized;
  ledger_.apply({batches}, now_);
  ledger_.apply({batches}, now_);
  EXPECT_FALSE(ledger_.gated());
}
TEST_F(LedgerTest, TheAccountProbeFindsARejectedKey) {
  Observation whoami;
  whoami.probe = "account";
  whoami.outcome = Outcome::kUnauthorized;
  ledger_.apply({whoami}, now_);
  ledger_.apply({whoami}, now_);
  EXPECT_TRUE(ledger_.gate(Gate::kKeyRejected));
  EXPECT_FALSE(ledger_.up()) << "no list was read";
}
TEST_F(LedgerTest, AnAnswerThatBreaksARuleIsNoOutage) {
  served("a/b");
  served("c/d");
  for (int i = 0; i < 3; ++i) {
    look("a/b", Look::kServed, Outcome::kBadResponse);
    look("c/d", Look::kServed, Outcome::kBadResponse);
  }
  EXPECT_FALSE(ledger_.gated());
  EXPECT_EQ(state("a/b"), ModelState::kAvailable);
}
TEST_F(LedgerTest, AnAuthoritysRefusalEndsWhatItsFailuresBegan) {
  served("a/b");
  served("c/d");
  failing("a/b");
  failing("c/d");
  ASSERT_TRUE(ledger_.gate(Gate::kProviderOutage));
  Observation refused;
  refused.probe = "image";
  refused.at = now_ += 1s;
  refused.outcome = Outcome::kOk;
  refused.facts = ServingFacts{Look::kServed, "", true, false};
  for (const char* model : {"a/b", "c/d"}) {
    refused.target.model = model;
    ledger_.apply({refused}, now_);
  }
  EXPECT_FALSE(ledger_.gate(Gate::kProviderOutage));
}
TEST_F(LedgerTest, WhatWasSaidAtASlowPaceKeepsItsTime) {
  ledger_.set_pace("a/b", 1h);
  served("a/b");
  ledger_.set_pace("a/b", 5min);
  now_ += 1h;
  failing("a/b");
  EXPECT_EQ(state("a/b"), ModelState::kAvailable) << "one failure is nothing yet";
  now_ += 20min;
  failing("a/b");
  EXPECT_EQ(state("a/b"), ModelState::kAvailable);
  served("a/b");
  now_ += 20min;
  ledger_.tick(now_);
  EXPECT_EQ(state("a/b"), ModelState::kUnknown) << "said at the quick pace";
}
TEST_F(LedgerTest, ARoutedRequestIsNoAnswerAndItsAbsenceOnlyAsks) {
  routed("a/b");
  EXPECT_EQ(state("a/b"), ModelState::kUnknown);
  served("a/b");
  const Applied applied = look("a/b", Look::kNotFound, Outcome::kNotFound, false);
  EXPECT_EQ(state("a/b"), ModelState::kAvailable);
  ASSERT_EQ(applied.sooner.size(), 1u);
  EXPECT_EQ(applied.sooner[0].model, "a/b");
}
TEST_F(LedgerTest, EachFailureAsksOthersThanTheOneBefore) {
  std::vector<WatchedModel> six;
  for (const char* id : {"m/1", "m/2", "m/3", "m/4", "m/5", "m/6"}) {
    six.push_back({id, true, "", {}, 24h});
  }
  ledger_.configure({}, six, now_);
  for (const auto& model : six) served(model.id);
  now_ += 1h;
  const auto asked = [](const Applied& applied) {
    std::vector<std::string> ids;
    for (const auto& sooner : applied.sooner) ids.push_back(sooner.model);
    return ids;
  };
  using Ids = std::vector<std::string>;
  EXPECT_EQ(asked(failing("m/1")), (Ids{"m/1", "m/2", "m/3"}));
  EXPECT_EQ(asked(failing("m/2")), (Ids{"m/2", "m/4", "m/5"}));
  EXPECT_EQ(asked(failing("m/4")), (Ids{"m/4", "m/6"}));
  now_ += 1h;
  served("m/1");
  served("m/2");
  EXPECT_EQ(asked(failing("m/1")), (Ids{"m/1", "m/3", "m/4"})) << "later they are asked again";
}
TEST_F(LedgerTest, AFailureLooksAtOthersToo) {
  served("a/b");
  served("c/d");
  now_ += 10s;
  const Applied applied = failing("a/b");
  EXPECT_TRUE(std::any_of(applied.sooner.begin(), applied.sooner.end(),
                          [](const Sooner& s) { return s.model == "c/d"; }));
}
TEST_F(LedgerTest, OneFailingModelIsDown) {
  for (int i = 0; i < 3; ++i) {
    failing("a/b");
    served("c/d");
  }
  EXPECT_EQ(state("a/b"), ModelState::kDown);
  EXPECT_EQ(state("c/d"), ModelState::kAvailable);
}
TEST_F(LedgerTest, AllFailingIsAnOutageAndNoModelIsDown) {
  served("a/b");
  served("c/d");
  for (int i = 0; i < 5; ++i) {
    failing("a/b");
    failing("c/d");
  }
  EXPECT_TRUE(ledger_.gate(Gate::kProviderOutage));
  EXPECT_EQ(state("a/b"), ModelState::kUnknown);
  EXPECT_EQ(state("c/d"), ModelState::kUnknown);
}
TEST_F(LedgerTest, AfterAnOutageNoModelIsCalledWhatNobodySaw) {
  served("a/b");
  served("c/d");
  for (int i = 0; i < 5; ++i) {
    failing("a/b");
    failing("c/d");
  }
  const Applied back = served("a/b");
  EXPECT_EQ(state("a/b"), ModelState::kAvailable);
  EXPECT_EQ(state("c/d"), ModelState::kUnknown) << "neither down for the provider's sake, nor seen";
  EXPECT_EQ(back.sooner.size(), 2u) << "both are looked at anew";
  served("c/d");
  EXPECT_EQ(state("c/d"), ModelState::kAvailable);
}
TEST_F(LedgerTest, AModelThatGoesOnFailingAfterAnOutageIsDown) {
  served("a/b");
  served("c/d");
  for (int i = 0; i < 5; ++i) {
    failing("a/b");
    failing("c/d");
  }
  served("a/b");
  for (int i = 0; i < 3; ++i) failing("c/d");
  EXPECT_FALSE(ledger_.gate(Gate::kProviderOutage)) << "it fails alone";
  EXPECT_EQ(state("c/d"), ModelState::kDown);
}
TEST_F(LedgerTest, AFailureDoesNotBringBackAnOldAnswer) {
  served("a/b");
  now_ += 10h;
  served("c/d");
  failing("a/b");
  EXPECT_EQ(state("a/b"), ModelState::kUnknown);
}
TEST_F(LedgerTest, ARemovedModelThatIsThenStoppedWasNeverAvailable) {
  served("a/b");
  served("c/d");
  for (int i = 0; i < 3; ++i) absent("a/b");
  served("c/d");
  ASSERT_EQ(state("a/b"), ModelState::kRemoved);
  look("a/b", Look::kStopped, Outcome::kEndpointStopped);
  EXPECT_EQ(state("a/b"), ModelState::kUnknown);
  look("a/b", Look::kStopped, Outcome::kEndpointStopped);
  look("a/b", Look::kStopped, Outcome::kEndpointStopped);
  EXPECT_EQ(state("a/b"), ModelState::kBlocked);
}
TEST_F(LedgerTest, AClockSetBackKeepsNoOldWordYoung) {
  served("a/b");
  now_ -= 2h;
  ledger_.tick(now_);
  ledger_.tick(now_ + 15min + 1s);
  EXPECT_EQ(state("a/b"), ModelState::kUnknown);
}
TEST_F(LedgerTest, AClockSetBackDoesNotDelayARemoval) {
  served("a/b");
  absent("a/b");
  now_ -= 2h;
  served("c/d");
  absent("a/b");
  absent("a/b");
  EXPECT_EQ(state("a/b"), ModelState::kRemoved);
}
TEST_F(LedgerTest, APriceOfADelistedModelIsGoneAndRemembered) {
  list({"a/b", "c/d"}, 1e-6);
  list({"c/d"}, 1e-6);
  EXPECT_FALSE(ledger_.models().at("a/b").prices.priced());
  EXPECT_EQ(ledger_.models().at("a/b").prices.per_token[0].last, 1e-6);
}
TEST_F(LedgerTest, ARestartBehindAClosedGateKnowsNothing) {
  served("a/b");
  served("c/d");
  std::vector<Belief> saved;
  for (int i = 0; i < 5; ++i) {
    for (const char* id : {"a/b", "c/d"}) {
      for (auto& belief : failing(id).changes.beliefs) saved.push_back(std::move(belief));
    }
  }
  ASSERT_TRUE(ledger_.gate(Gate::kProviderOutage));
  Ledger restarted(settings(), {{"a/b", true, "", {}, 5min}, {"c/d", false, "", {}, {}}}, now_);
  restarted.restore(saved, now_);
  EXPECT_EQ(restarted.models().at("a/b").state, ModelState::kUnknown);
  EXPECT_EQ(restarted.models().at("c/d").state, ModelState::kUnknown);
}
TEST_F(LedgerTest, PricesOfUnwatchedModelsSurviveARestart) {
  list({"a/b", "e/f"}, 1e-6);
  const auto saved = list({"a/b", "e/f"}, 2e-6).changes.beliefs;
  Ledger restarted(settings(), {{"a/b", true, "", {}, 5min}}, now_);
  restarted.restore(saved, now_);
  EXPECT_EQ(restarted.catalog_prices().at("e/f").per_token[0].previous, 1e-6);
  restarted.configure(settings(), {{"e/f", true, "", {}, 5min}}, now_);
  EXPECT_EQ(restarted.models().at("e/f").prices.per_token[0].previous, 1e-6);
}
TEST_F(LedgerTest, AnOutageIsOneEventNotOneAModel) {
  served("a/b");
  served("c/d");
  failing("a/b");
  EXPECT_EQ(texts(failing("c/d")),
            std::vector<std::string>{"gate provider_outage closed: no model can be judged"});
}
TEST_F(LedgerTest, ARejectedKeyIsUnknownForAll) {
  served("a/b");
  served("c/d");
  look("a/b", Look::kNothing, Outcome::kUnauthorized);
  EXPECT_EQ(state("a/b"), ModelState::kAvailable) << "once may be chance";
  look("c/d", Look::kNothing, Outcome::kUnauthorized);
  EXPECT_EQ(state("a/b"), ModelState::kUnknown);
  EXPECT_EQ(state("c/d"), ModelState::kUnknown);
  served("a/b");
  EXPECT_EQ(state("a/b"), ModelState::kAvailable);
}
TEST_F(LedgerTest, AListThatRejectsTheKeyAloneChangesNoStateAndAsksInference) {
  served("a/b");
  served("c/d");
  now_ += 1min;
  EXPECT_EQ(account(Outcome::kUnauthorized).sooner.size(), 2u);
  account(Outcome::kUnauthorized);
  account(Outcome::kUnauthorized);
  EXPECT_EQ(state("a/b"), ModelState::kAvailable);
}
TEST_F(LedgerTest, AClosedGateAsksForNoSoonerLooks) {
  served("a/b");
  EXPECT_FALSE(look("a/b", Look::kNothing, Outcome::kUnauthorized).sooner.empty());
  look("a/b", Look::kNothing, Outcome::kUnauthorized);
  EXPECT_TRUE(look("a/b", Look::kNothing, Outcome::kUnauthorized).sooner.empty());
}
TEST_F(LedgerTest, OldEvidenceIsUnknown) {
  served("a/b");
  ledger_.tick(now_ + 15min);
  EXPECT_EQ(state("a/b"), ModelState::kAvailable);
  ledger_.tick(now_ + 15min + 1s);
  EXPECT_EQ(state("a/b"), ModelState::kUnknown);
}
TEST_F(LedgerTest, AFailedOrShrunkenListChangesNoState) {
  served("a/b");
  list({"a/b", "c/d", "e/1", "e/2", "e/3", "e/4"});
  account(Outcome::kBadResponse);
  list({});
  list({"c/d"});
  EXPECT_EQ(state("a/b"), ModelState::kAvailable);
}
TEST_F(LedgerTest, ATrackedModelThatLeavesTheListBeforeAnyLookIsSuspect) {
  list({"a/b", "c/d"});
  EXPECT_EQ(state("a/b"), ModelState::kUnknown);
  const Applied applied = list({"c/d"});
  EXPECT_EQ(state("a/b"), ModelState::kSuspect);
  ASSERT_FALSE(applied.sooner.empty());
  EXPECT_EQ(applied.sooner[0].model, "a/b");
}
TEST_F(LedgerTest, AStreamThatBreaksItsContractIsNoOutageAndNotDown) {
  served("a/b");
  for (int i = 0; i < 5; ++i) {
    look("a/b", Look::kFailing, Outcome::kBadResponse, false);
    look("c/d", Look::kFailing, Outcome::kBadResponse, false);
  }
  EXPECT_EQ(state("a/b"), ModelState::kAvailable);
  EXPECT_FALSE(ledger_.gate(Gate::kProviderOutage));
}
TEST_F(LedgerTest, PricesOfASuspectListAreNotBelieved) {
  list({"a/b", "c/d", "e/1", "e/2", "e/3", "e/4"}, 1e-6);
  list({"a/b"}, 9e-6);
  EXPECT_EQ(ledger_.models().at("a/b").prices.per_token[0].current, 1e-6);
}
TEST_F(LedgerTest, APriceChangeIsAnEvent) {
  list({"a/b", "c/d"}, 0.88e-6);
  const Applied applied = list({"a/b", "c/d"}, 1.04e-6);
  ASSERT_EQ(applied.changes.events.size(), 4u);
  EXPECT_EQ(applied.changes.events[0].text,
            "\"a/b\" changed its price: input 0.88 -> 1.04 USD per million tokens, +18 %");
}
TEST_F(LedgerTest, ARestartTakesUpWhatWasBelieved) {
  served("c/d");
  absent("a/b");
  absent("a/b");
  Applied last = absent("a/b");
  served("c/d");
  const auto saved = absent("a/b").changes.beliefs;
  ASSERT_EQ(state("a/b"), ModelState::kRemoved);
  const WallTime since = ledger_.models().at("a/b").state_since;

  Ledger restarted(settings(), {{"a/b", true, "", {}, 5min}}, now_ + 1min);
  restarted.restore(saved, now_ + 1min);
  EXPECT_EQ(restarted.models().at("a/b").state, ModelState::kRemoved);
  EXPECT_EQ(restarted.models().at("a/b").state_since, since);
}
TEST_F(LedgerTest, ARestartAfterALongTimeKnowsOnlyWhenItWasServed) {
  const auto saved = served("a/b").changes.beliefs;
  Ledger restarted(settings(), {{"a/b", true, "", {}, 5min}}, now_ + 2h);
  restarted.restore(saved, now_ + 2h);
  EXPECT_EQ(restarted.models().at("a/b").state, ModelState::kUnknown);
  EXPECT_EQ(restarted.models().at("a/b").looks.last_served, now_);
}
TEST_F(LedgerTest, AReconfigurationKeepsWhatIsBelievedAndForgetsWhatIsGone) {
  served("a/b");
  served("c/d");
  const Applied applied = ledger_.configure({}, {{"a/b", true, "", {}, 5min}}, now_);
  EXPECT_EQ(state("a/b"), ModelState::kAvailable);
  EXPECT_EQ(ledger_.models().size(), 1u);
  EXPECT_EQ(applied.dropped, std::vector<std::string>{"c/d"});
  ASSERT_EQ(applied.changes.forgotten.size(), 1u);
  EXPECT_EQ(applied.changes.forgotten[0].second, "c/d");
}
TEST_F(LedgerTest, AVersionChangeIsAnEvent) {
  Observation seen;
  seen.probe = "api_version";
  seen.facts = HeaderFacts{"serving", {{"x-inference-version", "v2"}}};
  Observation owner;
  owner.probe = "serving";
  owner.target.model = "a/b";
  owner.outcome = Outcome::kOk;
  owner.facts = ServingFacts{Look::kServed, "", true};
  owner.at = now_;
  ledger_.apply({owner, seen}, now_);
  seen.facts = HeaderFacts{"serving", {{"x-inference-version", "v3"}}};
  const Applied applied = ledger_.apply({owner, seen}, now_);
  EXPECT_EQ(texts(applied),
            std::vector<std::string>{"header x-inference-version of serving answers "
                                     "went from \"v2\" to \"v3\""});
}

}  // namespace
}  // namespace together
