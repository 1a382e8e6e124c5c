// The shape of an answer: its key paths and JSON types, without a single value.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "exporter/core/facts.h"
#include "probes/json/read.h"

namespace together {

/// Gathers the paths of one answer's documents: "choices[].delta.content string". The items of an
/// array are merged, all numbers are one type, and `null` is named only where nothing else stands
/// there. An object of more than 64 keys is a map: its keys become "*". Order of keys and of items,
/// and every value, change nothing. Of a list of more than 16 items only what nearly all of them
/// have is structure: a path counts where nine of ten items have it, a type where one of ten has
/// it. So one model that comes or goes does not change the shape of a list of models.
class ShapeReader {
 public:
  void add(const Json& document);

  /// Sorted, each once; the first `kMostPaths`.
  std::vector<ShapePath> paths() const;

  static constexpr std::size_t kMostPaths = 2'000;
  static constexpr std::size_t kMapKeys = 64;
  static constexpr std::size_t kLongList = 16;

 private:
  void visit(const Json& value, const std::string& path);
  void visit_items(const Json& items, const std::string& path);
  void note(const std::string& path, const std::string& type);

  std::map<std::string, std::set<std::string>> types_;  ///< by path
};

/// 16 hexadecimal digits; the same for equal paths, on every machine and in every release.
std::string fingerprint_of(const std::vector<ShapePath>& paths);

}  // namespace together
