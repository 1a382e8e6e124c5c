// Every file in bad/ breaks the rule it is named after, and says in its first lines how.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tests/unit/config/test_probes.h"

namespace together {
namespace {

const std::string kFolder = TE_SOURCE_DIR "/tests/unit/config/bad/";

std::vector<std::string> rules() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".yml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

// The lines "# expect: LINE: KEY: MESSAGE" that the file begins with.
std::vector<std::string> expected(const std::string& path) {
  const std::string mark = "# expect: ";
  std::vector<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line) && line.starts_with(mark);) {
    lines.push_back(line.substr(mark.size()));
  }
  return lines;
}

std::string without(std::string text, const std::string& part) {
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part)) {
    text.erase(at, part.size());
  }
  return text;
}

class BadFile : public testing::TestWithParam<std::string> {};

TEST_P(BadFile, GivesExactlyTheProblemsItAnnounces) {
  const std::string path = kFolder + GetParam() + ".yml";
  const auto config = load_config(path, test_probes());
  std::vector<std::string> found;
  if (!config) {
    for (const auto& problem : config.error()) {
      found.push_back(without(without(to_string(problem), path + ":"), kFolder));
    }
  }
  ASSERT_FALSE(expected(path).empty());
  EXPECT_EQ(found, expected(path));
}

INSTANTIATE_TEST_SUITE_P(Rules, BadFile, testing::ValuesIn(rules()),
                         [](const auto& rule) { return rule.param; });

TEST(BadFiles, AreAtLeastSixty) { EXPECT_GE(rules().size(), 60u); }

}  // namespace
}  // namespace together
