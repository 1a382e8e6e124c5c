// A writer that is killed at any moment loses nothing it was told is written, and doubles nothing.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>

#include "exporter/state/sqlite.h"
#include "exporter/state/sqlite_store.h"
#include "tests/unit/state/state_fixture.h"

namespace together {
namespace {

class KillTest : public StateTest {};

/// In the child: saves the changes numbered from `first` on, and tells each once it is on disk.
[[noreturn]] void write_until_killed(const std::string& path, std::int64_t first, int tell) {
  SqliteStore store(path);
  store.load(kDay);
  for (std::int64_t n = first;; ++n) {
    Changes changes = belief("last", std::to_string(n));
    changes.events = event(n, std::to_string(n)).events;
    changes.spend = spend(1).spend;
    store.save(std::move(changes));
    store.flush();
    if (!store.writable() || ::write(tell, &n, sizeof n) != sizeof n) ::_exit(1);
  }
}

TEST_F(KillTest, LosesNothingFlushedAndDoublesNothing) {
  std::mt19937 random(20261121);
  std::int64_t acknowledged = 0;
  for (int round = 0; round < 50; ++round) {
    const std::int64_t first =
        round == 0 ? 1 : 1 + Database(path_).number("SELECT max(id) FROM event");
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) write_until_killed(path_, first, ends[1]);
    ::close(ends[1]);
    const auto enough = 1 + random() % 10;
    std::int64_t n = 0;
    for (std::size_t i = 0; i < enough && ::read(ends[0], &n, sizeof n) == sizeof n; ++i) {
      acknowledged = n;
    }
    ::usleep(static_cast<useconds_t>(random() % 3000));  // anywhere within the next writes
    ::kill(child, SIGKILL);
    while (::read(ends[0], &n, sizeof n) == sizeof n) acknowledged = n;
    ::close(ends[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself in round " << round;

    SqliteStore store(path_);
    ASSERT_EQ(store.load(kDay).moved_aside, "");
    Database database(path_);
    const std::int64_t last = database.number("SELECT count(*) FROM event");
    ASSERT_GE(last, acknowledged);
    ASSERT_EQ(database.number("SELECT count(*) FROM event WHERE text = id"), last);
    ASSERT_EQ(database.number("SELECT usd FROM spend"), last);
    ASSERT_EQ(database.text("SELECT json FROM belief"), std::to_string(last));
  }
  EXPECT_GE(acknowledged, 50);
}

}  // namespace
}  // namespace together
