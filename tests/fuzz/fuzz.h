// What the fuzz tests share: how long they run, and deterministic changes to texts.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace together {

/// The environment variable as a number; `otherwise` where it is not set.
inline long long asked(const char* variable, long long otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::atoll(text);
}

/// How often to run: TE_MUTATIONS times, or for TE_FUZZ_SECONDS, whichever ends first; a few times
/// where neither is set. Ends at the first failure.
class Runs {
 public:
  bool next() {
    if (count_ == most_ || testing::Test::HasFailure()) return false;
    if (seconds_ > 0 && count_ % 1024 == 0 && passed() >= static_cast<double>(seconds_)) {
      return false;
    }
    ++count_;
    return true;
  }
  long long count() const { return count_; }
  ~Runs() { std::printf("%lld runs in %.1f s\n", count_, passed()); }

 private:
  static constexpr long long kFew = 20'000;

  double passed() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
  }

  long long count_ = 0;
  long long seconds_ = asked("TE_FUZZ_SECONDS", 0);
  long long most_ = asked("TE_MUTATIONS", seconds_ > 0 ? -1 : kFew);
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

/// Deterministic on every machine: the standard fixes this engine's numbers. TE_FUZZ_SEED gives
/// others.
class Mutator {
 public:
  /// `words` are what the format is made of.
  explicit Mutator(std::vector<std::string_view> words)
      : words_(std::move(words)),
        random_(static_cast<std::uint64_t>(asked("TE_FUZZ_SEED", 20261121))) {}

  std::uint64_t bits() { return random_(); }
  std::size_t below(std::size_t n) { return n == 0 ? 0 : random_() % n; }
  bool one_in(std::size_t n) { return below(n) == 0; }
  std::string_view word() { return words_[below(words_.size())]; }
  const std::string& one_of(const std::vector<std::string>& texts) {
    return texts[below(texts.size())];
  }

  /// One to four changes; pieces of `other` may be spliced in.
  void mutate(std::string& text, std::string_view other) {
    for (std::size_t changes = 1 + below(4); changes > 0; --changes) change(text, other);
  }

 private:
  void change(std::string& text, std::string_view other) {
    const std::size_t at = below(text.size() + 1);
    const std::size_t length = 1 + below(24);
    switch (below(9)) {
      case 0:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
        break;
      case 1:
        if (at < text.size()) text[at] = static_cast<char>(below(256));
        break;
      case 2: text.insert(at, word()); break;
      case 3: text.replace(at, length, word()); break;
      case 4: text.erase(at, length); break;
      case 5: text.insert(at, text.substr(below(text.size() + 1), length)); break;
      case 6: text.insert(at, other.substr(below(other.size() + 1), 4 * length)); break;
      case 7: text.insert(at, 1 + below(3), static_cast<char>(below(256))); break;
      default:
        if (one_in(4)) text.resize(at);
    }
  }

  std::vector<std::string_view> words_;
  std::mt19937_64 random_;
};

}  // namespace together
