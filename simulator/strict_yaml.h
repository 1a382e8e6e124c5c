// Reads YAML maps strictly: a key that is unknown, repeated or of the wrong kind is a Problem.
#pragma once

#include <yaml-cpp/yaml.h>

#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "exporter/core/clock.h"

namespace together::simulator {

/// Thrown by the readers and caught in scenario.cpp; the text is "KEY: what is wrong".
struct Problem : std::runtime_error {
  Problem(int at_line, const std::string& what) : std::runtime_error(what), line(at_line) {}
  int line;
};

/// One map. Errors: every function throws a Problem.
class Fields {
 public:
  /// `where` names the map in messages. Requires: `allowed` outlives this.
  Fields(YAML::Node node, std::string where, std::span<const std::string_view> allowed);

  int line() const { return line_of(node_); }
  bool has(std::string_view key) const;
  void require(std::string_view key) const;

  /// Each gives nothing where the key is absent.
  std::optional<std::string> text(std::string_view key) const;
  std::optional<Duration> duration(std::string_view key) const;
  std::optional<double> number(std::string_view key) const;  ///< finite and not negative
  std::optional<long long> whole(std::string_view key) const;
  std::optional<bool> flag(std::string_view key) const;
  YAML::Node node(std::string_view key) const;  ///< undefined where absent

  [[noreturn]] void bad(std::string_view key, const std::string& what) const;

  static int line_of(const YAML::Node& node) { return node.Mark().line + 1; }

 private:
  std::string scalar(std::string_view key) const;

  YAML::Node node_;
  std::string where_;
};

/// Errors: throws a Problem of that line, naming `key`.
double parse_number(const std::string& text, int line, const std::string& key);

}  // namespace together::simulator
