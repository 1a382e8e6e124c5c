// The order in which models are shown.
#include "exporter/web/status_view.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace together {
namespace {

constexpr std::array<std::string_view, 8> kStates{"removed", "blocked", "down",      "redirected",
                                                  "suspect", "unknown", "throttled", "available"};

}  // namespace

std::span<const std::string_view> states_by_attention() { return kStates; }

std::string_view known_state(std::string_view state) {
  const auto found = std::find(kStates.begin(), kStates.end(), state);
  return found == kStates.end() ? "unknown" : *found;
}

std::vector<const StatusView::Model*> by_attention(const std::vector<StatusView::Model>& models) {
  const auto key = [](const StatusView::Model* model) {
    const auto* rank = std::find(kStates.begin(), kStates.end(), known_state(model->state));
    return std::tuple(rank, std::string_view(model->id));
  };
  std::vector<const StatusView::Model*> sorted;
  for (const auto& model : models) sorted.push_back(&model);
  std::sort(sorted.begin(), sorted.end(),
            [&](const auto* a, const auto* b) { return key(a) < key(b); });
  return sorted;
}

}  // namespace together
