// What is wrong with a configuration, and where.
#pragma once

#include <string>

namespace together {

/// `line` counts from 1. `key` is the way to the value ("models[0].id"), or kWholeFile.
struct Problem {
  std::string file;
  int line = 1;
  std::string key;
  std::string message;  ///< one sentence: what was found, and what would be right

  friend bool operator==(const Problem&, const Problem&) = default;
};

/// The key of a problem that concerns no single key: an unreadable file, broken YAML.
inline constexpr const char* kWholeFile = "(file)";

/// "FILE:LINE: KEY: MESSAGE"
inline std::string to_string(const Problem& p) {
  return p.file + ":" + std::to_string(p.line) + ": " + p.key + ": " + p.message;
}

}  // namespace together
