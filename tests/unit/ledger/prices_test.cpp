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
  EXPECT_TRUE(fold(prices, listed(0.88e-6), at(1)).changes.empty());
  EXPECT_EQ(prices.per_token[0].current, 0.88e-6);
  EXPECT_FALSE(prices.per_token[0].previous);
}
TEST(Prices, ARiseIsAChange) {
  Prices prices;
  fold(prices, listed(0.88e-6), at(1));
  const auto changes = fold(prices, listed(1.04e-6), at(2)).changes;
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].name, "input");
  EXPECT_EQ(prices.per_token[0].previous, 0.88e-6);
  EXPECT_EQ(prices.per_token[0].increases, 1);
  EXPECT_EQ(prices.per_token[0].decreases, 0);
  EXPECT_EQ(prices.per_token[0].changed_at, at(2));
}
TEST(Prices, DirectionsChangeApart) {
  Prices prices;
  fold(prices, listed(1e-6, 4e-6), at(1));
  const auto changes = fold(prices, listed(1e-6, 3e-6), at(2)).changes;
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].name, "output");
  EXPECT_EQ(prices.per_token[1].decreases, 1);
}
TEST(Prices, FloatDustIsNoChange) {
  Prices prices;
  fold(prices, listed(1.04e-6), at(1));
  EXPECT_TRUE(fold(prices, listed(1.0399999999999998e-6), at(2)).changes.empty());
  EXPECT_EQ(prices.per_token[0].current, 1.04e-6);
}
TEST(Prices, GoingToZeroAndBackIsNoChange) {
  Prices prices;
  fold(prices, listed(1.2e-6), at(1));
  EXPECT_TRUE(fold(prices, listed({}), at(2)).changes.empty());
  EXPECT_FALSE(prices.per_token[0].current);
  EXPECT_FALSE(prices.priced());
  EXPECT_TRUE(fold(prices, listed(1.2e-6), at(3)).changes.empty());
  EXPECT_EQ(prices.per_token[0].current, 1.2e-6);
}
TEST(Prices, ComingBackAtAnotherPriceIsComparedWithTheOldOne) {
  Prices prices;
  fold(prices, listed(1.2e-6), at(1));
  fold(prices, listed({}), at(2));
  const auto changes = fold(prices, listed(1.5e-6), at(3)).changes;
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].before, 1.2e-6);
}
TEST(Prices, AUnitPriceIsAPriceToo) {
  Prices prices;
  fold(prices, {"a/b", {}, {{"image", 0.04}}}, at(1));
  EXPECT_TRUE(prices.priced());
}

/// A picture's price and, where given, a megapixel's.
ModelPrice picture(std::optional<double> image, std::optional<double> megapixel = {}) {
  ModelPrice price{"a/b", {}, {}};
  if (image) price.per_unit.push_back({"image", *image});
  if (megapixel) price.per_unit.push_back({"megapixel", *megapixel});
  return price;
}
ModelPrice unread(const std::string& name, PriceFault fault) {
  ModelPrice price{"a/b", {}, {}};
  price.unread.push_back({name, fault});
  return price;
}
double begun(const Prices& prices, PriceFault fault) {
  return prices.faults[static_cast<std::size_t>(fault)];
}

TEST(UnitPrices, AFallIsAChange) {
  Prices prices;
  fold(prices, picture(0.04), at(1));
  const auto changes = fold(prices, picture(0.03), at(2)).changes;
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].name, "image");
  EXPECT_FALSE(changes[0].per_token);
  EXPECT_EQ(changes[0].before, 0.04);
  EXPECT_EQ(changes[0].after, 0.03);
  const PriceHistory& image = prices.per_unit.at("image");
  EXPECT_EQ(image.previous, 0.04);
  EXPECT_EQ(image.current, 0.03);
  EXPECT_EQ(image.changed_at, at(2));
  EXPECT_EQ(image.decreases, 1);
  EXPECT_EQ(image.increases, 0);
}
TEST(UnitPrices, FloatDustIsNoChange) {
  Prices prices;
  fold(prices, picture(0.04), at(1));
  EXPECT_TRUE(fold(prices, picture(0.040000000000000001), at(2)).changes.empty());
}
TEST(UnitPrices, GoingAndComingBackIsNoChange) {
  Prices prices;
  fold(prices, picture(0.04), at(1));
  fold(prices, picture({}), at(2));
  EXPECT_FALSE(prices.priced());
  EXPECT_TRUE(fold(prices, picture(0.04), at(3)).changes.empty());
  EXPECT_EQ(prices.per_unit.at("image").current, 0.04);
}
TEST(UnitPrices, ANewUnitIsNeitherChangeNorFault) {
  Prices prices;
  fold(prices, picture(0.04), at(1));
  const auto folded = fold(prices, picture(0.04, 0.02), at(2));
  EXPECT_TRUE(folded.changes.empty());
  EXPECT_TRUE(folded.faults.empty());
}

