// Finds known model ids: one pass over the bytes, one hash for every word.
#include "exporter/scan/id_index.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace together {
namespace {

enum class Kind : unsigned char {
  kOther,   ///< ends a word
  kMark,    ///< '.', '-', '_': inside a word only
  kLetter,  ///< ASCII letter or digit
};

constexpr auto kKinds = [] {
  std::array<Kind, 256> kinds{};
  for (const char mark : {'.', '-', '_'}) kinds[static_cast<unsigned char>(mark)] = Kind::kMark;
  for (unsigned c = '0'; c <= '9'; ++c) kinds[c] = Kind::kLetter;
  for (unsigned c = 'a'; c <= 'z'; ++c) kinds[c] = kinds[c - 'a' + 'A'] = Kind::kLetter;
  return kinds;
}();

Kind kind_of(char c) { return kKinds[static_cast<unsigned char>(c)]; }

constexpr unsigned char lower(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 'A' && byte <= 'Z' ? static_cast<unsigned char>(byte - 'A' + 'a') : byte;
}

// FNV-1a, a byte at a time while the text is read.
constexpr std::uint64_t kHashStart = 14695981039346656037ull;
constexpr std::uint64_t hash_on(std::uint64_t hash, char c) {
  return (hash ^ lower(c)) * 1099511628211ull;
}
std::uint64_t hash_of(std::string_view word) {
  std::uint64_t hash = kHashStart;
  for (const char c : word) hash = hash_on(hash, c);
  return hash;
}
// The low bits of FNV-1a alone mix the last bytes too little.
std::uint64_t mixed(std::uint64_t hash) { return hash ^ (hash >> 32); }

bool is_hex(char c) { return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'f'); }

/// How many bytes spell a slash at `at`: `/`, `\/` or `%2F`; 0: none does.
std::size_t slash_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? text[at + i] : '\0'; };
  if (byte(0) == '/') return 1;
  if (byte(0) == '\\' && byte(1) == '/') return 2;
  if (byte(0) == '%' && byte(1) == '2' && lower(byte(2)) == 'f') return 3;
  return 0;
}

/// How many bytes at `at` belong together and end a word: `%20` is one blank, not a `20`.
std::size_t separator_at(std::string_view text, std::size_t at) {
  if (const auto slash = slash_at(text, at)) return slash;
  const bool escape =
      text[at] == '%' && at + 2 < text.size() && is_hex(text[at + 1]) && is_hex(text[at + 2]);
  return escape ? 3 : 1;
}

/// Where the id ends that is written at `at`; empty: it is not.
std::optional<std::size_t> end_of(std::string_view id, std::string_view text, std::size_t at) {
  for (const char c : id) {
    if (c == '/') {
      const auto slash = slash_at(text, at);
      if (slash == 0) return std::nullopt;
      at += slash;
    } else {
      if (at >= text.size() || lower(text[at]) != lower(c)) return std::nullopt;
      ++at;
    }
  }
  return at;
}

/// Whether no letter stands before `at`, whatever marks there are between.
bool starts_word(std::string_view text, std::size_t at) {
  while (at > 0 && kind_of(text[at - 1]) == Kind::kMark) --at;
  return at == 0 || kind_of(text[at - 1]) != Kind::kLetter;
}

/// Whether the word, and the path that it may be in, ends at `at`.
bool ends_word(std::string_view text, std::size_t at) {
  char last = '\0';
  while (at < text.size()) {
    const char c = text[at];
    if (kind_of(c) == Kind::kLetter) return false;
    const auto slash = slash_at(text, at);
    if (slash == 0 && kind_of(c) != Kind::kMark) {
      // `a/b-{size}` and `a/b/*` are patterns of longer names.
      const bool joins = last == '-' || last == '_' || last == '/';
      return !(joins && std::string_view("{$*%").find(c) != std::string_view::npos);
    }
    last = slash != 0 ? '/' : c;
    at += std::max<std::size_t>(slash, 1);
  }
  return true;
}

