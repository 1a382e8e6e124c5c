// Counts the requests that were answered.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "simulator/model.h"

namespace together::simulator {

class Tally {
 public:
  /// Texts are cut, and beyond 10,000 different combinations the rest is counted as one.
  void count(const std::string& path, const std::string& model, int status);

  std::uint64_t total() const { return total_; }
  /// [{"path", "model", "status", "count"}, ...]
  Json to_json() const;

 private:
  std::uint64_t total_ = 0;
  std::map<std::tuple<std::string, std::string, int>, std::uint64_t> counts_;
};

}  // namespace together::simulator
