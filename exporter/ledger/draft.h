// What one call of the ledger gathers. Private to the ledger's sources.
#pragma once

#include <set>
#include <string>
#include <utility>

#include "exporter/ledger/ledger.h"

namespace together {

struct Ledger::Draft {
  WallTime now{};
  Applied applied{};
  std::set<std::string> touched{};  ///< watched models whose belief must be saved
  bool list_accepted = false;       ///< the exchange under way held a list that was accepted
  bool list_refused = false;        ///< it held one that is not believed
  bool everything = true;           ///< every model is decided, not only what was touched
  bool names_changed = false;       ///< ids, rows or redirects: relations must be worked out anew

  void event(std::string kind, std::string model, std::string text) {
    applied.changes.events.push_back({0, now, std::move(kind), std::move(model), std::move(text)});
  }
};

}  // namespace together
