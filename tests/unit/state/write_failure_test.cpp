// Writes that fail, and what happens to the changes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/state/sqlite.h"
#include "exporter/state/sqlite_store.h"
#include "tests/unit/state/obstacles.h"
#include "tests/unit/state/state_fixture.h"

namespace together {
namespace {

class WriteFailureTest : public StateTest {
 protected:
  std::int64_t rows(const std::string& table) {
    return Database(path_).number(("SELECT count(*) FROM " + table).c_str());
  }
};

Changes one_of_each() {
  Changes changes = belief("a/b", "1");
  changes.events = event("it changed").events;
  changes.spend = spend(0.5).spend;
  return changes;
}

/// Spend is written last, so that a write which fails there has done everything else before.
class FailingSpend {
 public:
  FailingSpend(const std::string& path, const std::string& how) : database_(path) {
    database_.run(("CREATE TRIGGER fail BEFORE INSERT ON spend BEGIN SELECT RAISE(" + how +
                   ", 'no space'); END")
                      .c_str());
  }
  void end() { database_.run("DROP TRIGGER fail"); }

 private:
  Database database_;
};

TEST_F(WriteFailureTest, LeavesNothingOfAChangeThatFailsHalfway) {
  SqliteStore store(path_);
  store.load(kDay);
  FailingSpend failing(path_, "ABORT");
  store.save(one_of_each());
  store.flush();
  EXPECT_FALSE(store.writable());
  EXPECT_EQ(store.last_error(),
            "the state database " + path_ + " cannot be written: no space; changes wait in memory");
  EXPECT_EQ(rows("belief"), 0);
  EXPECT_EQ(rows("event"), 0);
  EXPECT_EQ(rows("spend"), 0);
}

// SQLite itself rolls back on a full disk or an I/O error; a second ROLLBACK must not confuse it.
TEST_F(WriteFailureTest, WritesOnceWhatWaitedAfterSqliteRolledBack) {
  SqliteStore store(path_);
  store.load(kDay);
  FailingSpend failing(path_, "ROLLBACK");
  store.save(one_of_each());
  store.flush();
  store.save(one_of_each());
  store.flush();
  ASSERT_FALSE(store.writable());
  failing.end();
  store.save(one_of_each());
  store.flush();
  EXPECT_TRUE(store.writable());
  EXPECT_EQ(store.last_error(), "");
  EXPECT_EQ(rows("belief"), 1);
  EXPECT_EQ(rows("event"), 3);
  EXPECT_EQ(Database(path_).text("SELECT usd FROM spend"), "1.5");
}

TEST_F(WriteFailureTest, TriesAgainByItself) {
  SqliteStore store(path_, std::chrono::milliseconds(1));
  store.load(kDay);
  FailingSpend failing(path_, "ABORT");
  store.save(one_of_each());
  store.flush();
  ASSERT_FALSE(store.writable());
  failing.end();
  while (!store.writable()) std::this_thread::yield();
  EXPECT_EQ(rows("event"), 1);
}

TEST_F(WriteFailureTest, TriesOnceMoreWhenItEnds) {
  {
    SqliteStore store(path_);
    store.load(kDay);
    FailingSpend failing(path_, "ABORT");
    store.save(one_of_each());
    store.flush();
    failing.end();
  }
  EXPECT_EQ(rows("event"), 1);
}

TEST_F(WriteFailureTest, KeepsWhatIsSavedWhileAWriteIsFailing) {
  SqliteStore store(path_);
  store.load(kDay);
  Database other(path_);
  other.run("BEGIN IMMEDIATE");
  int saved = 0;
  while (store.writable()) {
    store.save(spend(1));
    ++saved;
    std::this_thread::yield();
  }
  EXPECT_THAT(store.last_error(), testing::HasSubstr("cannot be written: database is locked"));
  other.run("ROLLBACK");
  store.flush();
  EXPECT_EQ(other.number("SELECT usd FROM spend"), saved);
}

TEST_F(WriteFailureTest, LosesAndDoublesNothingOnAFullDisk) {
  SqliteStore store(path_);
  store.load(kDay);
  int saved = 0;
  const auto save_one = [&] {
    Changes changes = belief("model " + std::to_string(++saved), std::string(2000, 'x'));
    changes.events = event(std::to_string(saved)).events;
    changes.spend = spend(1).spend;
    store.save(std::move(changes));
    store.flush();
  };
  for (int cycle = 0; cycle < 5; ++cycle) {
    FullDisk disk(static_cast<rlim_t>(100'000 + 70'000 * cycle));
    for (int i = 0; i < 40 && store.writable(); ++i) save_one();
    ASSERT_FALSE(store.writable()) << "cycle " << cycle;
    for (int i = 0; i < 3; ++i) save_one();
    disk.end();
    save_one();
    ASSERT_TRUE(store.writable()) << store.last_error();
  }
  Database database(path_);
  EXPECT_EQ(database.number("SELECT count(*) FROM belief"), saved);
  EXPECT_EQ(database.number("SELECT count(*) FROM event"), saved);
  EXPECT_EQ(database.number("SELECT count(DISTINCT text) FROM event"), saved);
  EXPECT_EQ(database.number("SELECT usd FROM spend"), saved);
  EXPECT_EQ(database.text("PRAGMA integrity_check"), "ok");
}

TEST_F(WriteFailureTest, OpensAReplacedFileAnewAndSaysSo) {
  SqliteStore store(path_);
  store.load(kDay);
  store.save(belief("a/b", "1"));
  store.flush();
  std::filesystem::rename(path_, path_ + ".old");
  store.save(belief("c/d", "2"));
  store.flush();
  EXPECT_TRUE(store.writable());
  Database database(path_);
  EXPECT_EQ(database.text("SELECT key FROM belief"), "c/d");
  EXPECT_EQ(database.text("SELECT kind || ': ' || text FROM event"),
            "store: The state database " + path_ +
                " was removed or replaced while in use; it was opened anew.");
}

}  // namespace
}  // namespace together
