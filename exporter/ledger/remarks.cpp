// What was remarked of a model.
#include "exporter/ledger/remarks.h"

namespace together {

std::vector<Remark> RemarkBook::fold(const std::string& model, const std::vector<Remark>& remarks) {
  std::vector<Remark> fresh;
  for (const Remark& remark : remarks) {
    std::set<std::string>& known = told_[model][remark.kind];
    if (known.size() >= kMostRemarks || !known.insert(remark.text).second) continue;
    fresh.push_back(remark);
  }
  return fresh;
}

std::vector<std::string> RemarkBook::models() const {
  std::vector<std::string> models;
  for (const auto& [model, told] : told_) models.push_back(model);
  return models;
}

const RemarkBook::Told& RemarkBook::told(const std::string& model) const {
  static const Told none;
  const auto found = told_.find(model);
  return found == told_.end() ? none : found->second;
}

}  // namespace together
