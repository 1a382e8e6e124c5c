#include "exporter/ledger/workloads.h"

#include <gtest/gtest.h>

namespace together {
namespace {

WallTime at(int seconds) { return WallTime(std::chrono::seconds(seconds)); }

WorkloadQuery query(const std::string& direction, const std::string& expression) {
  return {"bot", direction, "http://127.0.0.1:9090", expression};
}

TEST(WorkloadBook, KnowsNothingBeforeTheFirstAnswer) {
  WorkloadBook book;
  book.configure({query("input", "one")});
  EXPECT_FALSE(book.usage("bot", "input"));
}
TEST(WorkloadBook, KeepsTheNewestAnswerOfEachDirection) {
  WorkloadBook book;
  book.configure({query("input", "one"), query("output", "two")});
  book.fold({query("input", "one"), 100}, at(1));
  book.fold({query("input", "one"), 200}, at(2));
  ASSERT_TRUE(book.usage("bot", "input"));
  EXPECT_EQ(book.usage("bot", "input")->tokens_per_day, 200);
  EXPECT_EQ(book.usage("bot", "input")->at, at(2));
  EXPECT_FALSE(book.usage("bot", "output"));
}
TEST(WorkloadBook, AChangedQueryForgetsWhatTheOldOneSaid) {
  WorkloadBook book;
  book.configure({query("input", "one"), query("output", "two")});
  book.fold({query("input", "one"), 100}, at(1));
  book.fold({query("output", "two"), 50}, at(1));
  book.configure({query("input", "other"), query("output", "two")});
  EXPECT_FALSE(book.usage("bot", "input"));
  EXPECT_EQ(book.usage("bot", "output")->tokens_per_day, 50);
}
TEST(WorkloadBook, ALateAnswerToAnOldQueryIsIgnored) {
  WorkloadBook book;
  book.configure({query("input", "other")});
  book.fold({query("input", "one"), 100}, at(1));
  book.fold({query("output", "two"), 100}, at(1));
  EXPECT_FALSE(book.usage("bot", "input"));
  EXPECT_FALSE(book.usage("bot", "output"));
}

}  // namespace
}  // namespace together
