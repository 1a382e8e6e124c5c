#include "exporter/engine/jobs.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/unit/engine/provider.h"

namespace together {
namespace {

std::vector<std::string> jobs_of(const std::string& yaml,
                                 const std::map<std::string, Modality>& learned = {},
                                 bool catalogue_seen = true) {
  const Config config = config_of(yaml);
  Ledger ledger(ledger_settings(config), tracked_models(config), WallTime{});
  std::map<std::string, ModelBelief> models = ledger.models();
  for (const auto& [id, modality] : learned) models.at(id).entry.modality = modality;
  std::vector<std::string> jobs;
  for (const auto& job :
       jobs_for(config, *make_probes(config, probe_types()), models, catalogue_seen)) {
    jobs.push_back(job.key.probe + " " + job.key.model + job.key.part);
  }
  return jobs;
}

using Jobs = std::vector<std::string>;

TEST(Jobs, WithoutModelsOnlyTheAccountIsWatched) {
  EXPECT_EQ(jobs_of("{}"), (Jobs{"catalog all", "catalog serverless"}));
}
TEST(Jobs, AModelNeverListedIsTakenForAChatModel) {
  EXPECT_EQ(jobs_of("models: [{id: a/b}]"),
            (Jobs{"catalog all", "catalog serverless", "serving a/b", "stream a/b"}));
}
TEST(Jobs, AModelNeverListedWaitsForTheFirstCatalogue) {
  EXPECT_EQ(jobs_of("models: [{id: a/b}]", {}, false), (Jobs{"catalog all", "catalog serverless"}));
}
TEST(Jobs, AFallbackIsServedButNotStreamed) {
  EXPECT_EQ(
      jobs_of("models: [{id: a/b, fallbacks: [c/d]}]"),
      (Jobs{"catalog all", "catalog serverless", "serving a/b", "serving c/d", "stream a/b"}));
}
TEST(Jobs, AMigrationsTargetIsWatched) {
  const Jobs jobs = jobs_of("models: [{id: a/b}]\nmigrations: [{from: a/b, to: c/d}]");
  EXPECT_NE(std::find(jobs.begin(), jobs.end(), "serving c/d"), jobs.end());
}
TEST(Jobs, AnImageModelIsNotAskedToChat) {
  EXPECT_EQ(jobs_of("models: [{id: a/b}]", {{"a/b", Modality::kImage}}),
            (Jobs{"catalog all", "catalog serverless", "image a/b"}));
}
TEST(Jobs, AModelsOwnListOfProbesWins) {
  EXPECT_EQ(jobs_of("models: [{id: a/b, probes: [stream]}]"),
            (Jobs{"catalog all", "catalog serverless", "stream a/b"}));
}
TEST(Jobs, ADisabledProbeHasNone) {
  EXPECT_EQ(jobs_of("models: [{id: a/b}]\nprobes: {stream: {enabled: false}}"),
            (Jobs{"catalog all", "catalog serverless", "serving a/b"}));
}
TEST(Jobs, AProbeThatIsOffLooksAtTheModelsThatNameIt) {
  EXPECT_EQ(jobs_of("models: [{id: a/b, probes: [routing]}, {id: c/d, probes: [stream]}]"),
            (Jobs{"catalog all", "catalog serverless", "routing a/b", "stream c/d"}));
}
TEST(Jobs, AProbeThatTheConfigurationForbidsLooksAtNobody) {
  EXPECT_EQ(jobs_of("models: [{id: a/b, probes: [routing]}]\nprobes: {routing: {enabled: false}}"),
            (Jobs{"catalog all", "catalog serverless"}));
}
TEST(WatchedModels, EvidenceAgesByTheProbeThatGivesIt) {
  const auto watched = tracked_models(config_of(
      "models: [{id: a/b}, {id: c/d, probes: [stream]}]\nprobes: {serving: {interval: 1m}}"));
  EXPECT_EQ(watched.at(0).look_interval, std::chrono::minutes(1));
  EXPECT_EQ(watched.at(1).look_interval, std::chrono::minutes(15));
}
TEST(Shards, EveryModelIsInExactlyOne) {
  std::string yaml = "models:\n";
  for (int i = 0; i < 100; ++i) yaml += "  - {id: m/" + std::to_string(i) + "}\n";
  std::size_t sum = 0;
  for (int index = 0; index < 3; ++index) {
    Config config = config_of(yaml);
    keep_shard(config, index, 3);
    EXPECT_GT(config.models.size(), 20u);
    sum += config.models.size();
  }
  EXPECT_EQ(sum, 100u);
}

}  // namespace
}  // namespace together
