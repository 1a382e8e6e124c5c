// What was remarked of a model, so that each thing is told once.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "exporter/core/observation.h"

namespace together {

/// By model ("" for the account): kind and text. What was told is remembered; where a stranger
/// sends something new with every answer, telling ends at `kMostRemarks` a model and kind.
class RemarkBook {
 public:
  static constexpr std::size_t kMostRemarks = 50;

  /// The remarks that were not known yet.
  std::vector<Remark> fold(const std::string& model, const std::vector<Remark>& remarks);

  using Told = std::map<std::string, std::set<std::string>>;  ///< kind, texts
  std::vector<std::string> models() const;
  const Told& told(const std::string& model) const;
  void restore(const std::string& model, Told told) { told_[model] = std::move(told); }
  /// Whether there was something to forget.
  bool forget(const std::string& model) { return told_.erase(model) > 0; }

 private:
  std::map<std::string, Told> told_;
};

}  // namespace together
