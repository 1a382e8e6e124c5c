// The rules that an answer of a surface other than the stream keeps or breaks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exporter/core/metric.h"
#include "exporter/core/observation.h"

namespace together {

inline constexpr MetricDef kSurfaceRuleOk{
    .name = "together_surface_rule_ok",
    .type = MetricType::kGauge,
    .help =
        "Whether the last answer of this surface kept this rule of its contract (1) or broke it "
        "(0). No sample where the answer gave nothing to judge the rule by.",
    .label_names = {"surface", "model", "rule"},
    .buckets = {}};
inline constexpr MetricDef kSurfaceViolations{
    .name = "together_surface_violations_total",
    .type = MetricType::kCounter,
    .help = "Answers of this surface that broke this rule of its contract.",
    .label_names = {"surface", "model", "rule"},
    .buckets = {}};

Observation::Rule kept(std::string name, std::string detail);
Observation::Rule broken(std::string name, std::string detail);

/// The detail of the first broken rule; "" where all are kept.
std::string first_fault(const std::vector<Observation::Rule>& rules);

/// Adds one reading of each metric for every rule of `seen`. `surface` is the probe's name.
void add_rule_readings(std::string_view surface, const std::string& model, Observation& seen);

}  // namespace together
