// Models from files that users already have.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/unit/config/test_probes.h"

namespace together {
namespace {

class ModelFiles : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "model_files_XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  std::vector<std::string> ids(const std::string& yaml) {
    write("config.yml", yaml);
    const auto config = load_config((folder_ / "config.yml").string(), test_probes());
    std::vector<std::string> ids;
    if (!config) {
      for (const auto& problem : config.error()) ADD_FAILURE() << to_string(problem);
      return ids;
    }
    for (const auto& model : config->models) ids.push_back(model.id);
    return ids;
  }

  std::filesystem::path folder_;
};

using Ids = std::vector<std::string>;

TEST_F(ModelFiles, AListHasAnIdALine) {
  write("models.txt", "\xEF\xBB\xBF# ours\r\n\r\n  a/b  \r\na/c # small\na/d#1\n\n\ta/e");
  EXPECT_EQ(ids("model_files: [{kind: list, path: models.txt}]\n"),
            (Ids{"a/b", "a/c", "a/d#1", "a/e"}));
}

TEST_F(ModelFiles, AnEmptyListIsFine) {
  write("models.txt", "");
  EXPECT_EQ(ids("model_files: [{kind: list, path: models.txt}]\n"), Ids{});
}

TEST_F(ModelFiles, LitellmGivesItsTogetherEntries) {
  write("litellm.yaml", R"(
model_list:
  - model_name: llama
    litellm_params:
      model: together_ai/meta-llama/Llama-3.3-70B-Instruct-Turbo
      api_key: os.environ/TOGETHER_API_KEY
      rpm: 010
  - model_name: gpt
    litellm_params: {model: openai/gpt-4o}
  - model_name: every
    litellm_params: {model: "together_ai/*"}
  - model_name: other
    litellm_params: {model: together_ai/openai/gpt-oss-120b}
general_settings: {master_key: sk-1234}
)");
  EXPECT_EQ(ids("model_files: [{kind: litellm_config, path: litellm.yaml}]\n"),
            (Ids{"meta-llama/Llama-3.3-70B-Instruct-Turbo", "openai/gpt-oss-120b"}));
}

TEST_F(ModelFiles, LitellmMayNameAModelSeveralTimes) {
  write("litellm.yaml",
        "model_list:\n"
        "  - {model_name: a, litellm_params: {model: together_ai/a/b}}\n"
        "  - {model_name: a, litellm_params: {model: together_ai/a/b}}\n");
  EXPECT_EQ(ids("model_files: [{kind: litellm_config, path: litellm.yaml}]\n"), Ids{"a/b"});
}

TEST_F(ModelFiles, FilesThatShareAModelAreMerged) {
  write("one.txt", "a/b\na/c\n");
  write("two.txt", "a/c\na/d\n");
  EXPECT_EQ(ids("model_files: [{kind: list, path: one.txt}, {kind: list, path: two.txt}]\n"),
            (Ids{"a/b", "a/c", "a/d"}));
}

TEST_F(ModelFiles, TheEntryInModelsWins) {
  write("models.txt", "a/b\n");
  write("config.yml",
        "model_files: [{kind: list, path: models.txt}]\n"
        "models: [{id: a/b, fallbacks: [a/c]}]\n");
  const auto config = load_config((folder_ / "config.yml").string(), test_probes());
  ASSERT_TRUE(config);
  ASSERT_EQ(config->models.size(), 1u);
  EXPECT_EQ(config->models[0].fallbacks, Ids{"a/c"});
}

TEST_F(ModelFiles, PathsAreRelativeToTheFileAndNotToTheWorkingFolder) {
  std::filesystem::create_directory(folder_ / "lists");
  write("lists/models.txt", "a/b\n");
  EXPECT_EQ(ids("model_files: [{kind: list, path: lists/models.txt}]\n"), Ids{"a/b"});
}

TEST_F(ModelFiles, AbsolutePathsAreTakenAsTheyAre) {
  write("models.txt", "a/b\n");
  EXPECT_EQ(ids("model_files: [{kind: list, path: " + (folder_ / "models.txt").string() + "}]\n"),
            Ids{"a/b"});
}

TEST_F(ModelFiles, AReadableCaFileIsAccepted) {
  write("ca.pem", "-----BEGIN CERTIFICATE-----\n");
  write("config.yml", "upstream: {ca_file: ca.pem}\n");
  const auto config = load_config((folder_ / "config.yml").string(), test_probes());
  ASSERT_TRUE(config);
  EXPECT_EQ(config->upstream.ca_file, (folder_ / "ca.pem").string());
}

TEST_F(ModelFiles, TooLargeAFileIsRefused) {
  write("models.txt", std::string((1 << 20) + 1, '\n'));
  write("config.yml", "model_files: [{kind: list, path: models.txt}]\n");
  const auto config = load_config((folder_ / "config.yml").string(), test_probes());
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error()[0].message,
            "cannot read \"" + (folder_ / "models.txt").string() + "\": it is larger than 1 MiB");
}

TEST_F(ModelFiles, AConfigurationOfTheLargestSizeIsRead) {
  EXPECT_EQ(ids("models: [{id: a/b}]\n#" + std::string((1 << 20) - 21, 'x')), Ids{"a/b"});
}

TEST_F(ModelFiles, TooLargeAConfigurationIsRefused) {
  write("config.yml", std::string((1 << 20) + 1, '#'));
  const std::string path = (folder_ / "config.yml").string();
  const auto config = load_config(path, test_probes());
  ASSERT_FALSE(config);
  EXPECT_EQ(to_string(config.error()[0]),
            path + ":1: (file): cannot read it: it is larger than 1 MiB");
}

TEST_F(ModelFiles, AMissingConfigurationIsOneProblem) {
  const std::string path = (folder_ / "none.yml").string();
  const auto config = load_config(path, test_probes());
  ASSERT_FALSE(config);
  EXPECT_EQ(
      config.error(),
      (std::vector<Problem>{{path, 1, "(file)", "cannot read it: No such file or directory"}}));
}

}  // namespace
}  // namespace together
