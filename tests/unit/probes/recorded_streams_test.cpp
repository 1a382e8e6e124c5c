#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "tests/unit/probes/recordings.h"
#include "tests/unit/probes/streams.h"

namespace together {
namespace {

using RecordedStreams = Recorded;
using Names = std::vector<std::string>;

Observation judge_recorded(const std::string& file, const std::string& model) {
  return make_probe("stream")->judge(model_target(model), stream_answer(read_recording(file)),
                                     "stream");
}

void expect_good(const std::string& file, const std::string& model,
                 std::optional<long long> completion_tokens) {
  const Observation seen = judge_recorded(file, model);
  EXPECT_EQ(to_string(seen.outcome), "ok") << file << seen.detail;
  EXPECT_EQ(std::get<ServingFacts>(seen.facts).look, Look::kServed) << file;
  EXPECT_EQ(broken_rules(seen), Names{}) << file;
  EXPECT_EQ(seen.rules.size(), 11u) << file;
  ASSERT_EQ(seen.usage.has_value(), completion_tokens.has_value()) << file;
  if (seen.usage) {
    EXPECT_EQ(seen.usage->completion_tokens, *completion_tokens) << file;
  }
}

TEST_F(RecordedStreams, OfFourEnginesAreGood) {
  expect_good("stream_gpt-oss-120b_2026-05-31.sse", "openai/gpt-oss-120b", 2);
  expect_good("stream_gpt-oss-120b_otherbackend_2026-05-31.sse", "openai/gpt-oss-120b", 7);
  expect_good("stream_gpt-oss-120b_toolcalls_2026-05-31.sse", "openai/gpt-oss-120b", 38);
  expect_good("stream_deepseek-v4-pro_2026-05-31.sse", "deepseek-ai/DeepSeek-V4-Pro", 20);
}

TEST_F(RecordedStreams, WithUsageOnTheFinishChunkAreGood) {
  expect_good("stream_llama-3.3-70b_2026-04-28.sse", "meta-llama/Llama-3.3-70B-Instruct-Turbo", 3);
}

TEST_F(RecordedStreams, WithoutUsageAreGood) {
  expect_good("stream_no_usage_2025.sse", "google/gemma-3-27b-it", std::nullopt);
}

TEST_F(RecordedStreams, WithAnErrorInsideAreSeen) {
  const Observation seen = judge_recorded("stream_inband_error_apriel-1.5_2025-12-14.sse",
                                          "ServiceNow-AI/Apriel-1.5-15b-Thinker");
  EXPECT_EQ(to_string(seen.outcome), "in_band_error");
  EXPECT_EQ(std::get<ServingFacts>(seen.facts).look, Look::kFailing);
  EXPECT_EQ(broken_rules(seen), (Names{"finish_reason", "no_error"}));
}

TEST_F(RecordedStreams, ThatStopInTheMiddleAreTruncated) {
  const Observation seen =
      judge_recorded("stream_kimi-k3_fragment_2026-10-06.sse", "moonshotai/Kimi-K3");
  EXPECT_EQ(to_string(seen.outcome), "truncated");
  EXPECT_EQ(std::get<ServingFacts>(seen.facts).look, Look::kFailing);
  EXPECT_EQ(broken_rules(seen), (Names{"finish_reason", "done_once_and_last", "not_truncated"}));
}

}  // namespace
}  // namespace together
