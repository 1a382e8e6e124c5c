// The same trees and the same .gitignore files, asked of git and of our walk.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <random>
#include <set>

#include "exporter/scan/walk.h"
#include "tests/unit/scan/temp_tree.h"

namespace together {
namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

constexpr std::array kNames{"a",  "b",  "ab",  "a.b",      "b-", "[a]", "a b", "!a", "#a",
                            "a*", "?b", "x\\", "\xC3\xA9", ".a", "aab", "b]",  "A",  "a "};
constexpr std::array kPieces{
    "a",    "b",     "a",       "b",           "ab",          ".",        "*",    "*",
    "**",   "?",     "/",       "/",           "**/",         "/**",      "[ab]", "[!a]",
    "[^b]", "[a-b]", "[]a]",    "[[:alpha:]]", "[[:punct:]]", "[",        "]",    "-",
    "\\",   "!",     "#",       " ",           "\\ ",         "\xC3\xA9", "[a",   "[b-a]",
    "\\/",  "***",   "[[:x:]]", "[\\]-a]",     "A",           "/*",       "*/"};

class GitDifferential : public testing::Test {
 protected:
  void SetUp() override {
    if (std::system("git --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "git is not installed";
    ASSERT_EQ(std::system((git() + "init -q").c_str()), 0);
  }

  std::string git() const {
    return "GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null git -C '" + tree_.root().string() +
           "' -c core.excludesFile=/dev/null ";
  }

  Texts gits_files() {
    FILE* pipe = popen((git() + "ls-files -o --exclude-standard -z 2>/dev/null").c_str(), "r");
    std::string all;
    std::array<char, 65536> piece{};
    while (const auto got = fread(piece.data(), 1, piece.size(), pipe))
      all.append(piece.data(), got);
    EXPECT_EQ(pclose(pipe), 0);
    Texts files;
    for (std::size_t at = 0; at < all.size(); at = all.find('\0', at) + 1) {
      files.emplace_back(all.c_str() + at);
    }
    std::sort(files.begin(), files.end());
    return files;
  }

  Texts our_files(const std::string& below = "") {
    Texts files;
    walk(
        tree_.path(below),
        [&](const std::string&, const std::string& real) {
          files.push_back(real.substr(tree_.root().string().size() + 1));
        },
        [](const std::string& warning) { ADD_FAILURE() << warning; });
    return files;
  }

  template <std::size_t N>
  const char* any(const std::array<const char*, N>& of) {
    return of[random_() % N];
  }

  std::string pattern() {
    std::string text = random_() % 6 == 0 ? "!" : "";
    for (auto pieces = 1 + random_() % 5; pieces > 0; --pieces) text += any(kPieces);
    return text;
  }

  TempTree tree_;
  std::mt19937 random_{20261121};
};

/// Every class over every byte that a name may hold.
TEST_F(GitDifferential, EveryClass) {
  const Texts classes{"alnum", "alpha", "blank", "cntrl", "digit", "graph",
                      "lower", "print", "punct", "space", "upper", "xdigit"};
  for (const auto& name : classes) {
    tree_.write(name + "/.gitignore", "[[:" + name + ":]]\n");
    for (int c = 1; c < 256; ++c) {
      if (c != '/' && c != '.') tree_.write(name + '/' + static_cast<char>(c), "");
    }
  }
  const auto theirs = gits_files();
  EXPECT_GT(theirs.size(), 1000u);
  EXPECT_EQ(our_files(), theirs);
}

/// In each of many folders the same files and one or two random lines.
TEST_F(GitDifferential, EveryPattern) {
  constexpr int kFolders = 50;
  constexpr int kBatches = 40;
  std::set<std::string> names;
  while (names.size() < 50) {
    std::string path = any(kNames);
    for (auto depth = random_() % 4; depth > 0; --depth) path += std::string("/") + any(kNames);
    // A name cannot be file and folder at once.
    const auto clashes = [&](const std::string& other) {
      return other.starts_with(path + '/') || path.starts_with(other + '/');
    };
    if (std::none_of(names.begin(), names.end(), clashes)) names.insert(path);
  }
  const auto folder = [](int i) { return "d" + std::to_string(i) + '/'; };
  for (int i = 0; i < kFolders; ++i) {
    for (const auto& name : names) tree_.write(folder(i) + name, "");
  }
  std::size_t ignored = 0;
  for (int batch = 0; batch < kBatches; ++batch) {
    std::vector<std::string> rules(kFolders);
    for (int i = 0; i < kFolders; ++i) {
      auto& rule = rules[static_cast<std::size_t>(i)];
      rule = random_() % 4 == 0 ? pattern() + '\n' : "";
      rule += pattern() + '\n';
      tree_.write(folder(i) + ".gitignore", rule);
    }
    const auto theirs = gits_files();
    const auto ours = our_files();
    ignored += kFolders * (names.size() + 1) - theirs.size();
    if (ours == theirs) continue;
    Texts differing;
    std::set_symmetric_difference(ours.begin(), ours.end(), theirs.begin(), theirs.end(),
                                  std::back_inserter(differing));
    for (const auto& path : differing) {
      const auto i = std::stoul(path.substr(1));
      ADD_FAILURE() << path << " with " << testing::PrintToString(rules[i]);
    }
    return;
  }
  EXPECT_GT(ignored, 10000u);  // else nothing was tested
}

/// Trees with .gitignore files at every depth, and .git/info/exclude.
TEST_F(GitDifferential, RandomTrees) {
  std::size_t ignored = 0;
  for (int round = 0; round < 80; ++round) {
    for (const auto& entry : fs::directory_iterator(tree_.root())) {
      if (entry.path().filename() != ".git") fs::remove_all(entry.path());
    }
    std::set<std::string> written;
    std::set<std::string> folders{""};
    for (int i = 0; i < 50; ++i) {
      std::string folder;
      for (auto depth = random_() % 4; depth > 0; --depth) folder += any(kNames) + std::string("/");
      const std::string path = folder + any(kNames);
      std::error_code clash;
      fs::create_directories(tree_.path(folder), clash);
      if (clash || fs::is_directory(tree_.path(path))) continue;
      tree_.write(path, "");
      written.insert(path);
      folders.insert(folder);
    }
    for (const auto& folder : folders) {
      if (random_() % 3 == 0) continue;
      std::string rules = random_() % 8 == 0 ? "\xEF\xBB\xBF" : "";
      for (auto lines = random_() % 4; lines > 0; --lines) {
        rules += pattern() + (random_() % 8 == 0 ? "  " : "") + (random_() % 8 == 0 ? "\r" : "");
        if (lines > 1 || random_() % 2 == 0) rules += '\n';
      }
      tree_.write(folder + ".gitignore", rules);
      written.insert(folder + ".gitignore");
    }
    tree_.write(".git/info/exclude", random_() % 3 == 0 ? pattern() + '\n' : "");
    const auto theirs = gits_files();
    ASSERT_EQ(our_files(), theirs) << "round " << round;
    ignored += written.size() - theirs.size();
    for (const auto& folder : folders) {
      Texts below;
      std::copy_if(theirs.begin(), theirs.end(), std::back_inserter(below),
                   [&](const auto& path) { return path.starts_with(folder); });
      // git lists nothing below a folder that is ignored itself; we do where it is given.
      if (below.empty()) continue;
      ASSERT_EQ(our_files(folder), below) << "round " << round << ' ' << folder;
    }
  }
  EXPECT_GT(ignored, 500u);
}

}  // namespace
}  // namespace together
