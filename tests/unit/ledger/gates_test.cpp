#include "exporter/ledger/gates.h"

#include <gtest/gtest.h>

namespace together {
namespace {

TEST(KeyRejected, NeedsTwoInARow) {
  Gates gates;
  gates.fold("a/b", Outcome::kUnauthorized);
  EXPECT_FALSE(gates.active(Gate::kKeyRejected, 1));
  gates.fold("a/b", Outcome::kUnauthorized);
  EXPECT_TRUE(gates.active(Gate::kKeyRejected, 1));
}
TEST(KeyRejected, EndsWithOneAcceptedCallOnTheSameSurface) {
  Gates gates;
  gates.fold("a/b", Outcome::kUnauthorized);
  gates.fold("a/b", Outcome::kUnauthorized);
  gates.fold("", Outcome::kOk);
  EXPECT_TRUE(gates.active(Gate::kKeyRejected, 1))
      << "the list's success does not speak for inference";
  gates.fold("a/b", Outcome::kNotFound);
  EXPECT_FALSE(gates.active(Gate::kKeyRejected, 1)) << "the key is checked before the model";
}
TEST(KeyRejected, AListThatRejectsAKeyInferenceAcceptsIsNoGate) {
  Gates gates;
  gates.fold("a/b", Outcome::kOk);
  for (int i = 0; i < 5; ++i) gates.fold("", Outcome::kUnauthorized);
  EXPECT_FALSE(gates.active(Gate::kKeyRejected, 1));
}
TEST(KeyRejected, EndsByTheListWhereInferenceIsNotTriedAnyMore) {
  Gates gates;
  gates.fold("a/b", Outcome::kUnauthorized);
  gates.fold("a/b", Outcome::kUnauthorized);
  for (int i = 0; i < 19; ++i) gates.fold("", Outcome::kOk);
  EXPECT_TRUE(gates.active(Gate::kKeyRejected, 1));
  gates.fold("", Outcome::kOk);
  EXPECT_FALSE(gates.active(Gate::kKeyRejected, 1));
}
TEST(KeyRejected, ByTheListAloneIsAGate) {
  Gates gates;
  gates.fold("", Outcome::kUnauthorized);
  gates.fold("", Outcome::kUnauthorized);
  EXPECT_TRUE(gates.active(Gate::kKeyRejected, 0));
}
TEST(KeyRejected, AServerErrorSaysNothingOfTheKey) {
  Gates gates;
  gates.fold("a/b", Outcome::kUnauthorized);
  gates.fold("a/b", Outcome::kUpstreamError);
  gates.fold("a/b", Outcome::kUnauthorized);
  EXPECT_TRUE(gates.active(Gate::kKeyRejected, 1));
}
TEST(SpendLimited, NeedsTwoInARowAndEndsWithAnAnswer) {
  Gates gates;
  gates.fold("a/b", Outcome::kPaymentRequired);
  EXPECT_FALSE(gates.active(Gate::kSpendLimited, 1));
  gates.fold("c/d", Outcome::kPaymentRequired);
  gates.fold("", Outcome::kOk);
  EXPECT_TRUE(gates.active(Gate::kSpendLimited, 1)) << "the list is free and says nothing of money";
  gates.fold("c/d", Outcome::kOk);
  EXPECT_FALSE(gates.active(Gate::kSpendLimited, 1));
}
TEST(Offline, NeedsThreeLostConnectionsInARow) {
  Gates gates;
  gates.fold("", Outcome::kDnsFailed);
  gates.fold("a/b", Outcome::kConnectFailed);
  EXPECT_FALSE(gates.active(Gate::kOffline, 1));
  gates.fold("", Outcome::kTlsFailed);
  EXPECT_TRUE(gates.active(Gate::kOffline, 1));
  gates.fold("", Outcome::kUpstreamError);
  EXPECT_FALSE(gates.active(Gate::kOffline, 1)) << "somebody answered";
}
TEST(ProviderOutage, OneModelOfManyIsNoOutage) {
  Gates gates;
  for (int i = 0; i < 10; ++i) gates.fold("a/b", Outcome::kUpstreamError);
  EXPECT_FALSE(gates.active(Gate::kProviderOutage, 6));
}
TEST(ProviderOutage, HalfOfTheModelsWithoutOneSuccessIs) {
  Gates gates;
  gates.fold("a/1", Outcome::kUpstreamError);
  gates.fold("a/2", Outcome::kTimeout);
  EXPECT_FALSE(gates.active(Gate::kProviderOutage, 6));
  gates.fold("a/3", Outcome::kBadResponse);
  EXPECT_TRUE(gates.active(Gate::kProviderOutage, 6));
  EXPECT_FALSE(gates.active(Gate::kProviderOutage, 60)) << "three of sixty are not half";
}
TEST(ProviderOutage, OneSuccessEndsIt) {
  Gates gates;
  gates.fold("a/1", Outcome::kUpstreamError);
  gates.fold("a/2", Outcome::kUpstreamError);
  EXPECT_TRUE(gates.active(Gate::kProviderOutage, 2));
  gates.fold("a/1", Outcome::kOk);
  EXPECT_FALSE(gates.active(Gate::kProviderOutage, 2));
}
TEST(ProviderOutage, WhatFailsBesideASuccessFailsAloneAndClosesNothing) {
  Gates gates;
  for (const char* model : {"a/1", "a/2", "a/3"}) gates.fold(model, Outcome::kUpstreamError);
  gates.fold("a/4", Outcome::kOk);
  for (int i = 0; i < 10; ++i) {
    for (const char* model : {"a/1", "a/2", "a/3"}) gates.fold(model, Outcome::kUpstreamError);
  }
  EXPECT_TRUE(gates.fails_alone("a/1"));
  EXPECT_FALSE(gates.active(Gate::kProviderOutage, 1));
  gates.fold("a/1", Outcome::kOk);
  EXPECT_FALSE(gates.fails_alone("a/1"));
}
TEST(ProviderOutage, AnyAnswerTakesItsModelOut) {
  Gates gates;
  gates.fold("a/1", Outcome::kUpstreamError);
  gates.fold("a/2", Outcome::kUpstreamError);
  gates.fold("a/1", Outcome::kRateLimited);
  gates.fold("a/2", Outcome::kRateLimited);
  EXPECT_FALSE(gates.active(Gate::kProviderOutage, 2));
}
TEST(ProviderOutage, ASingleModelNeedsTheListToFailToo) {
  Gates gates;
  gates.fold("a/1", Outcome::kUpstreamError);
  EXPECT_FALSE(gates.active(Gate::kProviderOutage, 1));
  gates.fold("", Outcome::kUpstreamError);
  EXPECT_TRUE(gates.active(Gate::kProviderOutage, 1));
}
TEST(ProviderOutage, AFailingListAloneIsNone) {
  Gates gates;
  for (int i = 0; i < 10; ++i) gates.fold("", Outcome::kUpstreamError);
  EXPECT_FALSE(gates.any(3));
}

}  // namespace
}  // namespace together
