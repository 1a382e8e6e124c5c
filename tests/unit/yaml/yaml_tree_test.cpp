#include "exporter/yaml/yaml_tree.h"

#include <gtest/gtest.h>

namespace together {
namespace {

// The tree as one line: scalars as text, "~" for null, and every value's line after "@".
std::string show(const YamlNode& node) {
  std::string text;
  switch (node.kind) {
    case YamlNode::Kind::kNull: text = "~"; break;
    case YamlNode::Kind::kScalar: text = node.text; break;
    case YamlNode::Kind::kList:
      for (const auto& item : node.items) text += (text.empty() ? "" : " ") + show(*item);
      text = "[" + text + "]";
      break;
    case YamlNode::Kind::kMap:
      for (const auto& [key, value] : node.pairs) {
        text += (text.empty() ? "" : " ") + show(*key) + "=" + show(*value);
      }
      text = "{" + text + "}";
      break;
  }
  return text + "@" + std::to_string(node.line);
}

std::string parsed(const std::string& text) {
  const auto tree = parse_yaml(text);
  return tree ? show(**tree) : std::to_string(tree.error().line) + ": " + tree.error().message;
}

TEST(YamlTree, KeepsRepeatedKeysAndLines) {
  EXPECT_EQ(parsed("a: 1\nb:\n  - x\n  - 'y'\na: 010\n"), "{a@1=1@1 b@2=[x@3 y@4]@3 a@5=010@5}@1");
}

TEST(YamlTree, PutsAnEmptyValueOnTheLineThatLeavesItEmpty) {
  EXPECT_EQ(parsed("a:\n\n  # nothing\nb:\n  -\n  - # nothing\nc:\n"),
            "{a@1=~@1 b@4=[~@5 ~@6]@5 c@7=~@7}@1");
  EXPECT_EQ(parsed("? a\n? b\n"), "{a@1=~@1 b@2=~@2}@1");
  EXPECT_EQ(parsed("a: {x: , y: ~}\nb: null\n"), "{a@1={x@1=~@1 y@1=~@1}@1 b@2=~@2}@1");
}

TEST(YamlTree, AnAliasHasItsAnchorsLine) {
  EXPECT_EQ(parsed("a: &x\n  k: v\nb: *x\n"), "{a@1={k@2=v@2}@1 b@3={k@2=v@2}@1}@1");
}

TEST(YamlTree, AliasesDeepenToo) {
  const auto chain = [](int links) {
    std::string yaml = "- &a0 x\n";
    for (int i = 1; i <= links; ++i) {
      yaml += "- &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
    }
    return yaml;
  };
  EXPECT_TRUE(parse_yaml(chain(31)));
  EXPECT_EQ(parsed(chain(32)), "33: values are nested more than 32 levels deep");
  EXPECT_EQ(parsed(chain(50'000)), "33: values are nested more than 32 levels deep");
}

TEST(YamlTree, AliasesMultiplyAlsoOneByOne) {
  std::string yaml = "- &a [0";
  for (int i = 0; i < 1000; ++i) yaml += ", 0";
  yaml += "]\n";
  for (int i = 0; i < 1000; ++i) yaml += "- [*a]\n";
  EXPECT_EQ(parsed(yaml), "998: aliases multiply into more than 1000000 values");
}

TEST(YamlTree, NoDocumentIsNull) {
  EXPECT_EQ(parsed(""), "~@1");
  EXPECT_EQ(parsed("# only a comment\n"), "~@1");
}

TEST(YamlTree, OneDocumentMayBeMarkedAsSuch) {
  EXPECT_EQ(parsed("---\na: 1\n...\n"), "{a@2=1@2}@2");
}

TEST(YamlTree, QuotedNothingIsText) {
  EXPECT_EQ(parsed("['', \"~\", 'null']"), "[@1 ~@1 null@1]@1");
}

TEST(YamlTree, ByteFourIsNoEndOfFile) {
  EXPECT_EQ(parsed("a: 1\n\x04\nb: [\n"), "2: found a control character; remove it");
}

TEST(YamlTree, AcceptsAByteOrderMark) {
  EXPECT_EQ(parsed("\xEF\xBB\xBF"
                   "a: 1\n"),
            "{a@1=1@1}@1");
}

}  // namespace
}  // namespace together
