#include "exporter/ledger/prices.h"

#include <gtest/gtest.h>

namespace together {
namespace {

WallTime at(int seconds) { return WallTime(std::chrono::seconds(seconds)); }
ModelPrice listed(std::optional<double> input, std::optional<double> output = {}) {
  return {"a/b", {input, output, {}}, {}};
}

TEST(Prices, TheFirstPriceIsNoChange) {
  Prices prices;
  EXPECT_TRUE(fold(prices, listed(0.88e-6), at(1)).empty());
  EXPECT_EQ(prices.per_token[0].current, 0.88e-6);
  EXPECT_FALSE(prices.per_token[0].previous);
}
TEST(Prices, ARiseIsAChange) {
  Prices prices;
  fold(prices, listed(0.88e-6), at(1));
  const auto changes = fold(prices, listed(1.04e-6), at(2));
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].direction, "input");
  EXPECT_EQ(prices.per_token[0].previous, 0.88e-6);
  EXPECT_EQ(prices.per_token[0].increases, 1);
  EXPECT_EQ(prices.per_token[0].decreases, 0);
  EXPECT_EQ(prices.per_token[0].changed_at, at(2));
}
TEST(Prices, DirectionsChangeApart) {
  Prices prices;
  fold(prices, listed(1e-6, 4e-6), at(1));
  const auto changes = fold(prices, listed(1e-6, 3e-6), at(2));
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].direction, "output");
  EXPECT_EQ(prices.per_token[1].decreases, 1);
}
TEST(Prices, FloatDustIsNoChange) {
  Prices prices;
  fold(prices, listed(1.04e-6), at(1));
  EXPECT_TRUE(fold(prices, listed(1.0399999999999998e-6), at(2)).empty());
  EXPECT_EQ(prices.per_token[0].current, 1.04e-6);
}
TEST(Prices, GoingToZeroAndBackIsNoChange) {
  Prices prices;
  fold(prices, listed(1.2e-6), at(1));
  EXPECT_TRUE(fold(prices, listed({}), at(2)).empty());
  EXPECT_FALSE(prices.per_token[0].current);
  EXPECT_FALSE(prices.priced());
  EXPECT_TRUE(fold(prices, listed(1.2e-6), at(3)).empty());
  EXPECT_EQ(prices.per_token[0].current, 1.2e-6);
}
TEST(Prices, ComingBackAtAnotherPriceIsComparedWithTheOldOne) {
  Prices prices;
  fold(prices, listed(1.2e-6), at(1));
  fold(prices, listed({}), at(2));
  const auto changes = fold(prices, listed(1.5e-6), at(3));
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].before, 1.2e-6);
}
TEST(Prices, AUnitPriceIsAPriceToo) {
  Prices prices;
  fold(prices, {"a/b", {}, {{"image", 0.04}}}, at(1));
  EXPECT_TRUE(prices.priced());
}

}  // namespace
}  // namespace together
