// The store on disk: one SQLite file, written by one thread.
#include "exporter/state/sqlite_store.h"

#include <filesystem>
#include <utility>

#include "exporter/state/event_id.h"
#include "exporter/state/state_file.h"

namespace together {
namespace {

namespace fs = std::filesystem;

// Links are followed, because SQLite keeps the -wal beside the file that a link names.
std::string real_path(const std::string& path) {
  std::error_code error;
  const fs::path real = fs::weakly_canonical(path, error);
  return error ? path : real.string();
}

Restored read_all(Database& database, const std::string& day) {
  Restored restored;
  if (is_empty(database)) return restored;
  Statement beliefs(database, "SELECT kind, key, json FROM belief");
  while (beliefs.step()) {
    restored.beliefs.push_back({beliefs.text(0), beliefs.text(1), beliefs.text(2)});
  }
  Statement events(database,
                   "SELECT id, at, kind, model, text FROM event ORDER BY id DESC LIMIT ?1");
  events.bind(1, static_cast<std::int64_t>(kRestoredEvents));
  while (events.step()) {
    const WallTime at{WallTime::duration(events.integer(1))};
    restored.events.push_back(
        {events.integer(0), at, events.text(2), events.text(3), events.text(4)});
  }
  Statement spend(database, "SELECT day, probe, model, usd FROM spend WHERE day = ?1");
  spend.bind(1, day);
  while (spend.step()) {
    restored.spend.push_back({spend.text(0), spend.text(1), spend.text(2), spend.real(3)});
  }
  return restored;
}

Event store_event(std::string text) {
  return {0, std::chrono::system_clock::now(), "store", "", std::move(text)};
}

void write_beliefs(Database& database, const MergedChanges& batch) {
  Statement put(database,
                "INSERT INTO belief(kind, key, json) VALUES(?1, ?2, ?3) "
                "ON CONFLICT(kind, key) DO UPDATE SET json = excluded.json");
  Statement forget(database, "DELETE FROM belief WHERE kind = ?1 AND key = ?2");
  for (const auto& [kind_and_key, json] : batch.beliefs) {
    Statement& statement = json ? put : forget;
    statement.bind(1, kind_and_key.first).bind(2, kind_and_key.second);
    if (json) statement.bind(3, *json);
    statement.run();
  }
}

void write_events(Database& database, const MergedChanges& batch) {
  Statement put(database,
                "INSERT INTO event(id, at, kind, model, text) VALUES(?1, ?2, ?3, ?4, ?5)");
  std::int64_t newest = database.number("SELECT max(id) FROM event");
  for (const auto& event : batch.events) {
    newest = event_id(event, newest);
    const std::int64_t at = event.at.time_since_epoch().count();
    put.bind(1, newest).bind(2, at).bind(3, event.kind).bind(4, event.model).bind(5, event.text);
    put.run();
  }
  Statement prune(database,
                  "DELETE FROM event WHERE id <= "
                  "(SELECT id FROM event ORDER BY id DESC LIMIT 1 OFFSET ?1)");
  prune.bind(1, static_cast<std::int64_t>(kMaxEvents)).run();
}

void write_spend(Database& database, const MergedChanges& batch) {
  Statement put(database,
                "INSERT INTO spend(day, probe, model, usd) VALUES(?1, ?2, ?3, ?4) "
                "ON CONFLICT(day, probe, model) DO UPDATE SET usd = usd + excluded.usd");
  for (const auto& [day, amounts] : batch.spend) {
    for (const auto& [probe_and_model, usd] : amounts) {
      put.bind(1, day).bind(2, probe_and_model.first).bind(3, probe_and_model.second).bind(4, usd);
      put.run();
    }
  }
  Statement prune(database, "DELETE FROM spend WHERE day < date(?1, '-' || ?2 || ' days')");
  prune.bind(1, batch.spend.rbegin()->first).bind(2, static_cast<std::int64_t>(kSpendDays)).run();
}

}  // namespace

SqliteStore::SqliteStore(std::string path, Duration retry_every)
    : path_(real_path(path)), retry_every_(retry_every) {}

SqliteStore::~SqliteStore() {
  if (!writer_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    try_now_ = true;
  }
  work_.notify_one();
  writer_.join();
}

Restored SqliteStore::load(const std::string& day) {
  Result<Restored> restored = open_and_read(day);
  if (!restored) {
    const std::string damage = restored.error().message;
    const Result<std::string> target = move_aside(path_, std::chrono::system_clock::now());
    if (target) {
      restored = open_and_read(day).value_or(Restored{});
      restored->moved_aside = path_ + " is no state database that this version can use (" + damage +
                              "); it was moved to " + *target + " and state starts anew";
    } else {
      restored = nothing_restored(damage);
      last_error_ = cannot_be("opened", damage + ", and " + target.error().message);
    }
  }
  writer_ = std::thread([this] { write_loop(); });
  return *std::move(restored);
}

Result<Restored> SqliteStore::open_and_read(const std::string& day) {
  std::optional<Restored> restored;
  try {
    Database database = open_state_file(path_);
    restored = read_all(database, day);
    prepare_for_writing(database);
    database_.emplace(std::move(database));
    writable_ = true;
  } catch (const UnusableFile& error) {
    return fail(error.what());
  } catch (const SqliteError& error) {
    if (means_damage(error)) return fail(error.what());
    if (!restored) restored = read_frozen(day);
    last_error_ = cannot_be("opened", error.what());
  }
  return *std::move(restored);
}

Restored SqliteStore::read_frozen(const std::string& day) {
  try {
    Database database = open_frozen_state_file(path_);
    return read_all(database, day);
  } catch (const UnusableFile& error) {
    return nothing_restored(error.what());
  } catch (const SqliteError& error) {
    return nothing_restored(error.what());
  }
}

Restored SqliteStore::nothing_restored(const std::string& why) {
  Restored nothing;
  std::error_code ignored;
  if (fs::status(path_, ignored).type() == fs::file_type::not_found) return nothing;
  unread_ = true;
  nothing.not_restored = "nothing could be restored from the state database " + path_ + " (" + why +
                         "); state starts anew, and the file is copied before it is written";
  return nothing;
}

std::string SqliteStore::cannot_be(const std::string& verb, const std::string& why) const {
  return "the state database " + path_ + " cannot be " + verb + ": " + why +
         (unread_ ? "; nothing was restored from it" : "") + "; changes wait in memory";
}

void SqliteStore::save(Changes changes) {
  if (changes.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    waiting_.add(std::move(changes));
    try_now_ = true;
  }
  work_.notify_one();
}

void SqliteStore::flush() {
  std::unique_lock lock(mutex_);
  try_now_ = true;
  const std::uint64_t mine = ++flushes_asked_;
  work_.notify_one();
  done_.wait(lock, [&] { return flushes_done_ >= mine; });
}

std::string SqliteStore::last_error() const {
  const std::lock_guard lock(mutex_);
  return last_error_;
}

void SqliteStore::write_loop() {
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto called = [this] { return try_now_; };
    if (writable_) {
      work_.wait(lock, called);
    } else {
      work_.wait_for(lock, retry_every_, called);
    }
    try_now_ = false;
    const std::uint64_t flushes = flushes_asked_;
    MergedChanges batch = std::exchange(waiting_, {});
    lock.unlock();
    std::string error = write(batch);
    lock.lock();
    if (!error.empty()) {
      batch.add(std::exchange(waiting_, {}));
      waiting_ = std::move(batch);
    }
    writable_ = error.empty();
    last_error_ = std::move(error);
    flushes_done_ = flushes;
    done_.notify_all();
    if (stopping_ && !try_now_) return;
  }
}

