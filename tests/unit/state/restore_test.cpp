// What is restored from a file that cannot be written, or not even read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "exporter/state/sqlite.h"
#include "exporter/state/sqlite_store.h"
#include "tests/unit/state/obstacles.h"
#include "tests/unit/state/state_fixture.h"

namespace together {
namespace {

Changes todays() {
  Changes changes = belief("a/b", "1");
  changes.events = event("it changed").events;
  changes.spend = spend(0.5).spend;
  return changes;
}

class RestoreTest : public StateTest {
 protected:
  /// What was saved stands in the -wal alone.
  void save_and_crash() {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      SqliteStore store(path_);
      store.load(kDay);
      store.save(todays());
      store.flush();
      ::kill(::getpid(), SIGKILL);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    ASSERT_GT(bytes_of(path_ + "-wal").size(), 4096U);
  }

  void remove_shm() { ASSERT_TRUE(std::filesystem::remove(path_ + "-shm")); }

  void expect_todays(const Restored& restored) {
    EXPECT_EQ(restored.moved_aside, "");
    EXPECT_EQ(restored.not_restored, "");
    ASSERT_EQ(restored.beliefs.size(), 1U);
    EXPECT_EQ(restored.beliefs[0].json, "1");
    EXPECT_EQ(restored.events.size(), 1U);
    ASSERT_EQ(restored.spend.size(), 1U);
    EXPECT_EQ(restored.spend[0].usd, 0.5);
  }

