// Model ids in text.
#include "exporter/scan/id_index.h"

#include <gtest/gtest.h>

#include <string>

namespace together {
namespace {

using Texts = std::vector<std::string>;

/// What is found, as the canonical id.
Texts find(const Texts& ids, std::string_view text) {
  std::vector<KnownId> known;
  for (const auto& id : ids) known.push_back({.id = id});
  const IdIndex index(std::move(known));
  Texts found;
  for (const auto& match : index.find(text)) found.push_back(match.known->id);
  return found;
}

const Texts kLlama{"meta-llama/Llama-3.3-70B-Instruct-Turbo"};

TEST(IdIndex, FindsAnIdInWhatPeopleWrite) {
  for (const std::string text : {
           "meta-llama/Llama-3.3-70B-Instruct-Turbo",
           "model=\"meta-llama/Llama-3.3-70B-Instruct-Turbo\",",
           "model: 'meta-llama/Llama-3.3-70B-Instruct-Turbo'",
           "model: together_ai/meta-llama/Llama-3.3-70B-Instruct-Turbo # ours",
           "- meta-llama/Llama-3.3-70B-Instruct-Turbo: 2",
           "`meta-llama/Llama-3.3-70B-Instruct-Turbo`",
           "We use meta-llama/Llama-3.3-70B-Instruct-Turbo.",
           "**meta-llama/Llama-3.3-70B-Instruct-Turbo**",
           "_meta-llama/Llama-3.3-70B-Instruct-Turbo_",
           "--model=meta-llama/Llama-3.3-70B-Instruct-Turbo",
           "https://api.together.ai/models/meta-llama/Llama-3.3-70B-Instruct-Turbo",
           "https://api.together.ai/models/meta-llama/Llama-3.3-70B-Instruct-Turbo/",
           "https://api.together.ai/models/meta-llama/Llama-3.3-70B-Instruct-Turbo?x=1",
           "\xE6\xA8\xA1\xE5\x9E\x8Bmeta-llama/Llama-3.3-70B-Instruct-Turbo\xE3\x80\x82",
       }) {
    EXPECT_EQ(find(kLlama, text), kLlama) << text;
  }
}

TEST(IdIndex, FindsEscapedSlashes) {
  EXPECT_EQ(find({"a/b"}, R"({"model":"a\/b"})"), Texts{"a/b"});
  EXPECT_EQ(find({"a/b"}, R"("together_ai\/a\/b")"), Texts{"a/b"});
  EXPECT_EQ(find({"a/b"}, "?model=a%2Fb&x"), Texts{"a/b"});
  EXPECT_EQ(find({"a/b"}, "?model=together_ai%2fa%2fb"), Texts{"a/b"});
  EXPECT_EQ(find({"a/b"}, "q=%22a%2Fb%22"), Texts{"a/b"});
}

TEST(IdIndex, AnEscapeInSourceCodeIsNoPartOfAnId) {
  EXPECT_EQ(find({"meta/x"}, R"("models:\nmeta/x\n")"), Texts{"meta/x"});
  EXPECT_EQ(find({"meta/x"}, R"("models:\tmeta/x\r\n")"), Texts{"meta/x"});
  EXPECT_EQ(find({"nvidia/x"}, R"(D:\nvidia/x)"), Texts{"nvidia/x"});
}

TEST(IdIndex, IgnoresCaseAndReportsTheKnownSpelling) {
  EXPECT_EQ(find({"Meta-Llama/Llama-Guard-7b"}, "meta-llama/LLAMA-guard-7B"),
            Texts{"Meta-Llama/Llama-Guard-7b"});
}

TEST(IdIndex, OfTwoSpellingsTheOneWrittenWins) {
  const Texts both{"Rundiffusion/Juggernaut", "RunDiffusion/Juggernaut"};
  EXPECT_EQ(find(both, "RunDiffusion/Juggernaut"), Texts{"RunDiffusion/Juggernaut"});
  EXPECT_EQ(find(both, "Rundiffusion/Juggernaut"), Texts{"Rundiffusion/Juggernaut"});
  EXPECT_EQ(find(both, "rundiffusion/juggernaut"), Texts{"Rundiffusion/Juggernaut"});
}

TEST(IdIndex, TheLongestIdWins) {
  EXPECT_EQ(find({"a/b", "a/b-Turbo"}, "a/b-Turbo"), Texts{"a/b-Turbo"});
  EXPECT_EQ(find({"meta/llama", "nim/meta/llama"}, "nim/meta/llama meta/llama"),
            (Texts{"nim/meta/llama", "meta/llama"}));
}

TEST(IdIndex, AnIdInsideALongerWordIsAnother) {
  for (const std::string text : {"a/b-Turbo", "a/b.5", "a/b_fp8", "a/b2", "a/b--x", "xa/b", "x-a/b",
                                 "x.a/b", "2a/b", "a/b/c", "a/b/c.py", "a/b.py", "a//b", "a /b"}) {
    EXPECT_EQ(find({"a/b"}, text), Texts{}) << text;
  }
}

TEST(IdIndex, APatternOfLongerNamesIsNoId) {
  for (const std::string text : {"a/b-{size}", "a/b-$SIZE", "a/b-*", "a/b/*", "a/b_%s"}) {
    EXPECT_EQ(find({"a/b"}, text), Texts{}) << text;
  }
}

TEST(IdIndex, PunctuationEndsAnId) {
  for (const std::string text :
       {"a/b.", "a/b:", "a/b,", "a/b...", "(a/b)", "<a/b>", "a/b;", "a/b@1", "a/b:free",
        "<!--a/b-->", "a/b.**", "[a/b](x)", "a/b/", "/a/b", "./a/b", "models/a/b"}) {
    EXPECT_EQ(find({"a/b"}, text), Texts{"a/b"}) << text;
  }
}

TEST(IdIndex, ASlugNeedsTwoDashesAndADigit) {
  EXPECT_EQ(find({"gryphe-mythomax-l2-13b"}, "x: gryphe-mythomax-l2-13b."),
            Texts{"gryphe-mythomax-l2-13b"});
  EXPECT_EQ(find({"gryphe-mythomax-l2-13b"}, "gryphe-mythomax-l2-13b-lora"), Texts{});
  EXPECT_EQ(find({"llama"}, "llama"), Texts{});
  EXPECT_EQ(find({"together-ai-router"}, "together-ai-router"), Texts{});
  EXPECT_EQ(find({"model-13b"}, "model-13b"), Texts{});
}

TEST(IdIndex, FindsSeveralInOrder) {
  EXPECT_EQ(find({"a/b", "c/d"}, "c/d,a/b\na/b"), (Texts{"c/d", "a/b", "a/b"}));
}

TEST(IdIndex, SaysWhere) {
  const IdIndex index({{.id = "a/b"}});
  const auto found = index.find(R"(x "A\/B")");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].offset, 3u);
  EXPECT_EQ(found[0].size, 4u);
}

