// Wildcards as .gitignore has them: a list of byte sets, walked in all ways at once.
#include "exporter/scan/glob.h"

#include <optional>

namespace together {
namespace {

using Bytes = std::bitset<256>;

unsigned char byte_of(char c) { return static_cast<unsigned char>(c); }

Bytes range(unsigned first, unsigned last) {
  Bytes bytes;
  for (unsigned c = first; c <= last; ++c) bytes.set(c);
  return bytes;
}

/// What `[:name:]` stands for; empty for an unknown name. ASCII, whatever the locale, as in git.
std::optional<Bytes> named_class(std::string_view name) {
  const Bytes digits = range('0', '9');
  const Bytes upper = range('A', 'Z');
  const Bytes lower = range('a', 'z');
  const Bytes letters = upper | lower;
  const Bytes visible = range(0x21, 0x7E);
  if (name == "alnum") return letters | digits;
  if (name == "alpha") return letters;
  if (name == "blank") return range(' ', ' ') | range('\t', '\t');
  if (name == "cntrl") return range(0, 0x1F) | range(0x7F, 0x7F);
  if (name == "digit") return digits;
  if (name == "graph") return visible;
  if (name == "lower") return lower;
  if (name == "print") return visible | range(' ', ' ');
  if (name == "punct") return visible & ~(letters | digits);
  if (name == "space") return range('\t', '\n') | range('\r', '\r') | range(' ', ' ');
  if (name == "upper") return upper;
  if (name == "xdigit") return digits | range('A', 'F') | range('a', 'f');
  return std::nullopt;
}

}  // namespace

Glob::Glob(std::string_view pattern, Text text) {
  Bytes any;
  any.set();
  if (text == Text::kPath) any.reset('/');
  for (std::size_t at = 0; at < pattern.size() && !broken_;) {
    const char c = pattern[at];
    if (c == '*') {
      add_stars(pattern, at, text);
      continue;
    }
    ++at;
    Token token;
    if (c == '?') {
      token.bytes = any;
    } else if (c == '[') {
      broken_ = !read_set(pattern, at, token.bytes);
      token.bytes &= any;
    } else if (c == '\\') {
      broken_ = at == pattern.size();
      if (!broken_) token.bytes.set(byte_of(pattern[at++]));
    } else {
      token.bytes.set(byte_of(c));
    }
    tokens_.push_back(token);
  }
}

/// Requires: a star at `at`, which moves behind the last of them.
void Glob::add_stars(std::string_view pattern, std::size_t& at, Text text) {
  const auto begin = at;
  while (at < pattern.size() && pattern[at] == '*') ++at;
  const auto rest = pattern.substr(at);
  const bool whole_name = (begin == 0 || pattern[begin - 1] == '/') &&
                          (rest.empty() || rest.starts_with('/') || rest.starts_with("\\/"));
  const bool deep = at - begin >= 2 && whole_name;
  Token token;
  token.bytes.set();
  if (text == Text::kPath && !deep) token.bytes.reset('/');
  token.repeats = true;
  token.skips_next = text == Text::kPath && deep && rest.starts_with('/');
  tokens_.push_back(token);
}

/// Reads a set from behind its `[`; `at` moves behind its `]`. False: the set is not well formed.
bool Glob::read_set(std::string_view pattern, std::size_t& at, Bytes& set) {
  const bool negated = at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
  if (negated) ++at;
  bool begins_range = false;  // not an optional: g++ 12 takes its value for uninitialised
  unsigned char range_begin = 0;
  for (bool first = true;; first = false) {
    if (at >= pattern.size()) return false;
    char c = pattern[at];
    if (c == ']' && !first) break;
    const auto rest = pattern.substr(at);
    if (rest.starts_with("[:")) {
      const auto close = rest.find(']', 2);
      if (close == std::string_view::npos) return false;
      if (close > 2 && rest[close - 1] == ':') {
        const auto named = close == 3 ? std::nullopt : named_class(rest.substr(2, close - 3));
        if (!named) return false;
        set |= *named;
        begins_range = false;
        at += close + 1;
        continue;
      }
    }
    const bool is_range = c == '-' && begins_range && rest.size() > 1 && rest[1] != ']';
    if (is_range) c = pattern[++at];
    if (c == '\\') {
      if (++at == pattern.size()) return false;
      c = pattern[at];
    }
    ++at;
    if (is_range) {
      set |= range(range_begin, byte_of(c));
      begins_range = false;
    } else {
      set.set(byte_of(c));
      range_begin = byte_of(c);
      begins_range = true;
    }
  }
  ++at;
  if (negated) set.flip();
  return true;
}

/// Marks a state, and those that are reached from it without a byte.
void Glob::enter(std::vector<bool>& states, std::size_t state) const {
  for (;;) {
    states[state] = true;
    if (state == tokens_.size() || !tokens_[state].repeats) return;
    if (tokens_[state].skips_next) enter(states, state + 2);
    ++state;
  }
}

bool Glob::matches(std::string_view text) const {
  if (broken_) return false;
  std::vector<bool> now(tokens_.size() + 1);
  std::vector<bool> next(now.size());
  enter(now, 0);
  for (const char c : text) {
    next.assign(now.size(), false);
    bool alive = false;
    for (std::size_t state = 0; state < tokens_.size(); ++state) {
      if (!now[state] || !tokens_[state].bytes.test(byte_of(c))) continue;
      alive = true;
      if (tokens_[state].repeats) next[state] = true;
      enter(next, state + 1);
    }
    if (!alive) return false;
    now.swap(next);
  }
  return now.back();
}

}  // namespace together
