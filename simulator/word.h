// Reads a word of a scenario that stands for the value of an enumeration.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "exporter/core/text.h"
#include "simulator/strict_yaml.h"

namespace together::simulator {

/// The value of the word under `key`, which has to be there. Errors: throws a Problem.
template <class T, std::size_t N>
T word(const Fields& fields, std::string_view key,
       const std::array<std::pair<std::string_view, T>, N>& words) {
  fields.require(key);
  const std::string text = *fields.text(key);
  std::string all;
  for (const auto& [name, value] : words) {
    if (name == text) return value;
    if (!all.empty()) all += ", ";
    all += name;
  }
  fields.bad(key, "\"" + one_line(text, 80) + "\" is none of " + all);
}

}  // namespace together::simulator
