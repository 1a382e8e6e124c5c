// One model beside another.
#include "exporter/engine/comparison.h"

namespace together {
namespace {

std::optional<long long> context_length(const Ledger& ledger, const std::string& id) {
  if (const auto model = ledger.models().find(id); model != ledger.models().end()) {
    return model->second.entry.context_length;
  }
  for (const auto& [name, list] : ledger.lists()) {
    if (const CatalogEntry* entry = list.find(id)) return entry->context_length;
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> context_length_ratio(const Ledger& ledger, const std::string& model,
                                           const std::string& other) {
  const auto ours = context_length(ledger, model);
  const auto theirs = context_length(ledger, other);
  if (!ours || !theirs || *ours <= 0) return std::nullopt;
  return static_cast<double>(*theirs) / static_cast<double>(*ours);
}

}  // namespace together
