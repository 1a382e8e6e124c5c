// A hash that is the same on every machine, in every run and every release.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace together {

/// FNV-1a over the parts, each ended, so that {"ab",""} and {"a","b"} differ. Phases and shards
/// hang on it: do not change it.
constexpr std::uint64_t stable_hash(std::initializer_list<std::string_view> parts) {
  std::uint64_t hash = 14695981039346656037ull;
  for (const std::string_view part : parts) {
    for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    hash = (hash ^ 0xFFu) * 1099511628211ull;
  }
  return hash ^ (hash >> 32);
}

}  // namespace together
