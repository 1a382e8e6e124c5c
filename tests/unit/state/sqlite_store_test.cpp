// What the store on disk keeps, in which order, and for how long.
#include "exporter/state/sqlite_store.h"

#include <gtest/gtest.h>

#include "exporter/state/sqlite.h"
#include "tests/unit/state/state_fixture.h"

namespace together {
namespace {

class SqliteStoreTest : public StateTest {
 protected:
  /// Saves in a run of its own, which ends before this returns.
  void save_in_one_run(std::vector<Changes> all) {
    SqliteStore store(path_);
    store.load(kDay);
    for (auto& changes : all) store.save(std::move(changes));
  }
  Restored restart(const std::string& day = kDay) { return SqliteStore(path_).load(day); }
};

TEST_F(SqliteStoreTest, StartsEmptyAndWritable) {
  SqliteStore store(path_);
  const Restored restored = store.load(kDay);
  EXPECT_TRUE(restored.beliefs.empty());
  EXPECT_TRUE(restored.events.empty());
  EXPECT_TRUE(restored.spend.empty());
  EXPECT_EQ(restored.moved_aside, "");
  EXPECT_TRUE(store.writable());
  EXPECT_EQ(store.last_error(), "");
}

TEST_F(SqliteStoreTest, MakesTheFolderOfItsFile) {
  path_ = folder_ + "/lib/state.db";
  save_in_one_run({belief("a/b", "{}")});
  EXPECT_EQ(restart().beliefs.size(), 1U);
}

TEST_F(SqliteStoreTest, RestoresABelief) {
  save_in_one_run({belief("a/b", R"({"state":"removed"})")});
  const Restored restored = restart();
  ASSERT_EQ(restored.beliefs.size(), 1U);
  EXPECT_EQ(restored.beliefs[0].kind, "model");
  EXPECT_EQ(restored.beliefs[0].key, "a/b");
  EXPECT_EQ(restored.beliefs[0].json, R"({"state":"removed"})");
}

TEST_F(SqliteStoreTest, RestoresAnEventWithItsExactTime) {
  const WallTime at(std::chrono::nanoseconds(1'795'225'311'123'456'789));
  Changes changes;
  changes.events = {{0, at, "price", "a/b", "The price rose."}};
  save_in_one_run({changes});
  const Restored restored = restart();
  ASSERT_EQ(restored.events.size(), 1U);
  EXPECT_EQ(restored.events[0].at, at);
  EXPECT_EQ(restored.events[0].kind, "price");
  EXPECT_EQ(restored.events[0].model, "a/b");
  EXPECT_EQ(restored.events[0].text, "The price rose.");
}

TEST_F(SqliteStoreTest, KeepsAnyBytes) {
  const std::string odd("'\";--\0\xff\xfe\n", 10);
  Changes changes;
  changes.beliefs = {{"", odd, odd}};
  changes.events = {{0, WallTime{}, "state", odd, odd}};
  save_in_one_run({changes});
  const Restored restored = restart();
  ASSERT_EQ(restored.beliefs.size(), 1U);
  EXPECT_EQ(restored.beliefs[0].kind, "");
  EXPECT_EQ(restored.beliefs[0].key, odd);
  EXPECT_EQ(restored.beliefs[0].json, odd);
  ASSERT_EQ(restored.events.size(), 1U);
  EXPECT_EQ(restored.events[0].text, odd);
}

TEST_F(SqliteStoreTest, WritesInTheOrderOfTheCalls) {
  Changes forget;
  forget.forgotten = {{"model", "gone"}};
  save_in_one_run({belief("a/b", "1"), belief("gone", "1"), belief("a/b", "2"), forget});
  save_in_one_run({belief("a/b", "3")});
  const Restored restored = restart();
  ASSERT_EQ(restored.beliefs.size(), 1U);
  EXPECT_EQ(restored.beliefs[0].key, "a/b");
  EXPECT_EQ(restored.beliefs[0].json, "3");
}

TEST_F(SqliteStoreTest, KeepsTheIdsOfEvents) {
  save_in_one_run({event(1'795'225'311'123'456, "first"), event(1'795'225'311'123'458, "second")});
  const Restored restored = restart();
  ASSERT_EQ(restored.events.size(), 2U);
  EXPECT_EQ(restored.events[0].text, "second");
  EXPECT_EQ(restored.events[0].id, 1'795'225'311'123'458);
  EXPECT_EQ(restored.events[1].id, 1'795'225'311'123'456);
}

TEST_F(SqliteStoreTest, LosesNoEventForItsId) {
  save_in_one_run({event(5, "first"), event(5, "the same")});
  save_in_one_run({event(5, "the same again"), event(2, "below"), event(20, "above")});
  const Restored restored = restart();
  std::vector<std::pair<std::int64_t, std::string>> kept;
  for (const auto& event : restored.events) kept.emplace_back(event.id, event.text);
  EXPECT_EQ(
      kept,
      (std::vector<std::pair<std::int64_t, std::string>>{
          {20, "above"}, {8, "below"}, {7, "the same again"}, {6, "the same"}, {5, "first"}}));
}

TEST_F(SqliteStoreTest, GivesAnEventWithoutAnIdItsTimeInMicroseconds) {
  save_in_one_run({event("first"), event("second")});
  save_in_one_run({event("third")});
  const Restored restored = restart();
  ASSERT_EQ(restored.events.size(), 3U);
  EXPECT_EQ(restored.events[0].text, "third");
  EXPECT_EQ(restored.events[0].id, 1'000'002);
  EXPECT_EQ(restored.events[1].id, 1'000'001);
  EXPECT_EQ(restored.events[2].text, "first");
  EXPECT_EQ(restored.events[2].id, 1'000'000);
}

TEST_F(SqliteStoreTest, PutsNewEventsAboveTheSmallIdsOfEarlierVersions) {
  save_in_one_run({});
  Database(path_).run(
      "INSERT INTO event(at, kind, model, text) VALUES(1, 'state', '', 'old'), "
      "(2, 'state', '', 'less old')");
  save_in_one_run({event(1'795'225'311'123'456, "new")});
  const Restored restored = restart();
  ASSERT_EQ(restored.events.size(), 3U);
  EXPECT_EQ(restored.events[0].text, "new");
  EXPECT_EQ(restored.events[1].text, "less old");
  EXPECT_EQ(restored.events[1].id, 2);
  EXPECT_EQ(restored.events[2].text, "old");
}

TEST_F(SqliteStoreTest, RestoresTheNewest2000Events) {
  Changes changes;
  for (int i = 1; i <= 2001; ++i) {
    changes.events.push_back({0, WallTime{}, "state", "", std::to_string(i)});
  }
  save_in_one_run({changes});
  const Restored restored = restart();
  ASSERT_EQ(restored.events.size(), 2000U);
  EXPECT_EQ(restored.events.front().text, "2001");
  EXPECT_EQ(restored.events.back().text, "2");
}

TEST_F(SqliteStoreTest, DeletesTheOldestOf10001Events) {
  Changes changes;
  for (int i = 1; i <= 10'000; ++i) {
    changes.events.push_back({i * 1000, WallTime{}, "state", "", std::to_string(i)});
  }
  save_in_one_run({changes});
  save_in_one_run({event(1'795'225'311'123'456, "10001")});
  Database database(path_);
  EXPECT_EQ(database.number("SELECT count(*) FROM event"), 10'000);
  EXPECT_EQ(database.text("SELECT text FROM event ORDER BY id LIMIT 1"), "2");
}

TEST_F(SqliteStoreTest, AddsSpendOfOneDayUpOverRestarts) {
  save_in_one_run({spend(0.25), spend(0.5)});
  save_in_one_run({spend(1)});
  const Restored restored = restart();
  ASSERT_EQ(restored.spend.size(), 1U);
  EXPECT_EQ(restored.spend[0].probe, "stream");
  EXPECT_EQ(restored.spend[0].model, "a/b");
  EXPECT_EQ(restored.spend[0].usd, 1.75);
}

TEST_F(SqliteStoreTest, RestoresTheSpendOfTheDayAskedFor) {
  save_in_one_run({spend(1, "2026-11-20"), spend(2, "2026-11-21")});
  const Restored restored = restart("2026-11-20");
  ASSERT_EQ(restored.spend.size(), 1U);
  EXPECT_EQ(restored.spend[0].usd, 1);
}

TEST_F(SqliteStoreTest, DeletesSpendOlderThan90Days) {
  save_in_one_run({spend(1, "2026-08-22"), spend(1, "2026-08-23")});
  save_in_one_run({spend(1, "2026-11-21")});
  EXPECT_TRUE(restart("2026-08-22").spend.empty());
  EXPECT_EQ(restart("2026-08-23").spend.size(), 1U);
}

TEST_F(SqliteStoreTest, HasWrittenWhenFlushReturns) {
  SqliteStore store(path_);
  store.load(kDay);
  store.save(belief("a/b", "1"));
  store.flush();
  EXPECT_EQ(Database(path_).text("SELECT json FROM belief"), "1");
}

TEST_F(SqliteStoreTest, FollowsALinkToItsFile) {
  std::filesystem::create_directory(folder_ + "/real");
  std::filesystem::create_symlink(folder_ + "/real/state.db", path_);
  save_in_one_run({belief("a/b", "1")});
  EXPECT_TRUE(std::filesystem::is_symlink(path_));
  EXPECT_EQ(restart().beliefs.size(), 1U);
}

}  // namespace
}  // namespace together
