// A text by its lines: what a parser's marks leave to be found out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace together {

/// Requires: the text outlives it.
class Lines {
 public:
  explicit Lines(std::string_view text);

  int count() const;  ///< 1 or more

  /// The line, from 1, of an empty value that yaml-cpp marks at `line` and `column`, from 0.
  /// yaml-cpp marks what follows the value, often lines below. If nothing else stands before the
  /// mark on its line, the value belongs to the last line above that says anything.
  int of_empty_value(int line, int column) const;

 private:
  std::vector<std::string_view> lines_;
};

struct BadByte {
  int line = 1;
  std::string message;
};

/// The first byte that a configuration must not have: not UTF-8, or a control character.
/// yaml-cpp passes the former on, and takes byte 4 for the end of the file.
std::optional<BadByte> find_bad_byte(std::string_view text);

}  // namespace together
