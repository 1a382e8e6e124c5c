// The watched headers.
#include "exporter/ledger/headers.h"

#include <algorithm>

namespace together {

std::vector<HeaderChange> HeaderBook::fold(const HeaderFacts& facts) {
  std::vector<HeaderChange> changed;
  for (const auto& header : facts.headers) {
    Surface& surface = seen_[header.name][facts.surface];
    double& count = changes_[header.name];
    surface.present = header.value.has_value();
    if (!header.value) continue;
    if (!surface.value.empty() && surface.value != *header.value) {
      changed.push_back({header.name, facts.surface, surface.value, *header.value});
      ++count;
    }
    surface.value = *header.value;
  }
  return changed;
}

void HeaderBook::watch_only(const std::vector<std::string>& headers) {
  const auto unwatched = [&](const auto& item) {
    return std::find(headers.begin(), headers.end(), item.first) == headers.end();
  };
  std::erase_if(seen_, unwatched);
  std::erase_if(changes_, unwatched);
}

}  // namespace together
