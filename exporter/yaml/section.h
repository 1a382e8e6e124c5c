// A map whose keys are known: refuses the others and hands out its values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exporter/yaml/field.h"

namespace together {

class Section {
 public:
  /// Reports what is no map, and every unknown or repeated key.
  Section(const Field& field, std::vector<std::string> known);

  /// The value of a key; null where it is not written. Requires: a known key.
  const Field* find(std::string_view key) const;
  /// The same, but a missing key is reported with what `needs` it ("every model needs one").
  const Field* need(std::string_view key, std::string_view needs) const;

  // Each writes over `into` only what is written, and right.
  void read(std::string_view key, Duration& into) const;
  void read(std::string_view key, double& into) const;
  void read(std::string_view key, bool& into) const;
  void read(std::string_view key, int& into, int least, int most) const;
  void read_path(std::string_view key, std::string& into) const;

  /// The value, if it is one of `choices`; else `fallback`, and a wrong value is reported.
  std::string choice(std::string_view key, const std::vector<std::string>& choices,
                     std::string fallback) const;

 private:
  Field field_;
  std::vector<Field::Entry> entries_;
};

}  // namespace together
