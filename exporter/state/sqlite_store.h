// The store on disk: one SQLite file, written by one thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "exporter/core/result.h"
#include "exporter/state/merged_changes.h"
#include "exporter/state/sqlite.h"
#include "exporter/state/store.h"

namespace together {

/// What is saved while the writer is busy shares its next transaction; a save() is never split.
/// A write that fails leaves nothing behind; its changes wait, merged and so bounded, and are tried
/// again with the next save(), flush(), or after `retry_every`.
///
/// A file that is damaged, another program's, or of another schema version is moved aside by load()
/// and a fresh one is made. A file that cannot be opened for writing is left alone: what can be
/// read of it is restored, changes wait in memory with writable() false, and opening it is tried
/// again as a failed write is. Where nothing of it could be read, a copy of what it holds is made
/// before the first write to it, and an event of kind "store" names the copy.
///
/// A file that is removed or replaced while in use is opened anew; an event of kind "store" says
/// so.
///
/// Pruned in the transaction that adds: the oldest events above kMaxEvents, and spend more than
/// kSpendDays before the newest day added.
class SqliteStore final : public Store {
 public:
  explicit SqliteStore(std::string path, Duration retry_every = std::chrono::seconds(30));
  ~SqliteStore() override;  ///< writes what waits, trying once
  SqliteStore(const SqliteStore&) = delete;
  SqliteStore& operator=(const SqliteStore&) = delete;

  Restored load(const std::string& day) override;

  /// Requires: load() was called. An event whose id is 0, or not above all that are there, is given
  /// one that is.
  void save(Changes changes) override;

  /// Threads: all.
  bool writable() const override { return writable_; }

  /// Tries once more to write what waits, then returns. Requires: load() was called.
  void flush() override;

  std::string last_error() const override;

 private:
  Result<Restored> open_and_read(const std::string& day);  // an error is damage to the file
  Restored read_frozen(const std::string& day);
  Restored nothing_restored(const std::string& why);
  void open_for_writing(MergedChanges& batch);
  std::string cannot_be(const std::string& verb, const std::string& why) const;
  void write_loop();
  std::string write(MergedChanges& batch);  // what went wrong, or ""

  const std::string path_;
  const Duration retry_every_;
  std::optional<Database> database_;  // the writer's alone, once it runs; empty: not opened yet
  bool unread_ = false;               // the same; the file holds what load() could not read
  std::atomic<bool> writable_{false};

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable work_;
  std::condition_variable done_;
  MergedChanges waiting_;
  bool try_now_ = false;
  bool stopping_ = false;
  std::uint64_t flushes_asked_ = 0;
  std::uint64_t flushes_done_ = 0;
  std::string last_error_;

  std::thread writer_;  // runs from load() on
};

}  // namespace together
