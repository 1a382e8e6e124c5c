// SARIF 2.1.0. The keys below are those of the official schema that this report uses.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "exporter/scan/render.h"
#include "tests/unit/scan/reports.h"

namespace together {
namespace {

using Json = nlohmann::json;

Json sarif(bool show_all = false) {
  return Json::parse(render_sarif(careful_report(), show_all, "0.1.0"));
}
Json results(bool show_all = false) { return sarif(show_all).at("runs").at(0).at("results"); }

/// What an object of the schema must have, and what it may have of what we write. The schema
/// forbids every other key (additionalProperties is false). Source: sarif-schema-2.1.0.json,
/// definitions of the same names.
struct Shape {
  std::set<std::string> required;
  std::set<std::string> allowed;
};
const std::map<std::string, Shape> kShapes{
    {"log", {{"version", "runs"}, {"$schema"}}},
    {"run", {{"tool"}, {"columnKind", "results"}}},
    {"tool", {{"driver"}, {}}},
    {"toolComponent", {{"name"}, {"version", "rules"}}},
    {"reportingDescriptor", {{"id"}, {"shortDescription", "help", "defaultConfiguration"}}},
    {"reportingConfiguration", {{}, {"level"}}},
    {"multiformatMessageString", {{"text"}, {}}},
    {"result", {{"message"}, {"ruleId", "ruleIndex", "level", "locations", "partialFingerprints"}}},
    {"message", {{"text"}, {}}},
    {"location", {{}, {"physicalLocation"}}},
    {"physicalLocation", {{"artifactLocation"}, {"region"}}},
    {"artifactLocation", {{"uri"}, {"uriBaseId"}}},
    {"region", {{"startLine"}, {"startColumn", "endLine", "endColumn"}}},
};

void expect_shape(const std::string& name, const Json& object) {
  const Shape& shape = kShapes.at(name);
  ASSERT_TRUE(object.is_object()) << name;
  for (const auto& key : shape.required) EXPECT_TRUE(object.contains(key)) << name << ' ' << key;
  for (const auto& [key, value] : object.items()) {
    EXPECT_TRUE(shape.required.contains(key) || shape.allowed.contains(key)) << name << ' ' << key;
  }
}

TEST(RenderSarif, FollowsTheSchema) {
  const Json log = sarif(true);
  expect_shape("log", log);
  EXPECT_EQ(log.at("version"), "2.1.0");
  const Json& run = log.at("runs").at(0);
  expect_shape("run", run);
  EXPECT_EQ(run.at("columnKind"), "unicodeCodePoints");
  expect_shape("tool", run.at("tool"));
  const Json& driver = run.at("tool").at("driver");
  expect_shape("toolComponent", driver);
  const std::set<Json> levels{"error", "warning", "note"};
  std::set<Json> rule_ids;
  for (const auto& rule : driver.at("rules")) {
    expect_shape("reportingDescriptor", rule);
    expect_shape("multiformatMessageString", rule.at("shortDescription"));
    expect_shape("multiformatMessageString", rule.at("help"));
    expect_shape("reportingConfiguration", rule.at("defaultConfiguration"));
    EXPECT_TRUE(levels.contains(rule.at("defaultConfiguration").at("level")));
    EXPECT_TRUE(rule_ids.insert(rule.at("id")).second);
  }
  for (const auto& result : run.at("results")) {
    expect_shape("result", result);
    expect_shape("message", result.at("message"));
    EXPECT_TRUE(levels.contains(result.at("level")));
    EXPECT_EQ(driver.at("rules").at(result.at("ruleIndex").get<std::size_t>()).at("id"),
              result.at("ruleId"));
    for (const auto& location : result.at("locations")) {
      expect_shape("location", location);
      const Json& physical = location.at("physicalLocation");
      expect_shape("physicalLocation", physical);
      expect_shape("artifactLocation", physical.at("artifactLocation"));
      expect_shape("region", physical.at("region"));
    }
    for (const auto& [key, value] : result.at("partialFingerprints").items()) {
      EXPECT_TRUE(value.is_string()) << key;
    }
  }
}

TEST(RenderSarif, AResultSaysWhatAndWhere) {
  const Json result = results().at(0);
  EXPECT_EQ(result.at("ruleId"), "retired-model");
  EXPECT_EQ(result.at("level"), "error");
  EXPECT_EQ(result.at("message").at("text"),
            "a/b: state removed, removal day 2026-02-06 (together), replacement c/d.");
  const Json& location = result.at("locations").at(0).at("physicalLocation");
  EXPECT_EQ(location.at("artifactLocation"),
            Json::parse(R"({"uri": "src/app.py", "uriBaseId": "%SRCROOT%"})"));
  EXPECT_EQ(location.at("region"),
            Json::parse(R"({"startLine": 3, "startColumn": 10, "endLine": 3, "endColumn": 13})"));
}

TEST(RenderSarif, LevelsFollowTheVerdict) {
  std::map<std::string, std::string> levels;
  for (const auto& result : results(true)) levels[result.at("ruleId")] = result.at("level");
  EXPECT_EQ(levels, (std::map<std::string, std::string>{{"retired-model", "error"},
                                                        {"overdue-model", "warning"},
                                                        {"retiring-model", "warning"},
                                                        {"model", "note"}}));
}

TEST(RenderSarif, WhatIsFineIsLeftOutUnlessAsked) {
  EXPECT_EQ(results(false).size(), 4u);
  EXPECT_EQ(results(true).size(), 5u);
}

TEST(RenderSarif, PathsBecomeUris) {
  const auto location = [](std::size_t i) {
    return results().at(i).at("locations").at(0).at("physicalLocation").at("artifactLocation");
  };
  EXPECT_EQ(location(2).at("uri"), "x%20y/%C3%A9%0A%FF%3A1");
  EXPECT_EQ(location(3), Json::parse(R"({"uri": "file:///abs/f"})"));
}

TEST(RenderSarif, FingerprintsDoNotHangOnLines) {
  auto moved = careful_report();
  for (auto& finding : moved.findings) finding.line += 100;
  const Json after = Json::parse(render_sarif(moved, false, "")).at("runs").at(0).at("results");
  const Json before = results();
  std::set<Json> all;
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(before.at(i).at("partialFingerprints"), after.at(i).at("partialFingerprints"));
    all.insert(before.at(i).at("partialFingerprints"));
  }
  EXPECT_EQ(all.size(), before.size());
}

TEST(RenderSarif, NothingFoundIsAnEmptyList) {
  const Json log = Json::parse(render_sarif({}, false, "0.1.0"));
  EXPECT_EQ(log.at("runs").at(0).at("results"), Json::array());
}

}  // namespace
}  // namespace together
