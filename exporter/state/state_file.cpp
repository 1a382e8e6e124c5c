// The database file: is it ours and sound, and what happens to one that is not.
#include "exporter/state/state_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "exporter/core/duration.h"
#include "exporter/core/text.h"

namespace together {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kApplicationId = 0x54674578;  // "TgEx"
constexpr std::int64_t kSchemaVersion = 1;
constexpr std::size_t kReasonBytes = 200;

// `at` is in nanoseconds since 1970: the clock's own unit, so that a time reads back equal.
constexpr const char* kSchema = R"(
  CREATE TABLE belief(kind TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL,
                      PRIMARY KEY(kind, key)) WITHOUT ROWID;
  CREATE TABLE event(id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL,
                     kind TEXT NOT NULL, model TEXT NOT NULL, text TEXT NOT NULL);
  CREATE TABLE spend(day TEXT NOT NULL, probe TEXT NOT NULL, model TEXT NOT NULL,
                     usd REAL NOT NULL, PRIMARY KEY(day, probe, model)) WITHOUT ROWID;
  PRAGMA application_id = 0x54674578;
  PRAGMA user_version = 1;
)";

void check_identity(Database& database) {
  if (is_empty(database)) return;
  if (database.number("PRAGMA application_id") != kApplicationId) {
    throw UnusableFile("it is another program's database");
  }
  const std::int64_t version = database.number("PRAGMA user_version");
  if (version != kSchemaVersion) {
    throw UnusableFile("its schema version is " + std::to_string(version) +
                       " and this program knows " + std::to_string(kSchemaVersion));
  }
}

bool may_use(const fs::path& path, int how) {
  return ::faccessat(AT_FDCWD, path.c_str(), how, AT_EACCESS) == 0;
}

// SQLite's own error here is of its second try, to open for reading a file that is not there.
void check_folder(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  std::error_code ignored;  // without the folder, the next check fails and says why
  fs::create_directory(folder, ignored);
  if (fs::exists(path, ignored)) return;
  if (may_use(folder, W_OK | X_OK)) return;
  throw SqliteError(SQLITE_CANTOPEN, "no file can be made in its folder (" +
                                         std::generic_category().message(errno) + ")");
}

void check_soundness(Database& database) {
  if (const std::string verdict = database.text("PRAGMA quick_check(1)"); verdict != "ok") {
    throw UnusableFile(one_line(verdict, kReasonBytes));
  }
}

// A name that no file has yet.
std::string name_aside(const std::string& path, const std::string& what, WallTime now) {
  std::string stamp = format_time(now);
  stamp.erase(
      std::remove_if(stamp.begin(), stamp.end(), [](char c) { return c == '-' || c == ':'; }),
      stamp.end());
  const std::string wanted = path + "." + what + "-" + stamp;
  std::string name = wanted;
  std::error_code ignored;
  for (int n = 2; fs::exists(name, ignored); ++n) name = wanted + "." + std::to_string(n);
  return name;
}

}  // namespace

Database open_state_file(const std::string& path) {
  check_folder(path);
  Database database(path);
  database.run("PRAGMA cell_size_check = ON");
  check_identity(database);
  if (database.read_only() && may_use(path, W_OK)) {
    throw UnusableFile("its header marks it as read-only");
  }
  check_soundness(database);
  return database;
}

Database open_frozen_state_file(const std::string& path) {
  Database database = Database::frozen(path);
  check_identity(database);
  check_soundness(database);
  return database;
}

bool is_empty(Database& database) {
  return database.number("PRAGMA application_id") == 0 &&
         database.number("PRAGMA user_version") == 0 &&
         database.number("SELECT count(*) FROM sqlite_schema") == 0;
}

void prepare_for_writing(Database& database) {
  database.run("PRAGMA journal_mode = WAL");
  database.run("PRAGMA synchronous = FULL");
  Transaction transaction(database);  // also where nothing is to be made: it proves that we can
  if (is_empty(database)) database.run(kSchema);
  transaction.commit();
}

bool means_damage(const SqliteError& error) {
  // SQLITE_ERROR is SQL that does not fit: a table or a column is missing.
  return error.code() == SQLITE_CORRUPT || error.code() == SQLITE_NOTADB ||
         error.code() == SQLITE_ERROR;
}

Result<std::string> move_aside(const std::string& path, WallTime now) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return fail(path + " is not a regular file");
  const std::string target = name_aside(path, "corrupt", now);
  for (const char* companion : {"-wal", "-shm", "-journal"}) {
    fs::rename(path + companion, target + companion, error);  // mostly there is none
  }
  fs::rename(path, target, error);
  if (error) return fail(path + " cannot be moved to " + target + ": " + error.message());
  return target;
}

std::string copy_aside(Database& database, const std::string& path, WallTime now) {
  const std::string target = name_aside(path, "unread", now);
  try {
    Statement(database, "VACUUM INTO ?1").bind(1, target).run();
  } catch (const SqliteError&) {
    std::error_code ignored;
    fs::remove(target, ignored);
    throw;
  }
  return target;
}

}  // namespace together
