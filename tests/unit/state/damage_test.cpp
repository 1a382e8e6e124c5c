// Files that are damaged, foreign or out of reach.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "exporter/state/sqlite.h"
#include "exporter/state/sqlite_store.h"
#include "tests/unit/state/obstacles.h"
#include "tests/unit/state/state_fixture.h"

namespace together {
namespace {

class DamageTest : public StateTest {
 protected:
  /// The bytes of a sound database of many pages.
  std::string sound_bytes() {
    {
      SqliteStore store(path_);
      store.load(kDay);
      for (int i = 0; i < 200; ++i) {
        Changes changes = belief("model " + std::to_string(i), std::string(100, 'x'));
        changes.events = event("event " + std::to_string(i)).events;
        store.save(std::move(changes));
      }
      store.save(spend(1));
    }
    return bytes_of(path_);
  }

  /// Whatever the file holds: load() ends, nothing is lost without a word, and the store works.
  void expect_usable(const std::string& what) {
    SqliteStore store(path_);
    const Restored restored = store.load(kDay);
    EXPECT_EQ(restored.moved_aside.empty(), moved_aside().empty()) << what;
    store.save(belief("new", "1"));
    store.flush();
    EXPECT_TRUE(store.writable()) << what << ": " << store.last_error();
  }

  void remove_all_files() {
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      std::filesystem::remove(entry.path());
    }
  }
};

TEST_F(DamageTest, MovesAsideWhatIsNoDatabase) {
  put_bytes(path_, "<html>this is a page, not a database</html>");
  SqliteStore store(path_);
  const Restored restored = store.load(kDay);
  ASSERT_EQ(moved_aside().size(), 1U);
  EXPECT_EQ(restored.moved_aside,
            path_ + " is no state database that this version can use (file is not a database); " +
                "it was moved to " + moved_aside()[0] + " and state starts anew");
  EXPECT_EQ(bytes_of(moved_aside()[0]), "<html>this is a page, not a database</html>");
  EXPECT_TRUE(store.writable());
}

TEST_F(DamageTest, NamesTheCopyAfterTheTimeInUtc) {
  put_bytes(path_, "not a database");
  SqliteStore(path_).load(kDay);
  ASSERT_EQ(moved_aside().size(), 1U);
  EXPECT_THAT(moved_aside()[0].substr(path_.size()),
              testing::MatchesRegex("\\.corrupt-[0-9]{8}T[0-9]{6}Z"));
}

TEST_F(DamageTest, NeverOverwritesAnEarlierCopy) {
  for (const char* bytes : {"one", "two", "three"}) {
    put_bytes(path_, bytes);
    SqliteStore(path_).load(kDay);
    std::filesystem::remove(path_);
  }
  EXPECT_EQ(moved_aside().size(), 3U);
}

TEST_F(DamageTest, MovesAsideAnotherProgramsDatabase) {
  Database(path_).run("CREATE TABLE song(name); INSERT INTO song VALUES('x')");
  SqliteStore store(path_);
  const Restored restored = store.load(kDay);
  EXPECT_THAT(restored.moved_aside, testing::HasSubstr("(it is another program's database)"));
  ASSERT_EQ(moved_aside().size(), 1U);
  EXPECT_EQ(Database(moved_aside()[0]).text("SELECT name FROM song"), "x");
}

TEST_F(DamageTest, MovesTheWalAlongWithItsDatabase) {
  Database open(path_);
  open.run("PRAGMA journal_mode = WAL; CREATE TABLE song(name); INSERT INTO song VALUES('x')");
  SqliteStore(path_).load(kDay);
  ASSERT_EQ(moved_aside().size(), 1U);
  EXPECT_TRUE(std::filesystem::exists(moved_aside()[0] + "-wal"));
  EXPECT_EQ(Database(moved_aside()[0]).text("SELECT name FROM song"), "x");
}

TEST_F(DamageTest, MovesAsideANewerSchema) {
  sound_bytes();
  Database(path_).run("PRAGMA user_version = 2");
  SqliteStore store(path_);
  EXPECT_THAT(store.load(kDay).moved_aside,
              testing::HasSubstr("(its schema version is 2 and this program knows 1)"));
  EXPECT_TRUE(store.writable());
}

TEST_F(DamageTest, MovesAsideOurDatabaseWithoutATable) {
  sound_bytes();
  Database(path_).run("DROP TABLE spend");
  SqliteStore store(path_);
  EXPECT_THAT(store.load(kDay).moved_aside, testing::HasSubstr("(no such table: spend)"));
  EXPECT_TRUE(store.writable());
}

TEST_F(DamageTest, SurvivesEveryTruncation) {
  const std::string sound = sound_bytes();
  ASSERT_GT(sound.size(), 10 * 4096U);
  std::vector<std::size_t> cuts = {0, 1, 15, 16, 17, 50, 99, 100, 101, 511, 512, 513};
  for (std::size_t cut = 1000; cut < sound.size(); cut += 1777) cuts.push_back(cut);
  for (std::size_t cut = 4096; cut < sound.size(); cut += 4096) cuts.push_back(cut);
  for (const std::size_t cut : cuts) {
    remove_all_files();
    put_bytes(path_, sound.substr(0, cut));
    expect_usable("cut at " + std::to_string(cut));
    // SQLite takes a file of one byte for an empty one.
    EXPECT_EQ(moved_aside().empty(), cut <= 1) << "cut at " << cut;
  }
}

TEST_F(DamageTest, SurvivesRandomBytes) {
  const std::string sound = sound_bytes();
  std::mt19937 random(20261121);
  for (int round = 0; round < 100; ++round) {
    std::string damaged = sound;
    const auto hits = 1 + random() % 40;
    for (std::size_t i = 0; i < hits; ++i) {
      // Every second round in the first page: the header and the schema.
      const std::size_t range = round % 2 == 0 ? 4096 : damaged.size();
      damaged[random() % range] = static_cast<char>(random() % 256);
    }
    remove_all_files();
    put_bytes(path_, damaged);
    expect_usable("round " + std::to_string(round));
  }
}

TEST_F(DamageTest, SurvivesARandomWal) {
  std::string database_bytes;
  std::string wal_bytes;
  {
    SqliteStore store(path_);
    store.load(kDay);
    store.save(belief("a/b", "1"));
    store.flush();
    database_bytes = bytes_of(path_);
    wal_bytes = bytes_of(path_ + "-wal");
  }
  ASSERT_GT(wal_bytes.size(), 4096U);
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    std::string damaged = wal_bytes.substr(0, random() % wal_bytes.size());
    for (int i = 0; i < 5 && !damaged.empty(); ++i) {
      damaged[random() % damaged.size()] = static_cast<char>(random() % 256);
    }
    remove_all_files();
    put_bytes(path_, database_bytes);
    put_bytes(path_ + "-wal", damaged);
    expect_usable("round " + std::to_string(round));
  }
}

