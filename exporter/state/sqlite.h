// SQLite's handles as objects, and its error codes as one exception. Only exporter/state/ uses
// these; no SqliteError leaves that folder.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace together {

class SqliteError : public std::runtime_error {
 public:
  SqliteError(int code, const std::string& message) : std::runtime_error(message), code_(code) {}
  int code() const { return code_; }  ///< primary result code: SQLITE_FULL, SQLITE_CORRUPT, ...

 private:
  int code_;
};

/// One connection. Threads: one at a time.
class Database {
 public:
  /// Makes the file where there is none. Waits up to a second for another process's lock.
  /// Errors: every function here throws SqliteError.
  explicit Database(const std::string& path);

  /// To read a file that nobody writes, where no lock can be taken and no -shm be made: a full
  /// disk, a read-only folder. A -wal beside it is read too; nothing is written.
  static Database frozen(const std::string& path);

  void run(const char* sql);
  std::int64_t number(const char* sql);  ///< first column of the first row
  std::string text(const char* sql);

  bool read_only() const;       ///< by permission, or because its header says so
  bool moved() const;           ///< the file is no longer where it was opened
  bool in_transaction() const;  ///< false too after SQLite rolled back by itself
  [[noreturn]] void fail(int code) const;
  sqlite3* handle() const { return handle_.get(); }

 private:
  Database(const std::string& name, int flags, const char* vfs = nullptr);
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
};

/// One prepared statement. Parameters and columns count as SQLite counts them: from 1 and from 0.
class Statement {
 public:
  Statement(Database& database, const char* sql);

  /// Requires: `value` outlives the next step.
  Statement& bind(int parameter, std::string_view value);
  Statement& bind(int parameter, std::int64_t value);
  Statement& bind(int parameter, double value);

  bool step();  ///< true: a row is there to read
  void run();   ///< to the end, then ready for new values

  std::string text(int column) const;  ///< "" for NULL
  std::int64_t integer(int column) const;
  double real(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  Database& database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// Rolls back at the end of its scope unless it was committed.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
};

}  // namespace together
