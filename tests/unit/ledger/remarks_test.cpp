// Remarks: told once a model, remembered, and bounded.
#include "exporter/ledger/remarks.h"

#include <gtest/gtest.h>

#include "exporter/ledger/beliefs.h"
#include "tests/unit/ledger/ledger_fixture.h"

namespace together {
namespace {

Observation with_remark(const std::string& model, const std::string& kind,
                        const std::string& text) {
  Observation seen;
  seen.probe = "stream";
  seen.target.model = model;
  seen.outcome = Outcome::kOk;
  seen.remarks = {{kind, text}};
  return seen;
}

TEST_F(LedgerTest, ARemarkIsAnEventOnceAModel) {
  const Applied first = ledger_.apply({with_remark("a/b", "finish_reason", "eos")}, now_);
  ASSERT_EQ(first.changes.events.size(), 1U);
  EXPECT_EQ(first.changes.events[0].kind, "finish_reason");
  EXPECT_EQ(first.changes.events[0].model, "a/b");
  EXPECT_EQ(first.changes.events[0].text, "a/b: new finish reason seen by stream: \"eos\"");
  EXPECT_TRUE(
      ledger_.apply({with_remark("a/b", "finish_reason", "eos")}, now_).changes.events.empty());
  EXPECT_EQ(ledger_.apply({with_remark("c/d", "finish_reason", "eos")}, now_).changes.events.size(),
            1U);
}

TEST_F(LedgerTest, RemarksOutliveTheProcess) {
  const Applied told = ledger_.apply({with_remark("a/b", "field", "usage.x")}, now_);
  Ledger after(settings(), {{"a/b", true, "search", {"c/d"}, 5min}}, now_);
  after.restore(told.changes.beliefs, now_);
  EXPECT_TRUE(after.apply({with_remark("a/b", "field", "usage.x")}, now_).changes.events.empty());
  EXPECT_EQ(after.apply({with_remark("a/b", "field", "usage.y")}, now_).changes.events.size(), 1U);
}

TEST_F(LedgerTest, ARemarkOnAModelThatNobodyWatchesIsDropped) {
  EXPECT_TRUE(ledger_.apply({with_remark("x/y", "finish_reason", "eos")}, now_).changes.empty());
}

TEST(RemarkBook, StopsTellingWhereEveryAnswerBringsSomethingNew) {
  RemarkBook book;
  std::size_t told = 0;
  for (std::size_t i = 0; i < 2 * RemarkBook::kMostRemarks; ++i) {
    told += book.fold("a/b", {{"field", "x" + std::to_string(i)}}).size();
  }
  EXPECT_EQ(told, RemarkBook::kMostRemarks);
  EXPECT_EQ(book.fold("a/b", {{"warning", "other kinds are still told"}}).size(), 1U);
}

TEST(RemarkBook, ABeliefThatIsNoneIsLeftOut) {
  EXPECT_FALSE(read_remarks_belief("[1]"));
  EXPECT_FALSE(read_remarks_belief("{"));
}

}  // namespace
}  // namespace together
