// What retirement sources say, as believed.
#include "exporter/ledger/retirements.h"

#include <gtest/gtest.h>

namespace together {
namespace {

using namespace std::chrono_literals;

const WallTime kStart = from_unix_seconds(1'790'000'000);

Retirement row(const std::string& model, const std::string& date, const std::string& to = "",
               Surface surface = Surface::kInference) {
  return {model, surface, parse_day(date), to};
}

class RetirementBookTest : public testing::Test {
 protected:
  RetirementBookTest() { book_.configure({source("page", "together_page")}); }

  static RetirementSource source(const std::string& name, const std::string& kind,
                                 const std::string& url = "https://docs.example.com/d.md") {
    RetirementSource s;
    s.name = name;
    s.kind = kind;
    s.url = url;
    return s;
  }
  RetirementBook::Folded answer(RetirementFacts facts, const std::string& name = "page") {
    Observation seen;
    seen.target.part = name;
    seen.at = now_;
    seen.outcome = Outcome::kOk;
    seen.facts = std::move(facts);
    return book_.fold(seen);
  }
  RetirementBook::Folded rows(std::vector<Retirement> rows, const std::string& name = "page") {
    return answer({false, std::move(rows), {}, {}}, name);
  }
  RetirementBook::Folded failure(const std::string& why) {
    Observation seen;
    seen.target.part = "page";
    seen.at = now_;
    seen.outcome = Outcome::kBadResponse;
    seen.detail = why;
    return book_.fold(seen);
  }
  const SourceBelief& page() const { return book_.sources().at("page"); }
  std::vector<Notice> notices(const std::string& id, const Names& names) const {
    const auto told = book_.announcements(names).notices;
    const auto found = told.find(id);
    return found == told.end() ? std::vector<Notice>{} : found->second;
  }
  static Names known(const std::vector<std::string>& ids) {
    Names names;
    for (const auto& id : ids) names.add(id, "");
    return names;
  }

  WallTime now_ = kStart;
  RetirementBook book_;
};

TEST_F(RetirementBookTest, NothingIsSaidOfASourceBeforeItsFirstAnswer) {
  EXPECT_FALSE(page().up);
  EXPECT_FALSE(page().last_success);
}
TEST_F(RetirementBookTest, ABrokenSourceKeepsItsLastGoodAnswer) {
  rows({row("a/b", "2026-12-01")});
  now_ += 6h;
  EXPECT_TRUE(failure("no inference rows").up_changed);
  EXPECT_EQ(page().up, false);
  EXPECT_EQ(page().trouble, "no inference rows");
  EXPECT_EQ(page().last_success, kStart);
  EXPECT_EQ(page().rows.size(), 1u);
  EXPECT_FALSE(failure("again").up_changed) << "one event, not one a look";
}
TEST_F(RetirementBookTest, AnAnswerWithoutChangeIsASuccess) {
  rows({row("a/b", "2026-12-01")});
  now_ += 6h;
  RetirementFacts unchanged;
  unchanged.unchanged = true;
  EXPECT_FALSE(answer(unchanged).rows_changed);
  EXPECT_EQ(page().first_success, kStart);
  EXPECT_EQ(page().last_success, now_);
  EXPECT_EQ(page().rows.size(), 1u);
}
TEST_F(RetirementBookTest, NothingChangedSaysNothingWhereNothingIsKnown) {
  RetirementFacts unchanged;
  unchanged.unchanged = true;
  answer(unchanged);
  EXPECT_EQ(page().up, false);
}
TEST_F(RetirementBookTest, APageThatLosesAFifthIsBelieved) {
  std::vector<Retirement> all;
  for (int i = 0; i < 10; ++i) all.push_back(row("a/" + std::to_string(i), "2026-12-01"));
  rows(all);
  all.resize(8);
  EXPECT_TRUE(rows(all).rows_changed);
  EXPECT_EQ(page().rows.size(), 8u);
}
TEST_F(RetirementBookTest, APageThatLosesMoreIsBroken) {
  std::vector<Retirement> all;
  for (int i = 0; i < 10; ++i) all.push_back(row("a/" + std::to_string(i), "2026-12-01"));
  rows(all);
  all.resize(7);
  EXPECT_TRUE(rows(all).up_changed);
  EXPECT_EQ(page().up, false);
  EXPECT_EQ(page().trouble, "it shrank from 10 rows to 7");
  EXPECT_EQ(page().rows.size(), 10u);
}
TEST_F(RetirementBookTest, AShrunkenPageIsBelievedAfterAWeekOfSayingTheSame) {
  rows({row("a/1", "2026-12-01"), row("a/2", "2026-12-01"), row("a/3", "2026-12-01")});
  const std::vector<Retirement> one{row("a/1", "2026-12-01")};
  rows(one);
  now_ += 7 * 24h - 1s;
  rows(one);
  rows(one);
  EXPECT_EQ(page().up, false);
  now_ += 1s;
  rows(one);
  EXPECT_EQ(page().up, true);
  EXPECT_EQ(page().rows.size(), 1u);
}
TEST_F(RetirementBookTest, AShrunkenPageThatChangesStartsItsWeekAnew) {
  rows({row("a/1", "2026-12-01"), row("a/2", "2026-12-01"), row("a/3", "2026-12-01")});
  for (int day = 0; day < 20; ++day) {
    rows({row("a/" + std::to_string(day % 2), "2026-12-01")});
    now_ += 24h;
    EXPECT_EQ(page().up, false) << day;
  }
}
TEST_F(RetirementBookTest, TheOperatorsOwnListMayShrink) {
  book_.configure({source("ours", "yaml")});
  rows({row("a/1", "2026-12-01"), row("a/2", "2026-12-01")}, "ours");
  rows({row("a/1", "2026-12-01")}, "ours");
  EXPECT_EQ(book_.sources().at("ours").up, true);
}
TEST_F(RetirementBookTest, ARowIsAnnouncedWhenItWasFirstSeen) {
  rows({row("a/b", "2026-12-01")});
  now_ += 24h;
  rows({row("a/b", "2026-12-01"), row("c/d", "2026-12-05")});
  EXPECT_EQ(page().rows[0].first_seen, kStart);
  EXPECT_EQ(page().rows[1].first_seen, now_);
}
TEST_F(RetirementBookTest, AMovedDateKeepsItsAnnouncement) {
  rows({row("a/b", "2026-12-01")});
  now_ += 24h;
  rows({row("a/b", "2026-12-15")});
  EXPECT_EQ(page().rows[0].first_seen, kStart);
}
TEST_F(RetirementBookTest, ASecondRetirementIsAnnouncedAnew) {
  rows({row("a/b", "2026-03-06")});
  now_ += 24h;
  rows({row("a/b", "2026-03-06"), row("a/b", "2026-12-15")});
  EXPECT_EQ(page().rows[1].first_seen, now_);
}
TEST_F(RetirementBookTest, OfSeveralRowsTheLatestDayCounts) {
  rows({row("a/b", "2026-04-16"), row("a/b", "2026-03-06")});
  const auto told = notices("a/b", known({"a/b"}));
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].date, parse_day("2026-04-16"));
}
TEST_F(RetirementBookTest, ARowWithoutReplacementKeepsWhatAnotherNames) {
  rows({row("a/b", "2026-09-14", "c/d"), row("a/b", "2026-09-15")});
  const auto told = notices("a/b", known({"a/b"}));
  EXPECT_EQ(told[0].date, parse_day("2026-09-15"));
  EXPECT_EQ(told[0].replacement, "c/d");
}
TEST_F(RetirementBookTest, FineTuningIsAnotherRetirement) {
  rows({row("a/b", "2026-04-16"), row("a/b", "2026-07-29", "", Surface::kFineTuning)});
  const auto told = notices("a/b", known({"a/b"}));
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(told[0].surface, Surface::kInference);
  EXPECT_EQ(told[0].date, parse_day("2026-04-16"));
}
TEST_F(RetirementBookTest, RowsMeanTheIdsThatAreKnown) {
  rows({row("gryphe-mythomax-l2-13b", "2025-06-13", "META/New")});
  const auto told =
      notices("Gryphe/MythoMax-L2-13b", known({"Gryphe/MythoMax-L2-13b", "meta/new"}));
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].replacement, "meta/new");
}
TEST_F(RetirementBookTest, TogethersOwnRowsNameNoDisplayNames) {
  rows({row("Kimi-K2", "2026-12-01")});
  EXPECT_TRUE(notices("moonshotai/Kimi-K2", known({"moonshotai/Kimi-K2"})).empty());
}
TEST_F(RetirementBookTest, ButItsRedirectsDo) {
  answer({false, {row("x/y", "2026-12-01")}, {{"DeepSeek-V3", "DeepSeek-V3.1"}}, {}});
  const auto told =
      book_.announcements(known({"deepseek-ai/DeepSeek-V3", "deepseek-ai/DeepSeek-V3.1"}));
  EXPECT_EQ(told.redirects.at("deepseek-ai/DeepSeek-V3"),
            (std::vector<AnnouncedRedirect>{{"page", "deepseek-ai/DeepSeek-V3.1"}}));
}
TEST_F(RetirementBookTest, ASourceThatAsksElsewhereIsAnother) {
  rows({row("a/b", "2026-12-01")});
  auto moved = source("page", "together_page", "https://docs.example.com/other.md");
  EXPECT_EQ(book_.configure({moved}), std::vector<std::string>{"page"});
  EXPECT_TRUE(page().rows.empty());
}
TEST_F(RetirementBookTest, AnotherIntervalIsTheSameSource) {
  rows({row("a/b", "2026-12-01")});
  auto often = source("page", "together_page");
  often.interval = 1h;
  EXPECT_TRUE(book_.configure({often}).empty());
  EXPECT_EQ(page().rows.size(), 1u);
}
TEST_F(RetirementBookTest, ValidatorsAreThoseOfTheBelievedAnswer) {
  std::vector<Retirement> three{row("a/1", "2026-12-01"), row("a/2", "2026-12-01"),
                                row("a/3", "2026-12-01")};
  answer({false, three, {}, {"\"good\"", ""}});
  answer({false, {three[0]}, {}, {"\"cut\"", ""}});
  EXPECT_EQ(page().validators.etag, "\"good\"");
}
TEST_F(RetirementBookTest, ARestoredSourceMustStillBeTheSame) {
  rows({row("a/b", "2026-12-01")});
  SourceBelief stored = page();
  RetirementBook other;
  other.configure({source("page", "markdown_table")});
  other.restore(stored);
  EXPECT_TRUE(other.sources().at("page").rows.empty());
  RetirementBook same;
  same.configure({source("page", "together_page")});
  stored.up.reset();
  same.restore(stored);
  EXPECT_EQ(same.sources().at("page").rows.size(), 1u);
  EXPECT_FALSE(same.sources().at("page").up) << "this process has not looked yet";
}

}  // namespace
}  // namespace together