std::size_t find_letter(std::string_view text, std::size_t at) {
  while (at < text.size() && kind_of(text[at]) != Kind::kLetter) ++at;
  return at;
}

struct Word {
  std::size_t end = 0;  ///< behind its last letter
  std::uint64_t hash = kHashStart;
};

/// Requires: a letter at `at`. `after` becomes the first byte that is neither letter nor mark.
Word read_word(std::string_view text, std::size_t at, std::size_t& after) {
  Word word;
  std::uint64_t hash = kHashStart;
  for (; at < text.size() && kind_of(text[at]) != Kind::kOther; ++at) {
    hash = hash_on(hash, text[at]);
    if (kind_of(text[at]) == Kind::kLetter) word = {at + 1, hash};
  }
  after = at;
  return word;
}

bool is_searchable(std::string_view id) {
  if (id.find_first_of("\r\n") != std::string_view::npos) return false;
  if (id.find('/') != std::string_view::npos) return true;
  return std::count(id.begin(), id.end(), '-') >= 2 &&
         id.find_first_of("0123456789") != std::string_view::npos;
}

}  // namespace

IdIndex::IdIndex(std::vector<KnownId> ids) : ids_(std::move(ids)) {
  for (const auto& known : ids_) {
    const auto word_at = find_letter(known.id, 0);
    if (!is_searchable(known.id) || word_at == known.id.size()) continue;
    std::size_t after = 0;
    const auto hash = read_word(known.id, word_at, after).hash;
    by_first_word_[hash].push_back({&known, word_at});
    filter_.set(mixed(hash) % kFilterBits);
  }
  for (auto& [hash, candidates] : by_first_word_) {
    std::stable_sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
      return a.known->id.size() > b.known->id.size();
    });
  }
}

/// The longest id whose first word begins at `begin`; of ids that differ in case, the one written.
bool IdIndex::match_word(std::string_view text, std::size_t begin, std::uint64_t hash,
                         std::size_t free, IdMatch& match) const {
  if (!filter_.test(mixed(hash) % kFilterBits)) return false;
  const auto found = by_first_word_.find(hash);
  if (found == by_first_word_.end()) return false;
  match.known = nullptr;
  for (const auto& [known, word_at] : found->second) {
    if (match.known != nullptr && known->id.size() < match.known->id.size()) break;
    if (word_at > begin - free) continue;
    const auto start = begin - word_at;
    if (word_at > 0 && !starts_word(text, start)) continue;
    const auto end = end_of(known->id, text, start);
    if (!end || !ends_word(text, *end)) continue;
    const bool exact = text.substr(start, *end - start) == known->id;
    if (match.known == nullptr || exact) match = {start, *end - start, known};
  }
  return match.known != nullptr;
}

std::vector<IdMatch> IdIndex::find(std::string_view text) const {
  std::vector<IdMatch> matches;
  std::size_t free = 0;  // where the last match ended
  std::size_t at = 0;
  while (at < text.size()) {
    if (kind_of(text[at]) != Kind::kLetter) {
      at += kind_of(text[at]) == Kind::kMark ? 1 : separator_at(text, at);
      continue;
    }
    const auto begin = at;
    const auto word = read_word(text, begin, at);
    IdMatch match;
    bool found = match_word(text, begin, word.hash, free, match);
    if (!found && begin > 0 && text[begin - 1] == '\\' &&
        std::string_view("nrt").find(text[begin]) != std::string_view::npos) {
      // "\na/b" in source code: the n belongs to the escape.
      const auto behind = find_letter(text.substr(0, word.end), begin + 1);
      const auto hash = hash_of(text.substr(behind, word.end - behind));
      found = behind < word.end && match_word(text, behind, hash, free, match);
    }
    if (!found) continue;
    matches.push_back(match);
    free = at = match.offset + match.size;
  }
  return matches;
}

}  // namespace together
