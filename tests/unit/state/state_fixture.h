// A folder of its own for each test of the store, and short ways to say what is in a database.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "exporter/state/sqlite_store.h"

namespace together {

class StateTest : public testing::Test {
 protected:
  StateTest() {
    std::string pattern = testing::TempDir() + "state_test.XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    path_ = folder_ + "/state.db";
  }
  ~StateTest() override {
    std::error_code ignored;
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all, ignored);
    std::filesystem::remove_all(folder_, ignored);
  }

  /// Paths in the folder that were moved aside, without their -wal and -shm.
  std::vector<std::string> moved_aside() const {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      const std::string name = entry.path().string();
      if (name.find(".corrupt-") == std::string::npos || name.ends_with("-wal") ||
          name.ends_with("-shm")) {
        continue;
      }
      found.push_back(name);
    }
    return found;
  }

  std::string folder_;
  std::string path_;
};

inline const std::string kDay = "2026-11-21";

inline Changes belief(std::string key, std::string json) {
  return {.beliefs = {{"model", std::move(key), std::move(json)}},
          .forgotten = {},
          .events = {},
          .spend = {}};
}

inline Changes event(std::string text) {
  return {.beliefs = {},
          .forgotten = {},
          .events = {{0, WallTime(std::chrono::seconds(1)), "state", "a/b", std::move(text)}},
          .spend = {}};
}

/// One that comes with its id.
inline Changes event(std::int64_t id, std::string text) {
  Changes changes = event(std::move(text));
  changes.events[0].id = id;
  return changes;
}

inline Changes spend(double usd, std::string day = kDay) {
  return {.beliefs = {},
          .forgotten = {},
          .events = {},
          .spend = {{std::move(day), "stream", "a/b", usd}}};
}

inline std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return (std::stringstream() << file.rdbuf()).str();
}

inline void put_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace together
