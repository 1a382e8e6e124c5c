// Wildcards as .gitignore has them.
#pragma once

#include <bitset>
#include <string_view>
#include <vector>

namespace together {

/// `?`, `*`, `[a-z]`, `[!x]`, `[[:digit:]]`, `\` before a byte that stands for itself, and in paths
/// `**` for any number of folders. Matching takes time in proportion to pattern times text,
/// whatever the pattern. Source: gitignore(5); tested against git 2.39.
class Glob {
 public:
  enum class Text {
    kName,  ///< no slash in it
    kPath,  ///< only `**` between slashes or ends matches a slash
  };
  Glob(std::string_view pattern, Text text);

  /// Whether the whole text fits. A pattern that ends inside `[` or behind `\` fits nothing.
  bool matches(std::string_view text) const;

 private:
  using Bytes = std::bitset<256>;
  struct Token {
    Bytes bytes;
    bool repeats = false;  ///< any number of such bytes, also none
    bool skips_next =
        false;  ///< where it matches nothing, the next token (a slash) is left out too
  };
  static bool read_set(std::string_view pattern, std::size_t& at, Bytes& set);
  void add_stars(std::string_view pattern, std::size_t& at, Text text);
  void enter(std::vector<bool>& states, std::size_t state) const;

  std::vector<Token> tokens_;
  bool broken_ = false;
};

}  // namespace together
