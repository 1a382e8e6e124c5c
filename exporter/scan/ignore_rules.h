// What git ignores in a folder and in those below it.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "exporter/scan/ignore_file.h"

namespace together {

/// One sentence for a person that begins with a path.
using OnWarning = std::function<void(const std::string&)>;

/// Whether `folder` is the root of a git repository, worktree or submodule.
bool is_repository(const std::filesystem::path& folder);

/// The rules of one repository while a walk stands in one of its folders: every .gitignore from
/// its root to there, and its .git/info/exclude. What a person's own git configuration ignores and
/// what is tracked all the same is left out: the answer is the same on every machine.
class IgnoreRules {
 public:
  /// Stands in `folder`, after reading what lies above it. Outside a repository the folder itself
  /// counts as the root. Requires: `folder` is absolute and free of links.
  IgnoreRules(const std::filesystem::path& folder, OnWarning on_warning);

  void enter(const std::string& name);
  void leave();

  /// About an entry of the folder the walk stands in.
  bool ignores(const std::string& name, bool is_directory) const;

 private:
  void read_folder();
  void read(const std::filesystem::path& file);

  OnWarning on_warning_;
  std::filesystem::path root_;
  std::string folder_;                             ///< from the root: "" or "a/b/"
  std::vector<std::optional<IgnoreFile>> levels_;  ///< info/exclude, the root's, and so on
};

}  // namespace together
