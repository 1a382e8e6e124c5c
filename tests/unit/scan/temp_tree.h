// A folder for one test, gone afterwards.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace together {

class TempTree {
 public:
  TempTree() {
    std::string name = testing::TempDir() + "scan_XXXXXX";
    if (mkdtemp(name.data()) == nullptr) std::abort();
    root_ = std::filesystem::canonical(name);
  }
  ~TempTree() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }
  TempTree(const TempTree&) = delete;
  TempTree& operator=(const TempTree&) = delete;

  const std::filesystem::path& root() const { return root_; }
  std::string path(const std::string& name) const { return (root_ / name).string(); }

  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << text;
  }

  /// As much of a repository as is needed to see one.
  void make_repository(const std::string& folder = "") const {
    write((folder.empty() ? "" : folder + "/") + ".git/HEAD", "ref: refs/heads/main\n");
  }

 private:
  std::filesystem::path root_;
};

}  // namespace together