void SqliteStore::open_for_writing(MergedChanges& batch) {
  Database database = open_state_file(path_);
  if (unread_ && !is_empty(database)) {
    const std::string copy = copy_aside(database, path_, std::chrono::system_clock::now());
    batch.events.push_back(store_event("The state database " + path_ +
                                       " could not be read at the start; what it held then is in " +
                                       copy + "."));
  }
  unread_ = false;
  prepare_for_writing(database);
  database_.emplace(std::move(database));
}

std::string SqliteStore::write(MergedChanges& batch) {
  std::string verb = "opened";
  try {
    if (database_ && database_->moved()) {
      database_.reset();
      batch.events.push_back(
          store_event("The state database " + path_ +
                      " was removed or replaced while in use; it was opened anew."));
    }
    if (!database_) open_for_writing(batch);
    verb = "written";
    Transaction transaction(*database_);
    if (!batch.beliefs.empty()) write_beliefs(*database_, batch);
    if (!batch.events.empty()) write_events(*database_, batch);
    if (!batch.spend.empty()) write_spend(*database_, batch);
    transaction.commit();
    return "";
  } catch (const UnusableFile& error) {
    return cannot_be(verb, error.what());
  } catch (const SqliteError& error) {
    return cannot_be(verb, error.what());
  }
}

}  // namespace together
