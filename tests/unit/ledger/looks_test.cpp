#include "exporter/ledger/looks.h"

#include <gtest/gtest.h>

namespace together {
namespace {

WallTime at(int seconds) { return WallTime(std::chrono::seconds(seconds)); }
ServingFacts word(Look look) { return {look, "", true}; }
ServingFacts hearsay(Look look) { return {look, "", false}; }

TEST(Looks, CountsAbsencesInARow) {
  Looks looks;
  fold(looks, word(Look::kNotFound), at(1));
  fold(looks, word(Look::kNonServerless), at(2));
  EXPECT_EQ(looks.absent_in_row, 2);
  EXPECT_EQ(looks.absent_since, at(1));
  EXPECT_EQ(unavailable_reason(looks), "non_serverless");
}
TEST(Looks, AServedLookEndsEveryRow) {
  Looks looks;
  fold(looks, word(Look::kNotFound), at(1));
  fold(looks, word(Look::kFailing), at(2));
  fold(looks, word(Look::kServed), at(3));
  EXPECT_EQ(looks.absent_in_row, 0);
  EXPECT_EQ(looks.failing_in_row, 0);
  EXPECT_EQ(looks.last_served, at(3));
  EXPECT_EQ(unavailable_reason(looks), "");
}
TEST(Looks, AFailureNeitherAddsToNorEndsARowOfAbsences) {
  Looks looks;
  fold(looks, word(Look::kNotFound), at(1));
  fold(looks, word(Look::kFailing), at(2));
  fold(looks, word(Look::kNotFound), at(3));
  EXPECT_EQ(looks.absent_in_row, 2);
  EXPECT_EQ(looks.failing_in_row, 0);
}
TEST(Looks, ARateLimitProvesExistence) {
  Looks looks;
  fold(looks, word(Look::kNotFound), at(1));
  fold(looks, word(Look::kThrottled), at(2));
  EXPECT_EQ(looks.absent_in_row, 0);
  EXPECT_EQ(looks.presence, Presence::kThrottled);
  EXPECT_FALSE(looks.last_served);
}
TEST(Looks, ABlockEndsARowOfAbsences) {
  Looks looks;
  fold(looks, word(Look::kNotFound), at(1));
  fold(looks, word(Look::kStopped), at(2));
  EXPECT_EQ(looks.absent_in_row, 0);
  EXPECT_EQ(looks.blocked_in_row, 1);
  EXPECT_EQ(unavailable_reason(looks), "endpoint_stopped");
}
TEST(Looks, ABlockAfterTroubleBringsBackNoOldAnswer) {
  for (const Look trouble : {Look::kNotFound, Look::kFailing}) {
    Looks looks;
    fold(looks, word(Look::kServed), at(1));
    fold(looks, word(trouble), at(2));
    fold(looks, word(Look::kStopped), at(3));
    EXPECT_EQ(looks.presence, Presence::kNone);
  }
}
TEST(Looks, NothingSaidChangesNothing) {
  Looks looks;
  fold(looks, word(Look::kServed), at(1));
  fold(looks, word(Look::kNothing), at(2));
  EXPECT_EQ(looks.last_word, at(1));
}
TEST(Looks, OnlyTheAuthorityIsBelievedOnAbsenceAndFailure) {
  Looks looks;
  fold(looks, hearsay(Look::kNotFound), at(1));
  fold(looks, hearsay(Look::kFailing), at(2));
  EXPECT_EQ(looks.absent_in_row, 0);
  EXPECT_EQ(looks.failing_in_row, 0);
  EXPECT_FALSE(looks.last_word);
}
TEST(Looks, AnybodyIsBelievedOnSuccess) {
  Looks looks;
  fold(looks, word(Look::kNotFound), at(1));
  fold(looks, hearsay(Look::kServed), at(2));
  EXPECT_EQ(looks.absent_in_row, 0);
  EXPECT_EQ(looks.presence, Presence::kServed);
}
TEST(Looks, RemembersWhoAnswered) {
  Looks looks;
  fold(looks, {Look::kServedByOther, "c/d", true}, at(1));
  EXPECT_EQ(looks.served_model, "c/d");
  fold(looks, word(Look::kServed), at(2));
  EXPECT_EQ(looks.served_model, "");
}

}  // namespace
}  // namespace together
