// Texts made to crash, to hang or to show a secret.
#include <gtest/gtest.h>

#include "tests/unit/config/test_probes.h"

namespace together {
namespace {

std::string repeated(const std::string& text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

TEST(HostileConfig, DeepNestingOfAnyFormIsRefused) {
  for (const char* opening : {"[", "{", "- ", "? ", "{a: ", "[[[{", "- - ? "}) {
    const auto problems = problems_of(repeated(opening, 100'000));
    ASSERT_EQ(problems.size(), 1u) << opening;
    EXPECT_TRUE(problems[0].starts_with("1: (file): ")) << problems[0];
  }
}

TEST(HostileConfig, DeepIndentationIsRefused) {
  std::string yaml;
  for (std::size_t depth = 0; depth < 100; ++depth) yaml += std::string(depth, ' ') + "a:\n";
  EXPECT_EQ(problems_of(yaml),
            std::vector<std::string>{"33: (file): values are nested more than 32 levels deep"});
}

TEST(HostileConfig, RowsOfAnchorsTagsAndAliasesAreRefused) {
  for (const char* mark : {"&a ", "!t ", "*a ", "!", "%YAML 1.2\n", "--- ", "'", "\""}) {
    EXPECT_FALSE(problems_of(repeated(mark, 50'000)).empty()) << mark;
  }
}

TEST(HostileConfig, EveryPrefixOfAFileIsJudged) {
  const std::string yaml =
      "upstream: {timeout: 5s}\n"
      "models:\n  - id: \"a/\\x62\"\n    fallbacks: [a/c, &x a/d]\n  - {id: 'e', fallbacks: [*x]}\n"
      "migrations: [{from: a, to: b}]\nstate:\n  path: >-\n    x\n";
  ASSERT_TRUE(problems_of(yaml).empty());
  for (std::size_t size = 0; size <= yaml.size(); ++size) {
    for (const auto& problem : problems_of(yaml.substr(0, size))) {
      EXPECT_EQ(problem.find('\n'), std::string::npos) << size;
    }
  }
}

TEST(HostileConfig, EverySingleByteIsJudged) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string yaml =
        "budget: {usd_per_day: " + std::string(1, static_cast<char>(byte)) + "}";
    EXPECT_EQ(problems_of(yaml).empty(), byte >= '0' && byte <= '9') << byte;
  }
}

TEST(HostileConfig, MessagesAreOneLineOfBearableLength) {
  const auto problems = problems_of("\"" + std::string(100'000, 'k') + "\\n\": 1\n");
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_LT(problems[0].size(), 700u);
  EXPECT_EQ(problems[0].find('\n'), std::string::npos);
}

TEST(HostileConfig, SecretsAreNeverQuoted) {
  for (const char* yaml : {
           "upstream: {api_key: SECRET}",
           "upstream: {api_key: [SECRET]}",
           "upstream: SECRET",
           "api_key: SECRET",
           "upstream: {api_key_env: SECRET-1}",
           "upstream: {api_key_env: [SECRET]}",
           "upstream: {api_key_env: tgp_v1_SECRET}",
           "upstream: {api_key_file: tgp_v1_SECRET}",
           "upstream: {api_key_file: \"tgp_v1_SECRET\\n\"}",
           "upstream: {base_url: 'https://me:SECRET@host/v1'}",
           "upstream: {base_url: 'me:SECRET@host/v1'}",
           "upstream: {base_url: 'http://host/v1?SECRET'}",
           "upstream: {base_url: 'https://host/v1?SECRET'}",
           "upstream: {proxy_url: 'socks5://me:SECRET@host:1080'}",
           "upstream: {proxy_url: 'http://me:SECRET@host:1080'}",
           "upstream: {proxy_url: 'http://me:SEC RET@host:1080'}",
           "retirements: {sources: [{name: a, kind: yaml, url: 'https://me:SECRET@host/'}]}",
       }) {
    const auto problems = problems_of(yaml);
    EXPECT_FALSE(problems.empty()) << yaml;
    for (const auto& problem : problems) {
      EXPECT_EQ(problem.find("SECRET"), std::string::npos) << problem;
    }
  }
}

}  // namespace
}  // namespace together
