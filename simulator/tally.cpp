// Counts the requests that were answered.
#include "simulator/tally.h"

#include "exporter/core/text.h"

namespace together::simulator {
namespace {

constexpr std::size_t kMostCombinations = 10'000;
constexpr std::size_t kMostBytes = 200;

}  // namespace

void Tally::count(const std::string& path, const std::string& model, int status) {
  ++total_;
  std::tuple key{one_line(path, kMostBytes), one_line(model, kMostBytes), status};
  if (counts_.size() >= kMostCombinations && !counts_.contains(key)) key = {"(others)", "", 0};
  ++counts_[key];
}

Json Tally::to_json() const {
  Json rows = Json::array();
  for (const auto& [key, count] : counts_) {
    const auto& [path, model, status] = key;
    rows.push_back({{"path", path}, {"model", model}, {"status", status}, {"count", count}});
  }
  return rows;
}

}  // namespace together::simulator
