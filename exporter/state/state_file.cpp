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

// True where the file holds nothing at all yet.
bool check_identity(Database& database) {
  const std::int64_t application = database.number("PRAGMA application_id");
  const std::int64_t version = database.number("PRAGMA user_version");
  const std::int64_t tables = database.number("SELECT count(*) FROM sqlite_schema");
  if (application == 0 && version == 0 && tables == 0) return true;
  if (application != kApplicationId) {
    throw UnusableFile("it is another program's database");
  }
  if (version != kSchemaVersion) {
    throw UnusableFile("its schema version is " + std::to_string(version) +
                       " and this program knows " + std::to_string(kSchemaVersion));
  }
  return false;
}

// SQLite's own error here is of its second try, to open for reading a file that is not there.
void check_folder(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  std::error_code ignored;  // without the folder, the next check fails and says why
  fs::create_directory(folder, ignored);
  if (fs::exists(path, ignored)) return;
  if (::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) == 0) return;
  throw SqliteError(SQLITE_CANTOPEN, "no file can be made in its folder (" +
                                         std::generic_category().message(errno) + ")");
}

void check_soundness(Database& database) {
  if (const std::string verdict = database.text("PRAGMA quick_check(1)"); verdict != "ok") {
    throw UnusableFile(one_line(verdict, kReasonBytes));
  }
}

}  // namespace

Database open_state_file(const std::string& path) {
  check_folder(path);
  Database database(path);
  database.run("PRAGMA cell_size_check = ON");
  const bool is_new = check_identity(database);
  if (database.read_only() && ::access(path.c_str(), W_OK) == 0) {
    throw UnusableFile("its header marks it as read-only");
  }
  check_soundness(database);
  database.run("PRAGMA journal_mode = WAL");
  database.run("PRAGMA synchronous = FULL");
  Transaction transaction(database);  // also where nothing is to be made: it proves that we can
  if (is_new) database.run(kSchema);
  transaction.commit();
  return database;
}

Database open_frozen_state_file(const std::string& path) {
  std::error_code none;
  if (fs::file_size(path + "-wal", none) > 0 && !none) {
    throw UnusableFile("its newest changes stand in its -wal file");
  }
  Database database = Database::frozen(path);
  if (check_identity(database)) throw UnusableFile("it is empty");
  check_soundness(database);
  return database;
}

bool means_damage(const SqliteError& error) {
  // SQLITE_ERROR is SQL that does not fit: a table or a column is missing.
  return error.code() == SQLITE_CORRUPT || error.code() == SQLITE_NOTADB ||
         error.code() == SQLITE_ERROR;
}

Result<std::string> move_aside(const std::string& path, WallTime now) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return fail(path + " is not a regular file");
  std::string stamp = format_time(now);
  stamp.erase(
      std::remove_if(stamp.begin(), stamp.end(), [](char c) { return c == '-' || c == ':'; }),
      stamp.end());
  const std::string wanted = path + ".corrupt-" + stamp;
  std::string target = wanted;
  for (int n = 2; fs::exists(target, error); ++n) target = wanted + "." + std::to_string(n);
  for (const char* companion : {"-wal", "-shm", "-journal"}) {
    fs::rename(path + companion, target + companion, error);  // mostly there is none
  }
  fs::rename(path, target, error);
  if (error) return fail(path + " cannot be moved to " + target + ": " + error.message());
  return target;
}

}  // namespace together
