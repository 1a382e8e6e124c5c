// What lists say of prices: changes, faults of the list, and what a redirect may cost.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/unit/ledger/ledger_fixture.h"

namespace together {
namespace {

using Texts = std::vector<std::string>;

/// Tracked: a/b, with the replacement c/d.
class LedgerPrices : public LedgerTest {
 protected:
  Applied prices(std::vector<ModelPrice> models) { return prices_to(ledger_, std::move(models)); }

  Applied prices_to(Ledger& ledger, std::vector<ModelPrice> models) {
    now_ += 1s;
    Observation catalog;
    catalog.probe = "catalog";
    catalog.target.part = "all";
    catalog.at = now_;
    catalog.outcome = Outcome::kOk;
    CatalogFacts facts{"all", {}, 0, 0};
    for (const auto& model : models)
      facts.models.push_back({model.id, Modality::kChat, "", "", {}});
    catalog.facts = facts;
    Observation pricing = catalog;
    pricing.probe = "pricing";
    pricing.facts = PriceFacts{std::move(models)};
    return ledger.apply({catalog, pricing}, now_);
  }
  static ModelPrice tokens(const std::string& id, std::optional<double> input,
                           std::optional<double> output = {}) {
    return {id, {input, output, {}}, {}};
  }
  static Texts texts_of(const Applied& applied, const std::string& kind) {
    Texts texts;
    for (const auto& event : applied.changes.events) {
      if (event.kind == kind) texts.push_back(event.model + ": " + event.text);
    }
    return texts;
  }
};

TEST_F(LedgerPrices, AChangeTellsOldNewAndRatio) {
  prices({tokens("a/b", 0.88e-6, 4e-6)});
  EXPECT_EQ(texts_of(prices({tokens("a/b", 1.04e-6, 3.99e-6)}), "price"),
            (Texts{"a/b: \"a/b\" changed its price: input 0.88 -> 1.04 USD per million tokens, "
                   "+18 %",
                   "a/b: \"a/b\" changed its price: output 4 -> 3.99 USD per million tokens, "
                   "-0.25 %"}));
}
TEST_F(LedgerPrices, AChangeOfAUnitPriceIsAnEvent) {
  prices({{"a/b", {}, {{"million_characters", 65}}}});
  EXPECT_EQ(
      texts_of(prices({{"a/b", {}, {{"million_characters", 130}}}}), "price"),
      (Texts{"a/b: \"a/b\" changed its price: 65 -> 130 USD per million characters, +100 %"}));
}
TEST_F(LedgerPrices, AVanishedPriceIsAFaultAndNoChange) {
  prices({tokens("a/b", 1e-6, 1e-6)});
  const Applied gone = prices({tokens("a/b", {}, {})});
  EXPECT_TRUE(texts_of(gone, "price").empty());
  EXPECT_EQ(
      texts_of(gone, "price_fault"),
      (Texts{"a/b: a fault of the model list: of \"a/b\" the prices \"input\", \"output\" are "
             "gone"}));
  EXPECT_TRUE(prices({tokens("a/b", {}, {})}).changes.events.empty());
  const Applied back = prices({tokens("a/b", 1e-6, 1e-6)});
  EXPECT_TRUE(texts_of(back, "price").empty());
  EXPECT_EQ(
      texts_of(back, "price_fault"),
      (Texts{"a/b: a fault of the model list: of \"a/b\" the prices \"input\", \"output\" are "
             "back"}));
}
TEST_F(LedgerPrices, APriceOfAnotherKindIsAFault) {
  prices({tokens("a/b", 1e-6)});
  ModelPrice odd{"a/b", {}, {}};
  odd.unread.push_back({"input", PriceFault::kKind});
  EXPECT_EQ(texts_of(prices({odd}), "price_fault"),
            (Texts{"a/b: a fault of the model list: of \"a/b\" the price \"input\" is no number"}));
  EXPECT_EQ(ledger_.models().at("a/b").prices.per_token[0].last, 1e-6);
}
TEST_F(LedgerPrices, AFaultOfManyModelsIsOneEventOfTheAccount) {
  std::vector<ModelPrice> priced{tokens("a/b", 1e-6), tokens("c/d", 1e-6)};
  for (int i = 0; i < 9; ++i) priced.push_back(tokens("e/" + std::to_string(i), 1e-6));
  std::vector<ModelPrice> unpriced = priced;
  for (auto& model : unpriced) model.per_token.input.reset();
  prices(priced);
  EXPECT_EQ(texts_of(prices(unpriced), "price_fault"),
            (Texts{": a fault of the model list: prices of 11 of 11 models are gone, 2 of them "
                   "watched"}));
  EXPECT_EQ(ledger_.models().at("a/b").prices.faults[0], 1);
  EXPECT_EQ(ledger_.catalog_prices().at("e/0").faults[0], 1);
}
TEST_F(LedgerPrices, AFaultOfTenModelsIsOneEventForEachThatIsWatched) {
  std::vector<ModelPrice> priced{tokens("a/b", 1e-6), tokens("c/d", 1e-6)};
  for (int i = 0; i < 8; ++i) priced.push_back(tokens("e/" + std::to_string(i), 1e-6));
  std::vector<ModelPrice> unpriced = priced;
  for (auto& model : unpriced) model.per_token.input.reset();
  prices(priced);
  EXPECT_EQ(texts_of(prices(unpriced), "price_fault").size(), 2u);
}
TEST_F(LedgerPrices, AFaultUnderWayIsNotToldAgainAfterARestart) {
  prices({tokens("a/b", 1e-6), tokens("e/f", 1e-6)});
  const auto saved = prices({tokens("a/b", {}), tokens("e/f", {})}).changes.beliefs;
  Ledger restarted(settings(), {{"a/b", true, "", {}, 5min}}, now_);
  restarted.restore(saved, now_);
  EXPECT_TRUE(texts_of(prices_to(restarted, {tokens("a/b", {}), tokens("e/f", {})}), "price_fault")
                  .empty());
  EXPECT_EQ(restarted.catalog_prices().at("e/f").faulty.count("input"), 1u);
  EXPECT_EQ(texts_of(prices_to(restarted, {tokens("a/b", 1e-6), tokens("e/f", {})}), "price_fault"),
            (Texts{"a/b: a fault of the model list: of \"a/b\" the price \"input\" is back"}));
}
TEST_F(LedgerPrices, AFaultWithoutAModelIsForgotten) {
  prices({tokens("a/b", 1e-6), tokens("c/d", 1e-6)});
  prices({tokens("a/b", {}), tokens("c/d", 1e-6)});
  prices({tokens("c/d", 1e-6)});
  EXPECT_TRUE(texts_of(prices({tokens("a/b", 1e-6), tokens("c/d", 1e-6)}), "price_fault").empty());
}

TEST_F(LedgerPrices, ARedirectBeyondThePolicyIsToldOnce) {
  prices({tokens("a/b", 1e-6, 1e-6), tokens("c/d", 1.05e-6, 1.25e-6)});
  const Applied seen = look("a/b", Look::kServedByOther, Outcome::kOk, true, "c/d");
  EXPECT_EQ(texts_of(seen, "price_policy"),
            (Texts{"a/b: \"c/d\" takes requests for \"a/b\", and its price of output tokens is "
                   "+25 %; Together's own policy for redirects is 10 % at most"}));
  look("a/b", Look::kServed, Outcome::kOk);
  EXPECT_TRUE(texts_of(look("a/b", Look::kServedByOther, Outcome::kOk, true, "c/d"), "price_policy")
                  .empty());
}
TEST_F(LedgerPrices, ARedirectWithinThePolicyIsNot) {
  prices({tokens("a/b", 1e-6), tokens("c/d", 1.1e-6)});
  const Applied seen = look("a/b", Look::kServedByOther, Outcome::kOk, true, "c/d");
  EXPECT_TRUE(texts_of(seen, "price_policy").empty());
}
TEST_F(LedgerPrices, ARiseOfTheModelThatAnswersIsSeen) {
  prices({tokens("a/b", 1e-6), tokens("c/d", 1e-6)});
  look("a/b", Look::kServedByOther, Outcome::kOk, true, "c/d");
  EXPECT_EQ(texts_of(prices({tokens("a/b", 1e-6), tokens("c/d", 2e-6)}), "price_policy").size(),
            1u);
  prices({tokens("a/b", 1e-6), tokens("c/d", 1e-6)});
  EXPECT_EQ(texts_of(prices({tokens("a/b", 1e-6), tokens("c/d", 2e-6)}), "price_policy").size(), 1u)
      << "it was within the policy meanwhile";
}
TEST_F(LedgerPrices, AModelThatLeftTheListIsComparedByItsLastPrice) {
  prices({tokens("a/b", 1e-6), tokens("c/d", 2e-6)});
  prices({tokens("c/d", 2e-6)});
  const Applied seen = look("a/b", Look::kServedByOther, Outcome::kOk, true, "c/d");
  EXPECT_EQ(texts_of(seen, "price_policy").size(), 1u);
}
TEST_F(LedgerPrices, AnAnnouncedRedirectIsComparedToo) {
  LedgerSettings with_page = settings();
  RetirementSource page;
  page.name = "page";
  page.kind = "together_page";
  page.url = "https://docs.example.com/d.md";
  with_page.sources = {page};
  ledger_.configure(with_page, {{"a/b", true, "", {}, 5min}}, now_);
  prices({tokens("a/b", 1e-6), tokens("e/f", 2e-6)});
  EXPECT_EQ(texts_of(source("page", {false, {}, {{"a/b", "e/f"}}, {}}), "price_policy").size(), 1u);
}
TEST_F(LedgerPrices, ARedirectToAModelWithoutAPriceSaysNothing) {
  prices({tokens("a/b", 1e-6), tokens("c/d", {})});
  const Applied seen = look("a/b", Look::kServedByOther, Outcome::kOk, true, "c/d");
  EXPECT_TRUE(texts_of(seen, "price_policy").empty());
}

}  // namespace
}  // namespace together
