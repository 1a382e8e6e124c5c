// One .gitignore file.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/scan/glob.h"

namespace together {

/// Total: any text is a valid file. A line of more than 4,096 bytes, the longest path there is,
/// fits nothing. Source: gitignore(5).
class IgnoreFile {
 public:
  /// `folder` is where the file lies, from the root of its repository: "" or "a/b/".
  IgnoreFile(std::string_view text, std::string folder);

  /// What the last line that fits says; empty: none fits. Requires: `path`, from the root of the
  /// repository and without a slash at its end, lies below `folder`.
  std::optional<bool> ignores(std::string_view path, bool is_directory) const;

 private:
  struct Line {
    bool negated = false;           ///< !a
    bool only_directories = false;  ///< a/
    bool anchored = false;          ///< a/b, /a: fits the path from `folder`, not any name in it
    std::string literal;            ///< the part in front of the first wildcard
    std::optional<Glob> rest;       ///< the part from there on, where there is a wildcard
  };
  static std::optional<Line> read_line(std::string_view text);

  std::string folder_;
  std::vector<Line> lines_;
};

}  // namespace together
