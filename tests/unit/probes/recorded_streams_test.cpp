#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/unit/probes/recordings.h"
#include "tests/unit/probes/streams.h"

namespace together {
namespace {

using RecordedStreams = Recorded;
using Names = std::vector<std::string>;

struct Expected {
  const char* file;
  const char* model;
  const char* outcome;
  Names broken;
  std::optional<long long> completion_tokens;
};

const std::vector<Expected>& recorded() {
  static const std::vector<Expected> all{
      {"stream_gpt-oss-120b_2026-05-31.sse", "openai/gpt-oss-120b", "ok", {}, 2},
      {"stream_gpt-oss-120b_otherbackend_2026-05-31.sse", "openai/gpt-oss-120b", "ok", {}, 7},
      {"stream_gpt-oss-120b_toolcalls_2026-05-31.sse", "openai/gpt-oss-120b", "ok", {}, 38},
      {"stream_deepseek-v4-pro_2026-05-31.sse", "deepseek-ai/DeepSeek-V4-Pro", "ok", {}, 20},
      {"stream_llama-3.3-70b_2026-04-28.sse",
       "meta-llama/Llama-3.3-70B-Instruct-Turbo",
       "ok",
       {},
       3},
      {"stream_no_usage_2025.sse", "google/gemma-3-27b-it", "ok", {}, std::nullopt},
      {"stream_inband_error_apriel-1.5_2025-12-14.sse",
       "ServiceNow-AI/Apriel-1.5-15b-Thinker",
       "in_band_error",
       {"finish_reason", "no_error"},
       std::nullopt},
      {"stream_kimi-k3_fragment_2026-10-06.sse",
       "moonshotai/Kimi-K3",
       "truncated",
       {"finish_reason", "done_once_and_last", "not_truncated"},
       std::nullopt},
  };
  return all;
}

TEST_F(RecordedStreams, GetTheirVerdict) {
  for (const Expected& expected : recorded()) {
    const Observation seen = make_probe("stream")->judge(
        model_target(expected.model), stream_answer(read_recording(expected.file)), "stream");
    EXPECT_EQ(to_string(seen.outcome), expected.outcome) << expected.file << seen.detail;
    const bool good = seen.outcome == Outcome::kOk;
    EXPECT_EQ(std::get<ServingFacts>(seen.facts).look, good ? Look::kServed : Look::kFailing)
        << expected.file;
    EXPECT_EQ(seen.rules.size(), 11u) << expected.file;
    EXPECT_EQ(broken_rules(seen), expected.broken) << expected.file;
    EXPECT_TRUE(seen.remarks.empty()) << expected.file;
    ASSERT_EQ(seen.usage.has_value(), expected.completion_tokens.has_value()) << expected.file;
    if (seen.usage) {
      EXPECT_EQ(seen.usage->completion_tokens, *expected.completion_tokens) << expected.file;
    }
  }
}

TEST_F(RecordedStreams, AreAllExpected) {
  std::set<std::string> present;
  for (const auto& entry : std::filesystem::directory_iterator(recording_path(""))) {
    if (entry.path().extension() == ".sse") present.insert(entry.path().filename());
  }
  std::set<std::string> expected;
  for (const Expected& one : recorded()) expected.insert(one.file);
  EXPECT_EQ(present, expected);
}

}  // namespace
}  // namespace together
