// Finds known model ids in any text.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "exporter/scan/known_ids.h"

namespace together {

/// An id found at bytes [offset, offset + size) of the text.
struct IdMatch {
  std::size_t offset = 0;
  std::size_t size = 0;
  const KnownId* known = nullptr;  ///< lives as long as the index
};

/// Ids are compared without ASCII case. The slash in an id may be written `/`, `\/` or `%2F`.
/// An id counts as a whole word only: no letter or digit may touch it, not even across `.`, `-` or
/// `_`; a slash may stand before it (`together_ai/`, a URL, a folder) but no path may go on behind
/// it. An id without a slash is looked for only where it has at least two '-' and a digit: a plain
/// word would be found everywhere. Ids that span lines are never found.
class IdIndex {
 public:
  explicit IdIndex(std::vector<KnownId> ids);

  // Matches point into the index.
  IdIndex(const IdIndex&) = delete;
  IdIndex& operator=(const IdIndex&) = delete;

  /// In rising order, never overlapping; of several ids that fit, the longest. Any bytes, any
  /// number of lines.
  std::vector<IdMatch> find(std::string_view text) const;

 private:
  struct Candidate {
    const KnownId* known = nullptr;
    std::size_t word_at = 0;  ///< where in the id its first word begins
  };
  bool match_word(std::string_view text, std::size_t begin, std::uint64_t hash, std::size_t free,
                  IdMatch& match) const;

  static constexpr std::size_t kFilterBits = 1 << 16;
  std::vector<KnownId> ids_;
  std::unordered_map<std::uint64_t, std::vector<Candidate>> by_first_word_;  ///< longest first
  std::bitset<kFilterBits> filter_;  ///< whether any first word's hash ends in these bits
};

}  // namespace together