TEST(PriceFaults, APriceThatVanishesIsToldOnce) {
  Prices prices;
  fold(prices, listed(1e-6, 2e-6), at(1));
  EXPECT_EQ(fold(prices, listed({}, {}), at(2)).faults,
            (PriceFaults{{PriceFault::kVanished, {"input", "output"}}}));
  EXPECT_TRUE(fold(prices, listed({}, {}), at(3)).faults.empty());
  EXPECT_EQ(begun(prices, PriceFault::kVanished), 1);
}
TEST(PriceFaults, APriceThatReturnsIsToldOnce) {
  Prices prices;
  fold(prices, picture(0.04), at(1));
  fold(prices, picture({}), at(2));
  EXPECT_EQ(fold(prices, picture(0.04), at(3)).faults,
            (PriceFaults{{PriceFault::kReturned, {"image"}}}));
  EXPECT_TRUE(fold(prices, picture(0.04), at(4)).faults.empty());
  EXPECT_EQ(begun(prices, PriceFault::kReturned), 1);
}
TEST(PriceFaults, AReturnAtAnotherPriceIsAChangeToo) {
  Prices prices;
  fold(prices, listed(1e-6), at(1));
  fold(prices, listed({}), at(2));
  const auto folded = fold(prices, listed(2e-6), at(3));
  EXPECT_EQ(folded.changes.size(), 1u);
  EXPECT_TRUE(folded.faults.contains(PriceFault::kReturned));
}
TEST(PriceFaults, AModelThatNeverHadAPriceHasNone) {
  Prices prices;
  fold(prices, listed({}), at(1));
  EXPECT_TRUE(fold(prices, listed({}), at(2)).faults.empty());
  EXPECT_FALSE(prices.ever_priced());
}
TEST(PriceFaults, ADelistedModelHasNone) {
  Prices prices;
  fold(prices, listed(1e-6), at(1));
  unlist(prices);
  EXPECT_TRUE(fold(prices, listed(1e-6), at(2)).faults.empty());
  fold(prices, listed({}), at(3));
  unlist(prices);
  EXPECT_TRUE(fold(prices, listed(1e-6), at(4)).faults.empty());
}
TEST(PriceFaults, AnUnreadablePriceIsNotCalledVanished) {
  Prices prices;
  fold(prices, listed(1e-6), at(1));
  const auto folded = fold(prices, unread("input", PriceFault::kKind), at(2));
  EXPECT_EQ(folded.faults, (PriceFaults{{PriceFault::kKind, {"input"}}}));
  EXPECT_FALSE(prices.per_token[0].current);
  EXPECT_TRUE(fold(prices, unread("input", PriceFault::kKind), at(3)).faults.empty());
  EXPECT_EQ(fold(prices, unread("input", PriceFault::kUnreadable), at(4)).faults,
            (PriceFaults{{PriceFault::kUnreadable, {"input"}}}));
  EXPECT_EQ(fold(prices, listed({}), at(5)).faults,
            (PriceFaults{{PriceFault::kVanished, {"input"}}}));
}
TEST(PriceFaults, APricingThatIsNoObjectIsOneFault) {
  Prices prices;
  fold(prices, listed(1e-6, 2e-6), at(1));
  EXPECT_EQ(fold(prices, unread("pricing", PriceFault::kKind), at(2)).faults,
            (PriceFaults{{PriceFault::kKind, {"pricing"}}}));
  EXPECT_EQ(
      fold(prices, listed(1e-6), at(3)).faults,
      (PriceFaults{{PriceFault::kReturned, {"pricing"}}, {PriceFault::kVanished, {"output"}}}));
}
TEST(PriceFaults, AFaultOfAPriceThatNeverWasEndsSilently) {
  Prices prices;
  fold(prices, unread("input", PriceFault::kKind), at(1));
  EXPECT_TRUE(fold(prices, listed({}), at(2)).faults.empty());
  EXPECT_TRUE(prices.faulty.empty());
}

}  // namespace
}  // namespace together
