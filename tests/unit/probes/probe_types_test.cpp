#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/unit/probes/exchanges.h"

namespace together {
namespace {

TEST(ProbeTypes, HaveNamesOfTheirOwn) {
  std::set<std::string> names;
  for (const ProbeType& type : probe_types()) {
    EXPECT_TRUE(names.insert(type.info.name).second) << type.info.name;
    EXPECT_EQ(type.info.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string::npos);
  }
}

TEST(ProbeTypes, MakeProbesThatKnowTheirInfo) {
  for (const ProbeType& type : probe_types()) {
    EXPECT_EQ(make_probe(type.info.name)->info().name, type.info.name);
    EXPECT_FALSE(type.info.help.empty()) << type.info.name;
  }
}

TEST(ProbeTypes, HaveAnIntervalUnlessTheyRide) {
  for (const ProbeType& type : probe_types()) {
    const bool rides = type.info.scope == Scope::kRider;
    EXPECT_EQ(type.info.interval == Duration::zero(), rides) << type.info.name;
    EXPECT_EQ(type.info.rides_on.empty(), !rides) << type.info.name;
  }
}

TEST(ProbeTypes, HaveTheContractsDefaults) {
  const Settings serving(probe_type("serving").info.settings);
  EXPECT_EQ(serving.number("removed_after"), 3);
  EXPECT_EQ(serving.number("down_after"), 3);
  EXPECT_EQ(serving.duration("confirm_interval"), std::chrono::seconds(30));
  EXPECT_EQ(Settings(probe_type("stream").info.settings).number("max_tokens"), 16);
  EXPECT_EQ(probe_type("catalog").info.interval, std::chrono::minutes(1));
  EXPECT_EQ(probe_type("serving").info.interval, std::chrono::minutes(5));
  EXPECT_EQ(probe_type("stream").info.interval, std::chrono::minutes(15));
}

TEST(ProbeTypes, RunUnlessTheirPremiseIsUntestedOrTheyAreAskedFor) {
  std::vector<std::string> off;
  for (const ProbeType& type : probe_types()) {
    if (!type.info.enabled) off.push_back(type.info.name);
  }
  EXPECT_EQ(off, (std::vector<std::string>{"routing", "tools", "json_mode", "account", "batch",
                                           "fine_tuning", "endpoints"}));
}

TEST(ProbeTypes, PayOnlyForModels) {
  std::vector<std::string> paid;
  for (const ProbeType& type : probe_types()) {
    if (type.info.paid) paid.push_back(type.info.name);
  }
  EXPECT_EQ(paid, (std::vector<std::string>{"serving", "stream", "tools", "json_mode", "embeddings",
                                            "rerank"}));
}

TEST(ProbeTypes, DeclareWellFormedMetrics) {
  std::map<std::string_view, const MetricDef*> declared;
  for (const ProbeType& type : probe_types()) {
    for (const MetricDef* metric : type.info.metrics) {
      EXPECT_EQ(declared.try_emplace(metric->name, metric).first->second, metric)
          << metric->name << " is declared twice";
      EXPECT_TRUE(metric->name.starts_with("together_")) << metric->name;
      EXPECT_FALSE(metric->help.empty()) << metric->name;
      EXPECT_EQ(metric->name.ends_with("_total"), metric->type == MetricType::kCounter);
      EXPECT_EQ(!metric->buckets.empty(), metric->type == MetricType::kHistogram) << metric->name;
      EXPECT_TRUE(std::is_sorted(metric->buckets.begin(), metric->buckets.end())) << metric->name;
      if (type.info.scope != Scope::kModel) continue;
      const auto& labels = metric->label_names;
      EXPECT_NE(std::find(labels.begin(), labels.end(), "model"), labels.end()) << metric->name;
    }
  }
}

}  // namespace
}  // namespace together
