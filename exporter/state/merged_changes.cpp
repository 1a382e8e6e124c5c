// Many changes as one, so that what waits to be written cannot grow without bound.
#include "exporter/state/merged_changes.h"

#include <cmath>
#include <iterator>

namespace together {
namespace {

void keep_newest(MergedChanges& changes) {
  while (changes.events.size() > kMaxEvents) changes.events.pop_front();
  while (changes.spend.size() > kSpendDays) changes.spend.erase(changes.spend.begin());
}

}  // namespace

void MergedChanges::add(Changes later) {
  for (auto& belief : later.beliefs) {
    beliefs[{std::move(belief.kind), std::move(belief.key)}] = std::move(belief.json);
  }
  for (auto& kind_and_key : later.forgotten) beliefs[std::move(kind_and_key)] = std::nullopt;
  std::move(later.events.begin(), later.events.end(), std::back_inserter(events));
  for (auto& [day, probe, model, usd] : later.spend) {
    if (std::isfinite(usd)) spend[day][{std::move(probe), std::move(model)}] += usd;
  }
  keep_newest(*this);
}

void MergedChanges::add(MergedChanges later) {
  for (auto& [kind_and_key, json] : later.beliefs) beliefs[kind_and_key] = std::move(json);
  std::move(later.events.begin(), later.events.end(), std::back_inserter(events));
  for (auto& [day, amounts] : later.spend) {
    for (auto& [probe_and_model, usd] : amounts) spend[day][probe_and_model] += usd;
  }
  keep_newest(*this);
}

}  // namespace together
