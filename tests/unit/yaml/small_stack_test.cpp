// The parser recurses; what it accepts must fit the small stacks it also runs on.
#include "tests/unit/yaml/small_stack.h"

#include <gtest/gtest.h>

#include "exporter/yaml/yaml_tree.h"

namespace together {
namespace {

// Half of a worker's stack: the server's own frames and the handler's lie above.
constexpr std::size_t kStackBytes = kCivetwebStackBytes / 2;

std::string repeated(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

std::string block_maps(int depth) {
  std::string yaml;
  for (int i = 0; i < depth; ++i) yaml += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  return yaml + std::string(static_cast<std::size_t>(depth), ' ') + "x\n";
}

bool is_accepted(const std::string& yaml) {
  bool accepted = false;
  EXPECT_TRUE(run_on_stack(kStackBytes, [&] { accepted = parse_yaml(yaml).has_value(); }));
  return accepted;
}

TEST(SmallStack, HoldsTheDeepestDocuments) {
  if (!kFramesAreReal) GTEST_SKIP() << "a sanitizer makes frames larger";
  EXPECT_TRUE(is_accepted(repeated("[", 32) + repeated("]", 32)));
  EXPECT_TRUE(is_accepted(repeated("&a [", 32) + repeated("]", 32)));
  EXPECT_TRUE(is_accepted(repeated("{a: ", 32) + repeated("}", 32)));
  EXPECT_TRUE(is_accepted(repeated("[a: ", 16) + "x" + repeated("]", 16)));
  EXPECT_TRUE(is_accepted(repeated("- ", 32) + "x"));
  EXPECT_TRUE(is_accepted(repeated("? ", 32) + "x"));
  EXPECT_TRUE(is_accepted(block_maps(32)));
}

TEST(SmallStack, HoldsTheRefusalOfDeeperOnes) {
  if (!kFramesAreReal) GTEST_SKIP() << "a sanitizer makes frames larger";
  for (const char* opening : {"[", "{a: ", "[a: ", "- ", "? ", "&a [", ": "}) {
    EXPECT_FALSE(is_accepted(repeated(opening, 100'000))) << opening;
  }
  EXPECT_FALSE(is_accepted(block_maps(33)));
}

}  // namespace
}  // namespace together
