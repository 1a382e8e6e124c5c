// Answers recorded from the real API; they lie beside the source tree, where they are present.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace together {

inline std::string recording_path(const std::string& file) {
  return std::string(TE_SOURCE_DIR "/../shared/data/together/") + file;
}

inline std::string read_recording(const std::string& file) {
  std::ifstream in(recording_path(file), std::ios::binary);
  EXPECT_TRUE(in) << "cannot read " << recording_path(file);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Skips where the recordings are not present.
class Recorded : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(recording_path(""))) {
      GTEST_SKIP() << "no recordings at " << recording_path("");
    }
  }
};

}  // namespace together
