// Reads what an exporter believes.
#include "exporter/state/read_beliefs.h"

#include <filesystem>

#include "exporter/state/sqlite.h"
#include "exporter/state/state_file.h"

namespace together {
namespace {

std::vector<Belief> read_all(Database database) {
  std::vector<Belief> beliefs;
  if (is_empty(database)) return beliefs;
  Statement rows(database, "SELECT kind, key, json FROM belief");
  while (rows.step()) beliefs.push_back({rows.text(0), rows.text(1), rows.text(2)});
  return beliefs;
}

/// A live database is read with its lock; where that cannot be had, as the file stands.
std::vector<Belief> read_file(const std::string& path) {
  try {
    return read_all(open_state_file(path));
  } catch (const SqliteError&) {
    return read_all(open_frozen_state_file(path));
  }
}

}  // namespace

Result<std::vector<Belief>> read_beliefs(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    return fail("there is no state database at " + path);
  }
  try {
    return read_file(path);
  } catch (const std::exception& problem) {
    return fail("cannot read the state database " + path + ": " + problem.what());
  }
}

}  // namespace together
