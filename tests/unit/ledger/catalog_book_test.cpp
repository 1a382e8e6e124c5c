#include "exporter/ledger/catalog_book.h"

#include <gtest/gtest.h>

namespace together {
namespace {

using namespace std::chrono_literals;

WallTime at(std::chrono::seconds s) { return WallTime(s); }

CatalogFacts models(int from, int to) {
  CatalogFacts facts;
  facts.list = "all";
  for (int i = from; i < to; ++i)
    facts.models.push_back({"m/" + std::to_string(i), Modality::kChat, "", "", {}});
  return facts;
}

TEST(CatalogList, BelievesTheFirstList) {
  CatalogList list;
  EXPECT_TRUE(list.fold(models(0, 100), at(0s)).accepted);
  EXPECT_EQ(list.entries().size(), 100u);
}
TEST(CatalogList, TellsWhatCameAndWent) {
  CatalogList list;
  list.fold(models(0, 100), at(0s));
  const auto folded = list.fold(models(1, 101), at(1s));
  EXPECT_EQ(folded.vanished, std::vector<std::string>{"m/0"});
  EXPECT_EQ(folded.appeared, std::vector<std::string>{"m/100"});
}
TEST(CatalogList, TenPercentIsBelieved) {
  CatalogList list;
  list.fold(models(0, 100), at(0s));
  EXPECT_TRUE(list.fold(models(10, 100), at(1s)).accepted);
}
TEST(CatalogList, MoreThanTenPercentIsSuspect) {
  CatalogList list;
  list.fold(models(0, 100), at(0s));
  EXPECT_FALSE(list.fold(models(11, 100), at(1s)).accepted);
  EXPECT_TRUE(list.suspect());
  EXPECT_EQ(list.entries().size(), 100u);
}
TEST(CatalogList, ThreeOfASmallListAreBelieved) {
  CatalogList list;
  list.fold(models(0, 5), at(0s));
  EXPECT_TRUE(list.fold(models(3, 5), at(1s)).accepted);
}
TEST(CatalogList, AnEmptyFirstListIsSuspect) {
  CatalogList list;
  EXPECT_FALSE(list.fold(models(0, 0), at(0s)).accepted);
  EXPECT_FALSE(list.known());
}
TEST(CatalogList, ThreeEqualAnswersOverThirtyMinutesAreBelieved) {
  CatalogList list;
  list.fold(models(0, 100), at(0s));
  EXPECT_FALSE(list.fold(models(50, 100), at(1min)).accepted);
  EXPECT_FALSE(list.fold(models(50, 100), at(2min)).accepted);
  EXPECT_FALSE(list.fold(models(50, 100), at(30min)).accepted) << "three, but not over 30 minutes";
  EXPECT_TRUE(list.fold(models(50, 100), at(31min)).accepted);
  EXPECT_EQ(list.entries().size(), 50u);
}
TEST(CatalogList, TwoAnswersAreNotEnoughHoweverFarApart) {
  CatalogList list;
  list.fold(models(0, 100), at(0s));
  list.fold(models(50, 100), at(1min));
  EXPECT_FALSE(list.fold(models(50, 100), at(3h)).accepted);
}
TEST(CatalogList, AnotherAnswerStartsTheCountAgain) {
  CatalogList list;
  list.fold(models(0, 100), at(0s));
  list.fold(models(50, 100), at(1min));
  list.fold(models(60, 100), at(20min));
  list.fold(models(50, 100), at(40min));
  EXPECT_FALSE(list.fold(models(50, 100), at(45min)).accepted);
}
TEST(CatalogList, AGoodListEndsSuspicion) {
  CatalogList list;
  list.fold(models(0, 100), at(0s));
  list.fold(models(0, 0), at(1min));
  EXPECT_TRUE(list.fold(models(0, 100), at(2min)).accepted);
  EXPECT_FALSE(list.suspect());
}

}  // namespace
}  // namespace together
