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

/// Opens the state database, or makes a new one where there is none or an empty one: WAL,
/// synchronous=FULL, tables belief, event and spend. Makes the last folder of the path too.
/// Errors: UnusableFile; SqliteError where the file cannot be opened or written, but also for the
/// damage that `means_damage` tells.
Database open_state_file(const std::string& path);

/// The same file for reading only, where open_state_file cannot write or lock. Errors: the same.
Database open_frozen_state_file(const std::string& path);

/// The error is about what is in the file, not about a disk, a lock or a permission.
bool means_damage(const SqliteError& error);

/// Renames `path`, and the -wal, -shm and -journal that belong to it, to the returned
/// `PATH.corrupt-20261121T013511Z`. Only regular files are moved.
Result<std::string> move_aside(const std::string& path, WallTime now);

}  // namespace together
