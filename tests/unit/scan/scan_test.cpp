// Model ids in trees.
#include "exporter/scan/scan.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/unit/scan/temp_tree.h"

namespace together {
namespace {

using Texts = std::vector<std::string>;

const ScanOptions kOptions{.within = std::chrono::hours(24 * 30), .now = *make_day(2026, 8, 1)};

const IdIndex& index() {
  static const IdIndex index({
      {.id = "a/gone", .state = "removed"},
      {.id = "a/overdue", .state = "available", .removal = make_day(2026, 7, 1)},
      {.id = "a/going", .state = "available", .removal = make_day(2026, 8, 21)},
      {.id = "a/fine", .state = "available"},
  });
  return index;
}

std::vector<Finding> find(std::string_view text) {
  return find_in_text(text, "f", index(), kOptions);
}

class ScanTest : public testing::Test {
 protected:
  ScanReport run(const Texts& names) {
    Texts paths;
    for (const auto& name : names) paths.push_back(tree_.path(name));
    return scan(paths, index(), kOptions,
                [&](const std::string& text) { warnings_.push_back(text); });
  }
  TempTree tree_;
  Texts warnings_;
};

TEST(FindInText, CountsLinesAndColumnsFromOne) {
  const auto found = find("a/gone\r\n\n x a/fine a/FINE\n");
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].line, 1u);
  EXPECT_EQ(found[0].column, 1u);
  EXPECT_EQ(found[0].end_column, 7u);
  EXPECT_EQ(found[1].line, 3u);
  EXPECT_EQ(found[1].column, 4u);
  EXPECT_EQ(found[2].line, 3u);
  EXPECT_EQ(found[2].column, 11u);
  EXPECT_EQ(found[2].text, "a/FINE");
  EXPECT_EQ(found[2].known.id, "a/fine");
}

TEST(FindInText, ColumnsAreCharacters) {
  const auto found = find("\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x98\x80\xFF\x80 a/gone \xC3\xA9 a/gone");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].column, 7u);
  EXPECT_EQ(found[1].column, 16u);
}

TEST(FindInText, EveryFindingHasItsVerdict) {
  const auto found = find("a/gone a/overdue a/going a/fine");
  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(found[0].verdict, Verdict::kGone);
  EXPECT_EQ(found[1].verdict, Verdict::kOverdue);
  EXPECT_EQ(found[2].verdict, Verdict::kGoing);
  EXPECT_EQ(found[3].verdict, Verdict::kFine);
}

TEST_F(ScanTest, FindsInFilesAndCountsThem) {
  tree_.write("t/b.py", "x\nm = 'a/gone'\n");
  tree_.write("t/a/c.yml", "model: together_ai/a/fine\n");
  tree_.write("t/photo", std::string("a/gone\0", 7));
  const auto report = run({"t"});
  ASSERT_EQ(report.findings.size(), 2u);
  EXPECT_EQ(report.findings[0].path, tree_.path("t/a/c.yml"));
  EXPECT_EQ(report.findings[1].path, tree_.path("t/b.py"));
  EXPECT_EQ(report.findings[1].line, 2u);
  EXPECT_EQ(report.findings[1].column, 6u);
  EXPECT_EQ(report.files_scanned, 2u);
  EXPECT_EQ(report.binary_files, 1u);
  EXPECT_EQ(report.warnings, 0u);
}

TEST_F(ScanTest, AFileReachedTwiceCountsOnce) {
  tree_.write("t/a", "a/gone");
  EXPECT_EQ(run({"t", "t/a", "t/../t"}).findings.size(), 1u);
}

TEST_F(ScanTest, WhatCannotBeReadIsCountedAndTheScanGoesOn) {
  tree_.write("a", "a/gone");
  const auto report = run({"none", "a"});
  EXPECT_EQ(report.warnings, 1u);
  EXPECT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(warnings_, (Texts{tree_.path("none") + ": No such file or directory"}));
}

TEST_F(ScanTest, IsBadUnlessEverythingIsFine) {
  tree_.write("none", "b/c");
  tree_.write("fine", "a/fine");
  EXPECT_FALSE(is_bad(run({"none"})));
  EXPECT_FALSE(is_bad(run({"fine"})));
  for (const std::string id : {"a/gone", "a/overdue", "a/going"}) {
    tree_.write("bad", id);
    EXPECT_TRUE(is_bad(run({"fine", "bad"}))) << id;
  }
}

TEST_F(ScanTest, Utf16FilesAreRead) {
  using namespace std::string_literals;
  tree_.write("f",
              "\xFF\xFE"
              "a\0/\0g\0o\0n\0e\0"s);
  EXPECT_EQ(run({"f"}).findings.size(), 1u);
}

/// Every id of a recorded model list is found once in the list itself.
TEST(Recordings, EveryListedIdIsFound) {
  const std::string path = TE_SOURCE_DIR "/../shared/data/together/models_2026-08-17_full.json";
  std::ifstream file(path);
  if (!file) GTEST_SKIP() << "no recordings at " << path;
  std::stringstream text;
  text << file.rdbuf();
  std::vector<KnownId> known;
  std::string config;
  for (const auto& model : nlohmann::json::parse(text.str())) {
    known.push_back({.id = model.at("id").get<std::string>()});
    config += "  - model: together_ai/" + known.back().id + "\n";
  }
  const IdIndex index(known);
  const auto found = find_in_text(config, "f", index, kOptions);
  ASSERT_EQ(found.size(), known.size());
  for (std::size_t i = 0; i < known.size(); ++i) EXPECT_EQ(found[i].known.id, known[i].id);
}

}  // namespace
}  // namespace together
