// The model lists as believed.
#include "exporter/ledger/catalog_book.h"

#include <algorithm>
#include <functional>

namespace together {
namespace {

using namespace std::chrono_literals;

constexpr int kEqualAnswers = 3;
constexpr auto kSuspicionSpan = 30min;
constexpr std::size_t kSmallLoss = 3;

/// Order does not count: Together does not promise one.
std::size_t fingerprint_of(const std::map<std::string, CatalogEntry>& entries) {
  std::size_t fingerprint = entries.size();
  for (const auto& [id, entry] : entries) {
    fingerprint = fingerprint * 31 + std::hash<std::string>{}(id);
  }
  return fingerprint;
}

}  // namespace

CatalogList::Folded CatalogList::fold(const CatalogFacts& facts, WallTime at) {
  std::map<std::string, CatalogEntry> fresh;
  for (const auto& entry : facts.models) fresh.emplace(entry.id, entry);

  Folded folded;
  for (const auto& [id, entry] : fresh) {
    if (!entries_.contains(id)) folded.appeared.push_back(id);
  }
  for (const auto& [id, entry] : entries_) {
    if (!fresh.contains(id)) folded.vanished.push_back(id);
  }

  // "More than 10 %" in whole numbers, so that 10 of 100 is not more.
  const bool lost_many =
      folded.vanished.size() > kSmallLoss && folded.vanished.size() * 10 > entries_.size();
  if (fresh.empty() || lost_many) {
    const std::size_t fingerprint = fingerprint_of(fresh);
    if (!suspicion_ || suspicion_->fingerprint != fingerprint) suspicion_ = {fingerprint, 0, at};
    ++suspicion_->answers;
    if (suspicion_->answers < kEqualAnswers || at - suspicion_->since < kSuspicionSpan) {
      return {};
    }
  }
  suspicion_.reset();
  entries_ = std::move(fresh);
  accepted_at_ = at;
  folded.accepted = true;
  return folded;
}

void CatalogList::restore(std::vector<CatalogEntry> entries, WallTime accepted_at) {
  entries_.clear();
  for (auto& entry : entries) {
    std::string id = entry.id;
    entries_.emplace(std::move(id), std::move(entry));
  }
  accepted_at_ = accepted_at;
}

const CatalogEntry* CatalogList::find(const std::string& id) const {
  const auto it = entries_.find(id);
  return it == entries_.end() ? nullptr : &it->second;
}

}  // namespace together
