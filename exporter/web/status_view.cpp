// The order in which models are shown.
#include "exporter/web/status_view.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace together {
namespace {

constexpr std::array<std::string_view, 8> kStates{"removed", "blocked", "down",      "redirected",
                                                  "suspect", "unknown", "throttled", "available"};

std::ptrdiff_t place(std::string_view state) {
  return std::find(kStates.begin(), kStates.end(), known_state(state)) - kStates.begin();
}

bool has_near_retirement(const StatusView::Model& model, Day today) {
  return std::any_of(
      model.retirements.begin(), model.retirements.end(), [&](const auto& retirement) {
        return retirement.date <= today + kRetirementNear && !is_settled(model, retirement, today);
      });
}

bool gives_concern(const StatusView::Model& model, Day today) {
  const bool breaks_a_rule = std::any_of(model.probes.begin(), model.probes.end(), breaks_contract);
  return breaks_a_rule || fallbacks_exhausted(model) || has_near_retirement(model, today);
}

struct SortKey {
  std::ptrdiff_t rank = 0;
  Day date = Day::max();
  std::string_view id;
  auto tie() const { return std::tie(rank, date, id); }
};

SortKey sort_key(const StatusView::Model& model, Day today) {
  SortKey key{2 * place(model.state), Day::max(), model.id};
  if (!answers(model) || !gives_concern(model, today)) return key;
  key.rank = 2 * place("unknown") + 1;
  if (const auto* next = next_retirement(model, today)) key.date = next->date;
  return key;
}

}  // namespace

std::span<const std::string_view> states_by_attention() { return kStates; }

std::string_view known_state(std::string_view state) {
  const auto found = std::find(kStates.begin(), kStates.end(), state);
  return found == kStates.end() ? "unknown" : *found;
}

bool answers(const StatusView::Model& model) {
  return model.state == "available" || model.state == "throttled";
}

const StatusView::Retirement* next_retirement(const StatusView::Model& model, Day today) {
  if (model.retirements.empty()) return nullptr;
  const auto next = std::find_if(model.retirements.begin(), model.retirements.end(),
                                 [&](const auto& one) { return one.date >= today; });
  return next == model.retirements.end() ? &model.retirements.back() : &*next;
}

bool is_settled(const StatusView::Model& model, const StatusView::Retirement& retirement,
                Day today) {
  return retirement.date < today && (model.state == "removed" || model.state == "redirected" ||
                                     retirement.surface != "inference");
}

const StatusView::ProbeResult* probe_result(const StatusView::Model& model,
                                            std::string_view probe) {
  const auto found = std::find_if(model.probes.begin(), model.probes.end(),
                                  [&](const auto& result) { return result.probe == probe; });
  return found == model.probes.end() ? nullptr : &*found;
}

bool breaks_contract(const StatusView::ProbeResult& result) {
  return std::any_of(result.broken_rules.begin(), result.broken_rules.end(),
                     [](const auto& rule) { return rule != "known_fields"; });
}

std::size_t fallbacks_available(const StatusView::Model& model) {
  return static_cast<std::size_t>(
      std::count_if(model.fallbacks.begin(), model.fallbacks.end(),
                    [](const auto& fallback) { return fallback.state == "available"; }));
}

bool fallbacks_exhausted(const StatusView::Model& model) {
  return !model.fallbacks.empty() &&
         std::none_of(model.fallbacks.begin(), model.fallbacks.end(), [](const auto& fallback) {
           return fallback.state == "available" || fallback.state == "throttled" ||
                  known_state(fallback.state) == "unknown";
         });
}

std::vector<const StatusView::Model*> by_attention(const StatusView& view) {
  std::vector<std::pair<SortKey, const StatusView::Model*>> keyed;
  for (const auto& model : view.models) {
    keyed.emplace_back(sort_key(model, day_of_time(view.now)), &model);
  }
  std::sort(keyed.begin(), keyed.end(),
            [](const auto& a, const auto& b) { return a.first.tie() < b.first.tie(); });
  std::vector<const StatusView::Model*> sorted;
  for (const auto& [key, model] : keyed) sorted.push_back(model);
  return sorted;
}

}  // namespace together
