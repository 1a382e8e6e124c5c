// What right files give: every key, the defaults, paths.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/unit/config/test_probes.h"

namespace together {
namespace {

using namespace std::chrono_literals;

Config parse(const std::string& yaml, const std::string& path = "/etc/together/config.yml") {
  const auto config = parse_config(yaml, path, test_probes());
  if (config) return *config;
  for (const auto& problem : config.error()) ADD_FAILURE() << to_string(problem);
  return {};
}

TEST(Config, NoTextMeansDefaults) {
  for (const char* text : {"", "\n", "# nothing yet\n", "{}\n"}) {
    const Config config = parse(text);
    EXPECT_EQ(config.upstream.base_url, "https://api.together.ai/v1");
    EXPECT_EQ(config.upstream.api_key_env, "TOGETHER_API_KEY");
    EXPECT_EQ(config.upstream.api_key_file, "");
    EXPECT_EQ(config.upstream.ca_file, "");
    EXPECT_EQ(config.upstream.proxy_url, "");
    EXPECT_EQ(config.upstream.timeout, 60s);
    EXPECT_EQ(config.upstream.connect_timeout, 10s);
    EXPECT_EQ(config.upstream.max_concurrent_requests, 64);
    EXPECT_TRUE(config.models.empty());
    EXPECT_FALSE(config.export_all);
    EXPECT_EQ(config.max_models, 2000);
    EXPECT_TRUE(config.migrations.empty());
    EXPECT_TRUE(config.retirement_sources.empty());
    EXPECT_TRUE(config.workloads.empty());
    EXPECT_EQ(config.budget_usd_per_day, 1.0);
    EXPECT_EQ(config.state_path, "/var/lib/together-exporter/state.db");
  }
}

TEST(Config, EveryKnownProbeHasItsDefaults) {
  const Config config = parse("");
  ASSERT_EQ(config.probes.size(), 4u);
  const ProbeConfig& serving = config.probes.at("serving");
  EXPECT_TRUE(serving.enabled);
  EXPECT_EQ(serving.interval, 5min);
  EXPECT_EQ(serving.settings.number("removed_after"), 3);
  EXPECT_EQ(serving.settings.number("down_after"), 3);
  EXPECT_EQ(serving.settings.duration("confirm_interval"), 30s);
  EXPECT_FALSE(config.probes.at("stream").settings.flag("reasoning"));
  EXPECT_EQ(config.probes.at("api_version").settings.names("headers"),
            (std::vector<std::string>{"x-together-api-version", "x-inference-version"}));
}

TEST(Config, AProbeWithoutTimeoutTakesTheUpstreams) {
  const Config config = parse("upstream: {timeout: 45s}\nprobes: {stream: {timeout: 90s}}\n");
  EXPECT_EQ(config.probes.at("serving").timeout, 45s);
  EXPECT_EQ(config.probes.at("stream").timeout, 90s);
  EXPECT_EQ(config.probes.at("catalog").timeout, 20s);
}

TEST(Config, ReadsEveryKey) {
  const Config config = parse(R"(
upstream:
  base_url: https://127.0.0.1:8080/v1/
  api_key_file: key
  ca_file: ""
  proxy_url: http://proxy.example.com:3128
  timeout: 1m30s
  connect_timeout: 5s
  max_concurrent_requests: 8
models:
  - id: meta-llama/Llama-3.3-70B-Instruct-Turbo
    fallbacks: [openai/gpt-oss-120b, "a/b"]
    probes: [serving, stream]
    labels: {team: search}
  - id: a/b
catalog: {export: all, max_models: 300}
migrations:
  - {from: a/old, to: b/new, breaking_changes: ["New chat template", "No tools"]}
retirements:
  sources:
    - {name: together, kind: together_page, url: "https://docs.example.com/d.md?raw=1", interval: 12h}
    - {name: databricks, kind: markdown_table, file: d.md, columns: {model: 模型, date: 停用日期, replacement: 推荐的替换模型}}
    - {name: litellm, kind: litellm_prices, url: "http://mirror.example.com/prices.json"}
    - {name: ours, kind: yaml, file: /srv/r.yml}
prometheus_url: http://prometheus.example.com:9090/prom/
workloads:
  - {name: bot, model: a/b, input_tokens_per_day: 200e6, output_tokens_per_day: 0.5, cached_input_tokens_per_day: 7}
  - {name: asked, model: a/b, output_tokens_per_day: 3, query: {input: 'sum(x{model="a/b"})', cached_input: "7"}}
budget: {usd_per_day: 2.50}
probes:
  catalog: {interval: 2m}
  serving: {enabled: false, interval: 1h, timeout: 10s, removed_after: 5, down_after: 4, confirm_interval: 1m}
  stream: {max_tokens: 1, reasoning: true}
  api_version: {enabled: true, headers: [X-Version]}
state: {path: state.db}
)");
  EXPECT_EQ(config.upstream.base_url, "https://127.0.0.1:8080/v1");
  EXPECT_EQ(config.upstream.api_key_file, "/etc/together/key");
  EXPECT_EQ(config.upstream.api_key_env, "");
  EXPECT_EQ(config.upstream.ca_file, "");
  EXPECT_EQ(config.upstream.proxy_url, "http://proxy.example.com:3128");
  EXPECT_EQ(config.upstream.timeout, 90s);
  EXPECT_EQ(config.upstream.connect_timeout, 5s);
  EXPECT_EQ(config.upstream.max_concurrent_requests, 8);

  ASSERT_EQ(config.models.size(), 2u);
  const ModelConfig& model = config.models[0];
  EXPECT_EQ(model.id, "meta-llama/Llama-3.3-70B-Instruct-Turbo");
  EXPECT_EQ(model.fallbacks, (std::vector<std::string>{"openai/gpt-oss-120b", "a/b"}));
  ASSERT_TRUE(model.probes);
  EXPECT_EQ(*model.probes, (std::vector<std::string>{"serving", "stream"}));
  EXPECT_EQ(model.labels, (std::map<std::string, std::string>{{"team", "search"}}));
  EXPECT_EQ(config.models[1].id, "a/b");
  EXPECT_FALSE(config.models[1].probes);

  EXPECT_TRUE(config.export_all);
  EXPECT_EQ(config.max_models, 300);

  ASSERT_EQ(config.migrations.size(), 1u);
  EXPECT_EQ(config.migrations[0].from, "a/old");
  EXPECT_EQ(config.migrations[0].to, "b/new");
  EXPECT_EQ(config.migrations[0].breaking_changes,
            (std::vector<std::string>{"New chat template", "No tools"}));

  ASSERT_EQ(config.retirement_sources.size(), 4u);
  EXPECT_EQ(config.retirement_sources[0].name, "together");
  EXPECT_EQ(config.retirement_sources[0].kind, "together_page");
  EXPECT_EQ(config.retirement_sources[0].url, "https://docs.example.com/d.md?raw=1");
  EXPECT_EQ(config.retirement_sources[0].file, "");
  EXPECT_EQ(config.retirement_sources[0].interval, 12h);
  EXPECT_EQ(config.retirement_sources[1].file, "/etc/together/d.md");
  EXPECT_EQ(config.retirement_sources[1].interval, 6h);
  EXPECT_EQ(config.retirement_sources[1].columns,
            (std::map<std::string, std::string>{
                {"model", "模型"}, {"date", "停用日期"}, {"replacement", "推荐的替换模型"}}));
  EXPECT_EQ(config.retirement_sources[2].kind, "litellm_prices");
  EXPECT_EQ(config.retirement_sources[3].file, "/srv/r.yml");

  EXPECT_EQ(config.prometheus_url, "http://prometheus.example.com:9090/prom");
  ASSERT_EQ(config.workloads.size(), 2u);
  EXPECT_EQ(config.workloads[0].name, "bot");
  EXPECT_EQ(config.workloads[0].model, "a/b");
  EXPECT_EQ(config.workloads[0].input_tokens_per_day, 200e6);
  EXPECT_EQ(config.workloads[0].output_tokens_per_day, 0.5);
  EXPECT_EQ(config.workloads[0].cached_input_tokens_per_day, 7);
  EXPECT_TRUE(config.workloads[0].queries.empty());
  EXPECT_EQ(config.workloads[1].output_tokens_per_day, 3);
  EXPECT_EQ(config.workloads[1].queries,
            (std::map<std::string, std::string>{{"input", "sum(x{model=\"a/b\"})"},
                                                {"cached_input", "7"}}));
  EXPECT_EQ(config.budget_usd_per_day, 2.5);

  EXPECT_EQ(config.probes.at("catalog").interval, 2min);
  const ProbeConfig& serving = config.probes.at("serving");
  EXPECT_FALSE(serving.enabled);
  EXPECT_EQ(serving.interval, 1h);
  EXPECT_EQ(serving.timeout, 10s);
  EXPECT_EQ(serving.settings.number("removed_after"), 5);
  EXPECT_EQ(serving.settings.number("down_after"), 4);
  EXPECT_EQ(serving.settings.duration("confirm_interval"), 1min);
  EXPECT_EQ(config.probes.at("stream").settings.number("max_tokens"), 1);
  EXPECT_TRUE(config.probes.at("stream").settings.flag("reasoning"));
  EXPECT_EQ(config.probes.at("api_version").settings.names("headers"),
            std::vector<std::string>{"x-version"});
  EXPECT_EQ(config.state_path, "/etc/together/state.db");
}

TEST(Config, PathsLoseTheirDetours) {
  EXPECT_EQ(parse("state: {path: ../run/./state.db}\n").state_path, "/etc/run/state.db");
}

TEST(Config, AnEmptyStatePathStaysEmpty) {
  EXPECT_EQ(parse("state: {path: \"\"}\n").state_path, "");
}

TEST(Config, BudgetMayBeZero) {
  EXPECT_EQ(parse("budget: {usd_per_day: 0}\n").budget_usd_per_day, 0);
}

TEST(Config, AdaptiveLookingCanBeTurnedOff) {
  EXPECT_TRUE(parse("{}").adaptive);
  EXPECT_FALSE(parse("adaptive: false").adaptive);
}
TEST(Config, AConfiguredIntervalIsStretchedOnlyWhereAsked) {
  const auto most = [](const std::string& serving) {
    return parse("probes: {serving: " + serving + "}").probes.at("serving").max_interval;
  };
  EXPECT_EQ(most("{removed_after: 2}"), 1h);
  EXPECT_EQ(most("{interval: 2m}"), 0s);
  EXPECT_EQ(most("{interval: 2m, max_interval: 20m}"), 20min);
}
TEST(Config, AModelMayHaveNoProbes) {
  EXPECT_EQ(parse("models: [{id: a/b, probes: []}]\n").models[0].probes,
            std::vector<std::string>{});
}

TEST(Config, MigrationsMayFormAChain) {
  EXPECT_EQ(parse("migrations: [{from: a, to: b}, {from: b, to: c}]\n").migrations.size(), 2u);
}

TEST(Config, AliasesStandForTheirValue) {
  const Config config = parse("upstream: {timeout: &t 7s, connect_timeout: *t}\n");
  EXPECT_EQ(config.upstream.connect_timeout, 7s);
}

TEST(Config, LinesMayEndInCarriageReturns) {
  EXPECT_EQ(parse("budget:\r\n  usd_per_day: 3\r\n").budget_usd_per_day, 3);
}

TEST(Config, KeyVariableCanBeRenamed) {
  EXPECT_EQ(parse("upstream: {api_key_env: MY_KEY}\n").upstream.api_key_env, "MY_KEY");
}

TEST(Config, ThePackagedExampleIsValid) {
  const auto config = load_config(TE_SOURCE_DIR "/packaging/config.example.yml", test_probes());
  if (!config) {
    for (const auto& problem : config.error()) ADD_FAILURE() << to_string(problem);
    return;
  }
  EXPECT_FALSE(config->models.empty());
  EXPECT_FALSE(config->retirement_sources.empty());
}

// Its model files stand for files of the reader's own.
TEST(Config, EveryExampleOfTheDocumentationIsValid) {
  std::ifstream file(TE_SOURCE_DIR "/docs/configuration.md");
  int examples = 0;
  for (std::string line; std::getline(file, line);) {
    if (line != "```yaml") continue;
    std::string yaml;
    while (std::getline(file, line) && line != "```") yaml += line + "\n";
    ++examples;
    for (const auto& problem : problems_of(yaml)) {
      EXPECT_NE(problem.find("cannot read"), std::string::npos) << yaml << problem;
    }
  }
  EXPECT_EQ(examples, 12);
}

}  // namespace
}  // namespace together
