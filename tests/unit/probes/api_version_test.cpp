#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/probes/exchanges.h"

namespace together {
namespace {

HeaderFacts facts_of(const Probe& probe, const Exchange& exchange) {
  const Observation seen = probe.judge(model_target("a/b"), exchange, "serving");
  EXPECT_EQ(to_string(seen.outcome), "ok");
  return std::get<HeaderFacts>(seen.facts);
}

TEST(ApiVersion, NotesPresenceAndAbsence) {
  const HeaderFacts facts =
      facts_of(*make_probe("api_version"), answer(200, "", {{"x-inference-version", "v2"}}));
  EXPECT_EQ(facts.surface, "serving");
  ASSERT_EQ(facts.headers.size(), 2u);
  EXPECT_EQ(facts.headers[0].name, "x-together-api-version");
  EXPECT_EQ(facts.headers[0].value, std::nullopt);
  EXPECT_EQ(facts.headers[1].name, "x-inference-version");
  EXPECT_EQ(facts.headers[1].value, "v2");
}

TEST(ApiVersion, SaysWhatItSaw) {
  const Observation seen =
      make_probe("api_version")
          ->judge(model_target("a/b"), answer(200, "", {{"x-inference-version", "v2"}}), "serving");
  EXPECT_EQ(seen.detail, "x-together-api-version is absent, x-inference-version: v2");
}

TEST(ApiVersion, TellsAnEmptyValueFromAnAbsentHeader) {
  const HeaderFacts facts =
      facts_of(*make_probe("api_version"), answer(200, "", {{"x-inference-version", ""}}));
  EXPECT_EQ(facts.headers[1].value, "");
}

TEST(ApiVersion, CleansAndBoundsValues) {
  const HeaderFacts facts =
      facts_of(*make_probe("api_version"),
               answer(204, "", {{"x-inference-version", "v\xFF\t" + std::string(500, 'x')}}));
  const std::string value = facts.headers[1].value.value();
  EXPECT_EQ(value.size(), 64u);
  EXPECT_EQ(value.substr(0, 6), "v\uFFFD x");
}

TEST(ApiVersion, WatchesConfiguredHeaders) {
  Settings settings(probe_type("api_version").info.settings);
  settings.set("headers", std::vector<std::string>{"X-Api", "x-api", "Server"});
  const auto probe = probe_type("api_version").make({settings, {}});
  const HeaderFacts facts = facts_of(*probe, answer(200, "", {{"x-api", "7"}}));
  ASSERT_EQ(facts.headers.size(), 2u);
  EXPECT_EQ(facts.headers[0].name, "x-api");
  EXPECT_EQ(facts.headers[0].value, "7");
  EXPECT_EQ(facts.headers[1].name, "server");
}

TEST(ApiVersion, LooksAtSuccessOnly) {
  const auto probe = make_probe("api_version");
  for (const int status : {0, 101, 301, 400, 429, 503}) {
    const Observation seen = probe->judge(
        model_target("a/b"), answer(status, "", {{"x-inference-version", "v2"}}), "serving");
    EXPECT_EQ(to_string(seen.outcome), "ok") << status;
    EXPECT_TRUE(std::holds_alternative<std::monostate>(seen.facts)) << status;
  }
}

}  // namespace
}  // namespace together
