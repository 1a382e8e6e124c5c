#include <gtest/gtest.h>

#include <string>

#include "probes/json/read.h"
#include "tests/unit/probes/exchanges.h"
#include "tests/unit/probes/recordings.h"

namespace together {
namespace {

using RecordedChat = Recorded;

TEST_F(RecordedChat, IsServedByTheModelAsked) {
  const auto samples = parse_json(read_recording("chat_nonstream_samples.json"));
  ASSERT_TRUE(samples);
  ASSERT_EQ(samples->size(), 14u);
  const auto probe = make_probe("serving");
  for (const Json& sample : *samples) {
    const Json& body = sample.at("body");
    const Observation seen = probe->judge(model_target(body.at("model").get<std::string>()),
                                          answer(200, body.dump()), "serving");
    EXPECT_EQ(to_string(seen.outcome), "ok") << body << seen.detail;
    EXPECT_EQ(std::get<ServingFacts>(seen.facts).look, Look::kServed) << body;
    ASSERT_TRUE(seen.usage) << body;
    EXPECT_EQ(seen.usage->prompt_tokens, body.at("usage").at("prompt_tokens")) << body;
  }
}

}  // namespace
}  // namespace together
