// The model lists as believed: a list that shrank too much at once must say so three times first.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exporter/core/clock.h"
#include "exporter/core/facts.h"

namespace together {

/// One list ("all" or "serverless") as last accepted.
class CatalogList {
 public:
  struct Folded {
    bool accepted = false;  ///< false: suspect, nothing changed
    std::vector<std::string> appeared;
    std::vector<std::string> vanished;
  };

  /// A list that is empty, or that lost more than max(3, 10 %) of the accepted one, is suspect:
  /// it is accepted once three equal answers span 30 minutes or more.
  Folded fold(const CatalogFacts& facts, WallTime at);

  /// Takes up what was accepted before a restart.
  void restore(std::vector<CatalogEntry> entries, WallTime accepted_at);

  bool known() const { return accepted_at_.has_value(); }
  bool suspect() const { return suspicion_.has_value(); }
  std::optional<WallTime> accepted_at() const { return accepted_at_; }
  const std::map<std::string, CatalogEntry>& entries() const { return entries_; }
  const CatalogEntry* find(const std::string& id) const;

 private:
  struct Suspicion {
    std::size_t fingerprint = 0;
    int answers = 0;
    WallTime since{};
  };

  std::map<std::string, CatalogEntry> entries_;
  std::optional<WallTime> accepted_at_;
  std::optional<Suspicion> suspicion_;
};

}  // namespace together
