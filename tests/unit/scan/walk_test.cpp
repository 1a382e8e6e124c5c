// Which files of a tree are looked at. What git itself says of it: git_differential_test.cpp.
#include "exporter/scan/walk.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/unit/scan/temp_tree.h"

namespace together {
namespace {

using Texts = std::vector<std::string>;
namespace fs = std::filesystem;

class WalkTest : public testing::Test {
 protected:
  /// What is found below `given`, from the tree's root.
  Texts walked(const std::string& given = "") {
    Texts found;
    walk(
        given.empty() ? tree_.root().string() : tree_.path(given),
        [&](const std::string& shown, const std::string&) {
          found.push_back(shown.substr(tree_.root().string().size() + 1));
        },
        [&](const std::string& text) { warnings_.push_back(text); });
    return found;
  }
  TempTree tree_;
  Texts warnings_;
};

TEST_F(WalkTest, ListsInTheOrderOfPaths) {
  for (const std::string name : {"b/z", "b/a", "b.txt", "a", "c/d/e"}) tree_.write(name, "");
  EXPECT_EQ(walked(), (Texts{"a", "b.txt", "b/a", "b/z", "c/d/e"}));
}

TEST_F(WalkTest, LeavesOutWhatIsIgnoredAndTheRepositoryItself) {
  tree_.make_repository();
  tree_.write(".gitignore", "*.log\nbuild/\n");
  for (const std::string name : {"a.py", "a.log", "build/x", "sub/a.log", "sub/a.py"}) {
    tree_.write(name, "");
  }
  EXPECT_EQ(walked(), (Texts{".gitignore", "a.py", "sub/a.py"}));
}

TEST_F(WalkTest, WhatLiesInAnIgnoredFolderCannotBeTakenBack) {
  tree_.make_repository();
  tree_.write(".gitignore", "build/\n!build/keep\n");
  tree_.write("build/keep", "");
  tree_.write("build/.gitignore", "!keep\n");
  EXPECT_EQ(walked(), (Texts{".gitignore"}));
}

TEST_F(WalkTest, RulesFromAboveTheGivenFolderCount) {
  tree_.make_repository();
  tree_.write(".gitignore", "*.log\n/a/b/skipped\n");
  tree_.write("a/.gitignore", "!kept.log\n");
  for (const std::string name : {"a/b/x.log", "a/b/kept.log", "a/b/skipped", "a/b/y"}) {
    tree_.write(name, "");
  }
  EXPECT_EQ(walked("a/b"), (Texts{"a/b/kept.log", "a/b/y"}));
}

TEST_F(WalkTest, RulesAboveTheRepositoryDoNotCount) {
  tree_.write(".gitignore", "*\n");
  tree_.make_repository("repo");
  tree_.write("repo/a", "");
  EXPECT_EQ(walked("repo"), (Texts{"repo/a"}));
}

TEST_F(WalkTest, OutsideARepositoryTheGivenFolderIsTheRoot) {
  tree_.write(".gitignore", "*\n");
  tree_.write("sub/.gitignore", "/a\n");
  tree_.write("sub/a", "");
  tree_.write("sub/b", "");
  EXPECT_EQ(walked("sub"), (Texts{"sub/.gitignore", "sub/b"}));
}

TEST_F(WalkTest, TheRepositorysOwnExcludesCount) {
  tree_.make_repository();
  tree_.write(".git/info/exclude", "*.tmp\n*.log\n");
  tree_.write(".gitignore", "!*.log\n");
  for (const std::string name : {"a.tmp", "a.log"}) tree_.write(name, "");
  EXPECT_EQ(walked(), (Texts{".gitignore", "a.log"}));
}

TEST_F(WalkTest, AWorktreeFindsTheExcludesOfItsRepository) {
  tree_.write("main/.git/info/exclude", "*.tmp\n");
  tree_.write("main/.git/worktrees/w/commondir", "../..\n");
  tree_.write("w/.git", "gitdir: ../main/.git/worktrees/w\n");
  tree_.write("w/a.tmp", "");
  tree_.write("w/a.py", "");
  EXPECT_EQ(walked("w"), (Texts{"w/a.py"}));
}

TEST_F(WalkTest, ARepositoryInsideHasItsOwnRules) {
  tree_.make_repository();
  tree_.write(".gitignore", "*.log\n/skipped\n");
  tree_.make_repository("inner");
  tree_.write("inner/a.log", "");
  tree_.make_repository("skipped");
  tree_.write("skipped/a", "");
  tree_.write("z.log", "");
  EXPECT_EQ(walked(), (Texts{".gitignore", "inner/a.log"}));
}

TEST_F(WalkTest, LinksAreNotFollowed) {
  tree_.write("out/file", "");
  tree_.write("in/file", "");
  fs::create_symlink(tree_.path("out"), tree_.path("in/folder"));
  fs::create_symlink(tree_.path("out/file"), tree_.path("in/link"));
  fs::create_symlink(tree_.path("in"), tree_.path("in/loop"));
  EXPECT_EQ(walked("in"), (Texts{"in/file"}));
}

TEST_F(WalkTest, AGivenLinkIsFollowed) {
  tree_.write("out/file", "");
  fs::create_symlink(tree_.path("out"), tree_.path("link"));
  fs::create_symlink(tree_.path("out/file"), tree_.path("filelink"));
  EXPECT_EQ(walked("link"), (Texts{"link/file"}));
  EXPECT_EQ(walked("filelink"), (Texts{"filelink"}));
}

TEST_F(WalkTest, AGivenFileOrFolderIsTakenEvenWhereIgnored) {
  tree_.make_repository();
  tree_.write(".gitignore", "build/\n*.log\n");
  tree_.write("a.log", "");
  tree_.write("build/a", "");
  tree_.write("build/b.log", "");
  EXPECT_EQ(walked("a.log"), (Texts{"a.log"}));
  EXPECT_EQ(walked("build"), (Texts{"build/a"}));
}

TEST_F(WalkTest, ATrailingSlashChangesNothing) {
  tree_.write("sub/a", "");
  EXPECT_EQ(walked("sub/"), (Texts{"sub/a"}));
}

TEST_F(WalkTest, WhatDoesNotExistIsAWarning) {
  EXPECT_EQ(walked("none\n"), Texts{});
  EXPECT_EQ(warnings_, (Texts{tree_.path("none ") + ": No such file or directory"}));
}

TEST_F(WalkTest, AFolderThatCannotBeListedIsAWarningAndTheWalkGoesOn) {
  tree_.write("a/x", "");
  tree_.write("b", "");
  fs::permissions(tree_.path("a"), fs::perms::none);
  const auto found = walked();
  fs::permissions(tree_.path("a"), fs::perms::owner_all);
  if (found.size() == 2) GTEST_SKIP() << "this user may read everything";
  EXPECT_EQ(found, (Texts{"b"}));
  EXPECT_EQ(warnings_, (Texts{tree_.path("a") + ": Permission denied"}));
}

TEST_F(WalkTest, AnIgnoreFileThatIsALinkIsAWarning) {
  tree_.make_repository();
  tree_.write("rules", "a\n");
  tree_.write("a", "");
  fs::create_symlink("rules", tree_.path(".gitignore"));
  EXPECT_EQ(walked(), (Texts{"a", "rules"}));
  EXPECT_EQ(warnings_, (Texts{tree_.path(".gitignore") + ": it is a link and not followed"}));
}

}  // namespace
}  // namespace together
