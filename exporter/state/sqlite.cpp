// SQLite's handles as objects, and its error codes as one exception.
#include "exporter/state/sqlite.h"

#include <filesystem>
#include <system_error>

namespace together {
namespace {

constexpr int kBusyTimeoutMs = 1000;  // two tries fit into the 5 s that a shutdown may take

std::string escape_for_uri(const std::string& path) {
  std::string escaped;
  for (const char c : path) {
    if (c == '%') {
      escaped += "%25";
    } else if (c == '?') {
      escaped += "%3f";
    } else if (c == '#') {
      escaped += "%23";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

}  // namespace

Database::Database(const std::string& path)
    : Database(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) {}

Database Database::frozen(const std::string& path) {
  std::error_code none;
  const bool has_wal = std::filesystem::file_size(path + "-wal", none) > 0 && !none;
  if (!has_wal) {  // else SQLite would have to make an empty one
    return Database("file:" + escape_for_uri(path) + "?immutable=1",
                    SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
  }
  // Exclusive locking keeps the index of the -wal on the heap. Its lock needs a file open for
  // writing, so it is not taken.
  Database database(path, SQLITE_OPEN_READONLY, "unix-none");
  sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  database.run("PRAGMA locking_mode = EXCLUSIVE");
  return database;
}

Database::Database(const std::string& name, int flags, const char* vfs) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, vfs);
  handle_.reset(handle);  // also after an error, and then it holds the message
  if (code != SQLITE_OK) fail(code);
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
}

void Database::run(const char* sql) {
  const int code = sqlite3_exec(handle(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

std::int64_t Database::number(const char* sql) {
  Statement statement(*this, sql);
  return statement.step() ? statement.integer(0) : 0;
}

std::string Database::text(const char* sql) {
  Statement statement(*this, sql);
  return statement.step() ? statement.text(0) : "";
}

bool Database::read_only() const { return sqlite3_db_readonly(handle(), "main") != 0; }

bool Database::moved() const {
  int answer = 0;
  sqlite3_file_control(handle(), "main", SQLITE_FCNTL_HAS_MOVED, &answer);
  return answer != 0;
}

bool Database::in_transaction() const { return sqlite3_get_autocommit(handle()) == 0; }

void Database::fail(int code) const {
  std::string message = handle() ? sqlite3_errmsg(handle()) : sqlite3_errstr(code);
  if (const int system = handle() ? sqlite3_system_errno(handle()) : 0;
      system != 0 && ((code & 0xff) == SQLITE_CANTOPEN || (code & 0xff) == SQLITE_IOERR)) {
    message += " (" + std::generic_category().message(system) + ")";
  }
  throw SqliteError(code & 0xff, message);
}

Statement::Statement(Database& database, const char* sql) : database_(database) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(database.handle(), sql, -1, &statement, nullptr);
  statement_.reset(statement);
  if (code != SQLITE_OK) database.fail(code);
}

Statement& Statement::bind(int parameter, std::string_view value) {
  // A null pointer would bind NULL.
  const char* data = value.data() ? value.data() : "";
  const int code = sqlite3_bind_text64(statement_.get(), parameter, data, value.size(),
                                       SQLITE_STATIC, SQLITE_UTF8);
  if (code != SQLITE_OK) database_.fail(code);
  return *this;
}

Statement& Statement::bind(int parameter, std::int64_t value) {
  const int code = sqlite3_bind_int64(statement_.get(), parameter, value);
  if (code != SQLITE_OK) database_.fail(code);
  return *this;
}

Statement& Statement::bind(int parameter, double value) {
  const int code = sqlite3_bind_double(statement_.get(), parameter, value);
  if (code != SQLITE_OK) database_.fail(code);
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) database_.fail(code);
  return false;
}

void Statement::run() {
  while (step()) {
  }
  sqlite3_reset(statement_.get());
}

std::string Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return bytes ? std::string(bytes, size) : "";
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

double Statement::real(int column) const { return sqlite3_column_double(statement_.get(), column); }

Transaction::Transaction(Database& database) : database_(database) {
  database_.run("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  // A full disk can make SQLite roll back by itself; a second ROLLBACK would be an error.
  if (database_.in_transaction()) {
    sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

void Transaction::commit() { database_.run("COMMIT"); }

}  // namespace together