TEST_F(DamageTest, LeavesAFolderInItsPlaceAlone) {
  std::filesystem::create_directory(path_);
  SqliteStore store(path_);
  store.load(kDay);
  EXPECT_FALSE(store.writable());
  EXPECT_THAT(store.last_error(),
              testing::HasSubstr("the state database " + path_ + " cannot be opened: "));
  EXPECT_TRUE(std::filesystem::is_directory(path_));
}

TEST_F(DamageTest, RunsOnWithoutAnyFolder) {
  put_bytes(folder_ + "/file", "");
  SqliteStore store(folder_ + "/file/state.db");
  store.load(kDay);
  store.save(belief("a/b", "1"));
  store.flush();
  EXPECT_FALSE(store.writable());
  EXPECT_THAT(store.last_error(), testing::HasSubstr("no file can be made in its folder"));
}

TEST_F(DamageTest, WritesWhatWaitedOnceTheFolderIsThere) {
  const std::string obstacle = folder_ + "/lib";
  put_bytes(obstacle, "");
  SqliteStore store(obstacle + "/state.db");
  store.load(kDay);
  store.save(belief("a/b", "1"));
  store.save(spend(1));
  store.save(spend(1));
  store.flush();
  ASSERT_FALSE(store.writable());
  std::filesystem::remove(obstacle);
  store.flush();
  EXPECT_TRUE(store.writable());
  EXPECT_EQ(store.last_error(), "");
  Database database(obstacle + "/state.db");
  EXPECT_EQ(database.text("SELECT json FROM belief"), "1");
  EXPECT_EQ(database.number("SELECT usd FROM spend"), 2);
}

TEST_F(DamageTest, KeepsStateInMemoryInAReadOnlyFolder) {
  const ReadOnlyFolder guard(folder_);
  SqliteStore store(path_);
  store.load(kDay);
  EXPECT_FALSE(store.writable());
  EXPECT_EQ(store.last_error(), "the state database " + path_ +
                                    " cannot be opened: no file can be made in its folder "
                                    "(Permission denied); changes wait in memory");
}

TEST_F(DamageTest, LeavesADamagedFileInAReadOnlyFolder) {
  put_bytes(path_, "not a database");
  const ReadOnlyFolder guard(folder_);
  SqliteStore store(path_);
  const Restored restored = store.load(kDay);
  EXPECT_EQ(restored.moved_aside, "");
  EXPECT_FALSE(store.writable());
  EXPECT_EQ(bytes_of(path_), "not a database");
}

}  // namespace
}  // namespace together
