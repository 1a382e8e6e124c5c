// The database file: is it ours and sound, and what happens to one that is not.
#pragma once

#include <stdexcept>
#include <string>

#include "exporter/core/clock.h"
#include "exporter/core/result.h"
#include "exporter/state/sqlite.h"

namespace together {

/// The file can be read, and what is in it is not a sound state database of this version.
class UnusableFile : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Opens the state database for reading, or makes an empty one where there is none, with the last
/// folder of its path. Errors: UnusableFile; SqliteError where the file cannot be opened or read,
/// but also for the damage that `means_damage` tells.
Database open_state_file(const std::string& path);

/// The same where open_state_file cannot lock or make files: changes nothing. Errors: the same.
Database open_frozen_state_file(const std::string& path);

/// Nothing was ever written to it, not even the tables.
bool is_empty(Database& database);

/// WAL, synchronous=FULL, and the tables belief, event and spend where it is empty. Errors:
/// SqliteError where the file cannot be written; what open_state_file opened can be read still.
void prepare_for_writing(Database& database);

/// The error is about what is in the file, not about a disk, a lock or a permission.
bool means_damage(const SqliteError& error);

/// Renames `path`, and the -wal, -shm and -journal that belong to it, to the returned
/// `PATH.corrupt-20261121T013511Z`. Only regular files are moved.
Result<std::string> move_aside(const std::string& path, WallTime now);

/// Copies what the database holds to the returned `PATH.unread-20261121T013511Z`. Errors:
/// SqliteError, and then there is no copy.
std::string copy_aside(Database& database, const std::string& path, WallTime now);

}  // namespace together