  /// The only file whose name goes on after the database's with ".unread-".
  std::string copy_of_unread() {
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      if (entry.path().string().starts_with(path_ + ".unread-")) return entry.path().string();
    }
    return "";
  }
};

TEST_F(RestoreTest, RestoresACleanFileOnAFullDisk) {
  {
    SqliteStore store(path_);
    store.load(kDay);
    store.save(todays());
  }
  FullDisk disk(10);
  SqliteStore store(path_);
  const Restored restored = store.load(kDay);
  EXPECT_EQ(restored.beliefs.size(), 1U);
  EXPECT_EQ(restored.moved_aside, "");
  EXPECT_FALSE(store.writable());
  store.save(todays());
  disk.end();
  store.flush();
  EXPECT_TRUE(store.writable()) << store.last_error();
  EXPECT_EQ(Database(path_).number("SELECT count(*) FROM event"), 2);
}

TEST_F(RestoreTest, RestoresOnAFullDiskAfterACrash) {
  save_and_crash();
  FullDisk disk(10);
  SqliteStore store(path_);
  expect_todays(store.load(kDay));
  EXPECT_FALSE(store.writable());
  EXPECT_THAT(store.last_error(), testing::HasSubstr("cannot be opened: disk I/O error"));
  EXPECT_THAT(store.last_error(), testing::Not(testing::HasSubstr("nothing was restored")));
}

TEST_F(RestoreTest, RestoresOnAFullDiskAfterACrashWithoutItsShm) {
  save_and_crash();
  remove_shm();
  FullDisk disk(10);
  SqliteStore store(path_);
  expect_todays(store.load(kDay));
  EXPECT_FALSE(store.writable());
}

TEST_F(RestoreTest, AddsToWhatItRestoredOnceTheDiskHasRoom) {
  save_and_crash();
  remove_shm();
  FullDisk disk(10);
  SqliteStore store(path_);
  store.load(kDay);
  store.save(todays());
  store.flush();
  ASSERT_FALSE(store.writable());
  disk.end();
  store.flush();
  EXPECT_TRUE(store.writable()) << store.last_error();
  Database database(path_);
  EXPECT_EQ(database.number("SELECT count(*) FROM event"), 2);
  EXPECT_EQ(database.number("SELECT usd FROM spend"), 1);
  EXPECT_EQ(copy_of_unread(), "");
}

TEST_F(RestoreTest, LeavesTheWalAsItIsOnAFullDisk) {
  save_and_crash();
  remove_shm();
  const std::string wal = bytes_of(path_ + "-wal");
  const std::string file = bytes_of(path_);
  {
    FullDisk disk(10);
    SqliteStore store(path_);
    store.load(kDay);
  }
  EXPECT_EQ(bytes_of(path_ + "-wal"), wal);
  EXPECT_EQ(bytes_of(path_), file);
}

TEST_F(RestoreTest, RestoresFromAReadOnlyFolder) {
  {
    SqliteStore store(path_);
    store.load(kDay);
    store.save(todays());
  }
  const ReadOnlyFolder guard(folder_);
  SqliteStore store(path_);
  expect_todays(store.load(kDay));
  EXPECT_FALSE(store.writable());
}

TEST_F(RestoreTest, RestoresFromAReadOnlyFolderAfterACrash) {
  save_and_crash();
  const ReadOnlyFolder guard(folder_);
  SqliteStore store(path_);
  expect_todays(store.load(kDay));
}

TEST_F(RestoreTest, RestoresFromAReadOnlyFolderAfterACrashWithoutItsShm) {
  save_and_crash();
  remove_shm();
  const ReadOnlyFolder guard(folder_);
  SqliteStore store(path_);
  expect_todays(store.load(kDay));
}

TEST_F(RestoreTest, RestoresWhileAnotherWrites) {
  save_and_crash();
  Database other(path_);
  other.run("BEGIN IMMEDIATE");
  SqliteStore store(path_);
  expect_todays(store.load(kDay));
  EXPECT_FALSE(store.writable());
  EXPECT_EQ(store.last_error(), "the state database " + path_ +
                                    " cannot be opened: database is locked; changes wait in "
                                    "memory");
  other.run("ROLLBACK");
  store.flush();
  EXPECT_TRUE(store.writable());
}

TEST_F(RestoreTest, SaysThatNothingCouldBeRestored) {
  save_and_crash();
  std::filesystem::permissions(path_, std::filesystem::perms::none);
  const ReadOnlyFolder guard(folder_);
  SqliteStore store(path_);
  const Restored restored = store.load(kDay);
  EXPECT_EQ(restored.beliefs.size(), 0U);
  EXPECT_EQ(restored.not_restored,
            "nothing could be restored from the state database " + path_ +
                " (unable to open database file (Permission denied)); state starts anew, and the "
                "file is copied before it is written");
  EXPECT_EQ(store.last_error(),
            "the state database " + path_ +
                " cannot be opened: unable to open database file (Permission denied); nothing was "
                "restored from it; changes wait in memory");
}

TEST_F(RestoreTest, SaysThatADamagedFileThatCannotBeMovedWasNotRestored) {
  put_bytes(path_, "not a database");
  const ReadOnlyFolder guard(folder_);
  SqliteStore store(path_);
  EXPECT_THAT(store.load(kDay).not_restored, testing::HasSubstr("(file is not a database)"));
}

TEST_F(RestoreTest, SaysNothingWhereThereIsNoFile) {
  const ReadOnlyFolder guard(folder_);
  SqliteStore store(path_);
  EXPECT_EQ(store.load(kDay).not_restored, "");
}

TEST_F(RestoreTest, CopiesWhatItCouldNotReadBeforeItWrites) {
  save_and_crash();
  std::filesystem::permissions(path_, std::filesystem::perms::none);
  std::optional<SqliteStore> store;
  {
    const ReadOnlyFolder guard(folder_);
    store.emplace(path_);
    store->load(kDay);
    Changes fresh = belief("a/b", "2");
    fresh.spend = spend(0.25).spend;
    store->save(std::move(fresh));
    store->flush();
    ASSERT_FALSE(store->writable());
  }
  std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
  std::filesystem::permissions(path_, std::filesystem::perms(0600));
  store->flush();
  ASSERT_TRUE(store->writable()) << store->last_error();
  Database database(path_);
  EXPECT_EQ(database.text("SELECT json FROM belief"), "2");
  EXPECT_EQ(database.text("SELECT usd FROM spend"), "0.75");
  EXPECT_EQ(database.text("SELECT text FROM event WHERE kind = 'store'"),
            "The state database " + path_ +
                " could not be read at the start; what it held then is in " + copy_of_unread() +
                ".");
  store.reset();
  SqliteStore copy(copy_of_unread());
  expect_todays(copy.load(kDay));
}

}  // namespace
}  // namespace together