TEST(IdIndex, IdsMayHoldAnyBytes) {
  EXPECT_EQ(find({"\xE6\xA8\xA1/b"}, "x \xE6\xA8\xA1/b"), Texts{"\xE6\xA8\xA1/b"});
  EXPECT_EQ(find({"a/b c"}, "'a/b c'"), Texts{"a/b c"});
  EXPECT_EQ(find({"_a/b"}, "_a/b"), Texts{"_a/b"});
  EXPECT_EQ(find({"_a/b"}, "x_a/b"), Texts{});
  EXPECT_EQ(find({"a/b\xFF"}, "a/b\xFF"), Texts{"a/b\xFF"});
}

TEST(IdIndex, AnIdWithoutALetterOrOverLinesIsNotLookedFor) {
  EXPECT_EQ(find({"", "/", "-/-", "a\n/b"}, "- / -/- a\n/b"), Texts{});
}

TEST(IdIndex, NoIdsFindNothing) { EXPECT_EQ(find({}, "a/b"), Texts{}); }

TEST(IdIndex, AnyBytesAreText) {
  std::string text;
  for (int c = 0; c < 256; ++c) text += static_cast<char>(c);
  EXPECT_EQ(find({"a/b"}, text + " a/b " + text + "%2\\"), Texts{"a/b"});
}

}  // namespace
}  // namespace together
