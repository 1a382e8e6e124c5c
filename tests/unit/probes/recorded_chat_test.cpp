#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "exporter/core/text.h"
#include "probes/chat/gateway_times.h"
#include "probes/json/read.h"
#include "tests/unit/probes/exchanges.h"
#include "tests/unit/probes/recordings.h"

namespace together {
namespace {

using RecordedChat = Recorded;

/// A sample's verdict is `ok`, by the model asked; the rest of what it must say.
struct Expected {
  std::string model;
  long long completion_tokens;
  long long gateway_ms;
  long long engine_ms;
};

const std::vector<Expected>& recorded() {
  static const std::vector<Expected> all{
      {"openai/gpt-oss-120b", 2, 10, 268},
      {"deepseek-ai/DeepSeek-V4-Pro", 13, 13, 367},
      {"deepseek-ai/DeepSeek-V4-Pro", 40, 8, 1083},
      {"openai/gpt-oss-20b", 83, 9, 393},
      {"openai/gpt-oss-20b", 7, 26, 293},
      {"essentialai/rnj-1-instruct", 2, 1496, 44},
      {"openai/gpt-oss-120b", 61, 21, 815},
      {"mistralai/Mistral-7B-Instruct-v0.2", 3, 5, 151},
      {"ServiceNow-AI/Apriel-1.6-15b-Thinker", 48, 13, 327},
      {"meta-llama/Llama-4-Scout-17B-16E-Instruct", 4, 8, 79},
      {"mistralai/Mistral-Small-24B-Instruct-2501", 46, 4, 558},
      {"google/gemma-3-27b-it", 2, 5, 128},
      {"Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8", 2, 10, 265},
      {"Qwen/Qwen3-235B-A22B-Thinking-2507", 8, 15, 250},
  };
  return all;
}

Exchange recorded_answer(const Json& sample) {
  Exchange exchange = answer(200, sample.at("body").dump());
  for (const auto& [name, value] : sample.at("headers").items()) {
    exchange.headers.emplace_back(lower_ascii(name), value.get<std::string>());
  }
  return exchange;
}

TEST_F(RecordedChat, IsServedByTheModelAsked) {
  const auto samples = parse_json(read_recording("chat_nonstream_samples.json"));
  ASSERT_TRUE(samples);
  ASSERT_EQ(samples->size(), recorded().size());
  const auto probe = make_probe("serving");
  for (std::size_t i = 0; i < samples->size(); ++i) {
    const auto& [model, completion_tokens, gateway_ms, engine_ms] = recorded()[i];
    const Exchange exchange = recorded_answer((*samples)[i]);
    const Observation seen = probe->judge(model_target(model), exchange, "serving");
    EXPECT_EQ(to_string(seen.outcome), "ok") << model << seen.detail;
    EXPECT_EQ(std::get<ServingFacts>(seen.facts).look, Look::kServed) << model;
    EXPECT_EQ(std::get<ServingFacts>(seen.facts).served_model, model);
    ASSERT_TRUE(seen.usage) << model;
    EXPECT_EQ(seen.usage->completion_tokens, completion_tokens) << model;
    ASSERT_EQ(seen.readings.size(), 2u) << model;
    EXPECT_EQ(seen.readings[0].metric, &kGatewayTime);
    EXPECT_DOUBLE_EQ(seen.readings[0].value, static_cast<double>(gateway_ms) / 1000) << model;
    EXPECT_EQ(seen.readings[1].metric, &kEngineTime);
    EXPECT_DOUBLE_EQ(seen.readings[1].value, static_cast<double>(engine_ms) / 1000) << model;
  }
}

TEST_F(RecordedChat, IsAllExpected) {
  std::set<std::string> present;
  for (const auto& entry : std::filesystem::directory_iterator(recording_path(""))) {
    const std::string name = entry.path().filename();
    if (name.starts_with("chat_")) present.insert(name);
  }
  EXPECT_EQ(present, std::set<std::string>{"chat_nonstream_samples.json"});
}

}  // namespace
}  // namespace together
