// The states of the contract, one literal case each.
#include "exporter/ledger/state.h"

#include <gtest/gtest.h>

namespace together {
namespace {

constexpr Confirmations kThree{3, 3};

Evidence seen(Presence presence) {
  Evidence e;
  e.fresh = true;
  e.presence = presence;
  return e;
}

TEST(Decide, NothingKnownIsUnknown) { EXPECT_EQ(decide({}, kThree), ModelState::kUnknown); }
TEST(Decide, ServedIsAvailable) {
  EXPECT_EQ(decide(seen(Presence::kServed), kThree), ModelState::kAvailable);
}
TEST(Decide, ServedByOtherIsRedirected) {
  EXPECT_EQ(decide(seen(Presence::kServedByOther), kThree), ModelState::kRedirected);
}
TEST(Decide, RateLimitedIsThrottled) {
  EXPECT_EQ(decide(seen(Presence::kThrottled), kThree), ModelState::kThrottled);
}
TEST(Decide, OneAbsenceIsSuspect) {
  Evidence e = seen(Presence::kServed);
  e.absent_in_row = 1;
  e.account_worked = true;
  EXPECT_EQ(decide(e, kThree), ModelState::kSuspect);
}
TEST(Decide, ConfirmedAbsenceIsRemoved) {
  Evidence e = seen(Presence::kServed);
  e.absent_in_row = 3;
  e.account_worked = true;
  EXPECT_EQ(decide(e, kThree), ModelState::kRemoved);
}
TEST(Decide, ConfirmedAbsenceWithoutAWorkingAccountStaysSuspect) {
  Evidence e = seen(Presence::kServed);
  e.absent_in_row = 7;
  EXPECT_EQ(decide(e, kThree), ModelState::kSuspect);
}
TEST(Decide, OneFailureChangesNothing) {
  Evidence e = seen(Presence::kServed);
  e.failing_in_row = 1;
  EXPECT_EQ(decide(e, kThree), ModelState::kAvailable);
}
TEST(Decide, ConfirmedFailureIsDown) {
  Evidence e = seen(Presence::kServed);
  e.failing_in_row = 3;
  EXPECT_EQ(decide(e, kThree), ModelState::kDown);
}
TEST(Decide, UnconfirmedBlockChangesNothing) {
  Evidence e = seen(Presence::kServed);
  e.blocked_in_row = 2;
  EXPECT_EQ(decide(e, kThree), ModelState::kAvailable);
}
TEST(Decide, ConfirmedBlockIsBlocked) {
  Evidence e = seen(Presence::kServed);
  e.blocked_in_row = 3;
  EXPECT_EQ(decide(e, kThree), ModelState::kBlocked);
}
TEST(Decide, VanishedBeforeAnyLookIsSuspect) {
  Evidence e;
  e.listing = Listing::kVanished;
  EXPECT_EQ(decide(e, kThree), ModelState::kSuspect);
}
TEST(Decide, VanishedAfterALookIsNothing) {
  Evidence e = seen(Presence::kServed);
  e.listing = Listing::kVanished;
  EXPECT_EQ(decide(e, kThree), ModelState::kAvailable);
}
TEST(Decide, OldEvidenceIsUnknown) {
  Evidence e = seen(Presence::kServed);
  e.fresh = false;
  EXPECT_EQ(decide(e, kThree), ModelState::kUnknown);
}

}  // namespace
}  // namespace together
