// Which model a name means.
#include "exporter/ledger/names.h"

#include <gtest/gtest.h>

namespace together {
namespace {

Names known(const std::vector<std::string>& ids) {
  Names names;
  for (const auto& id : ids) names.add(id, "");
  return names;
}

TEST(Names, AKnownIdIsItself) { EXPECT_EQ(known({"a/b", "A/B"}).resolve("A/B", false), "A/B"); }
TEST(Names, CaseIsForgivenWhereOnlyOneFits) {
  EXPECT_EQ(known({"meta-llama/Llama-Guard-7b"}).resolve("Meta-Llama/Llama-Guard-7b", false),
            "meta-llama/Llama-Guard-7b");
  EXPECT_EQ(known({"Rundiffusion/x", "RunDiffusion/x"}).resolve("rundiffusion/x", false),
            std::nullopt);
}
TEST(Names, ASlugIsTheIdItWasMadeFrom) {
  const Names names = known({"Gryphe/MythoMax-L2-13b", "arcee-ai/arcee-spotlight"});
  EXPECT_EQ(names.resolve("gryphe-mythomax-l2-13b", false), "Gryphe/MythoMax-L2-13b");
  EXPECT_EQ(names.resolve("arcee_ai/arcee-spotlight", false), "arcee-ai/arcee-spotlight");
}
TEST(Names, AnotherVersionIsAnotherModel) {
  const Names names = known({"deepseek-ai/DeepSeek-R1-0528", "a/b-Turbo"});
  EXPECT_EQ(names.resolve("deepseek-ai/DeepSeek-R1", true), std::nullopt);
  EXPECT_EQ(names.resolve("DeepSeek-R1", true), std::nullopt);
  EXPECT_EQ(names.resolve("a/b", true), std::nullopt);
}
TEST(Names, ADisplayNameCountsOnlyWhereAskedFor) {
  Names names = known({"deepseek-ai/DeepSeek-V3"});
  names.add("moonshotai/Kimi-K2-Instruct-0905", "Kimi K2 0905");
  EXPECT_EQ(names.resolve("DeepSeek-V3", true), "deepseek-ai/DeepSeek-V3");
  EXPECT_EQ(names.resolve("Kimi-K2-0905", true), "moonshotai/Kimi-K2-Instruct-0905");
  EXPECT_EQ(names.resolve("DeepSeek-V3", false), std::nullopt);
}
TEST(Names, ANameOfSeveralModelsMeansNone) {
  EXPECT_EQ(known({"a/llama", "b/llama"}).resolve("llama", true), std::nullopt);
}

TEST(Nearest, FindsTheMisspeltOne) {
  const Names names = known({"meta-llama/Llama-3.3-70B-Instruct-Turbo", "openai/gpt-oss-120b",
                             "openai/gpt-oss-20b", "Qwen/Qwen3.5-9B"});
  EXPECT_EQ(names.nearest("meta-llama/Llama-3.3-70B-Instruct-Trubo", 3),
            std::vector<std::string>{"meta-llama/Llama-3.3-70B-Instruct-Turbo"});
  EXPECT_EQ(names.nearest("openai/gpt-oss-12b", 1),
            std::vector<std::string>{"openai/gpt-oss-120b"});
}
TEST(Nearest, ForgivesTheWrongOrganisation) {
  EXPECT_EQ(known({"openai/gpt-oss-120b"}).nearest("OpenAI-inc/gpt-oss-120b", 3),
            std::vector<std::string>{"openai/gpt-oss-120b"});
  EXPECT_EQ(known({"openai/gpt-oss-120b"}).nearest("gpt-oss-120b", 3),
            std::vector<std::string>{"openai/gpt-oss-120b"});
}
TEST(Nearest, AnotherCaseIsNearest) {
  EXPECT_EQ(known({"a/Model-1", "a/Model-2"}).nearest("A/model-2", 1),
            std::vector<std::string>{"a/Model-2"});
}
TEST(Nearest, NothingIsNearToSomethingElse) {
  EXPECT_TRUE(known({"openai/gpt-oss-120b"}).nearest("Qwen/Qwen3.5-9B", 3).empty());
  EXPECT_TRUE(known({}).nearest("a/b", 3).empty());
  EXPECT_TRUE(known({"a/b"}).nearest("a/b", 3).empty()) << "itself is no advice";
}

TEST(Revision, IsTheSameModelWithAnotherDate) {
  EXPECT_TRUE(is_revision("a/llama-70b", "a/llama-70b-030424"));
  EXPECT_TRUE(is_revision("a/m-2507", "a/m-2512"));
  EXPECT_TRUE(is_revision("A/m", "a/m-20260401"));
}
TEST(Revision, IsNoOtherModel) {
  EXPECT_FALSE(is_revision("a/m", "a/m"));
  EXPECT_FALSE(is_revision("a/m", "a/M")) << "case is no revision";
  EXPECT_FALSE(is_revision("a/m", "a/m-70b"));
  EXPECT_FALSE(is_revision("a/m-3", "a/m-4")) << "a generation";
  EXPECT_FALSE(is_revision("a/m", "b/m-030424"));
  EXPECT_FALSE(is_revision("", "-1234"));
}

}  // namespace
}  // namespace together
