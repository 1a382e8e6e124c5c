// The watched headers: what each surface answers now, and how often that changed.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "exporter/core/facts.h"

namespace together {

struct HeaderChange {
  std::string header;
  std::string surface;
  std::string before;
  std::string after;
};

/// A header is present while any surface's newest 2xx answer carried it: Together sends
/// x-inference-version on chat answers and never on the model list.
class HeaderBook {
 public:
  /// A value that follows another on the same surface is a change; coming and going is not.
  std::vector<HeaderChange> fold(const HeaderFacts& facts);

  struct Surface {
    bool present = false;
    std::string value;  ///< the newest value ever seen there; "" before any
  };
  /// By header, then surface.
  const std::map<std::string, std::map<std::string, Surface>>& seen() const { return seen_; }
  std::map<std::string, std::map<std::string, Surface>>& seen() { return seen_; }
  const std::map<std::string, double>& changes() const { return changes_; }

  /// Drops headers that are not watched any more.
  void watch_only(const std::vector<std::string>& headers);

 private:
  std::map<std::string, std::map<std::string, Surface>> seen_;
  std::map<std::string, double> changes_;  ///< by header
};

}  // namespace together
