// The configuration as the rest of the program sees it: valid, complete, defaults filled in.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exporter/core/clock.h"
#include "exporter/core/retirement.h"
#include "exporter/core/settings.h"

namespace together {

struct UpstreamConfig {
  std::string base_url = "https://api.together.ai/v1";  ///< no trailing slash
  std::string api_key_file;                             ///< absolute once loaded
  std::string api_key_env = "TOGETHER_API_KEY";         ///< "" where api_key_file is given
  std::string ca_file;
  std::string proxy_url;
  Duration timeout = std::chrono::seconds(60);
  Duration connect_timeout = std::chrono::seconds(10);
  int max_concurrent_requests = 64;
  friend bool operator==(const UpstreamConfig&, const UpstreamConfig&) = default;
};

struct ModelConfig {
  std::string id;
  std::vector<std::string> fallbacks;
  std::optional<std::vector<std::string>> probes;  ///< empty: those that fit its modality
  std::map<std::string, std::string> labels;
};

struct MigrationConfig {
  std::string from;
  std::string to;
  std::vector<std::string> breaking_changes;
};

/// Units: tokens per day.
struct WorkloadConfig {
  std::string name;
  std::string model;
  double input_tokens_per_day = 0;
  double output_tokens_per_day = 0;
  double cached_input_tokens_per_day = 0;
  /// PromQL by direction (input, output, cached_input), instead of the number above.
  std::map<std::string, std::string> queries;
};

struct ProbeConfig {
  bool enabled = true;
  bool forbidden = false;  ///< the configuration says `enabled: false`: not even where a model asks
  Duration interval{};
  Duration max_interval{};  ///< where long well; zero: `interval`
  Duration timeout{};
  Settings settings;
};

struct Config {
  UpstreamConfig upstream;
  std::vector<ModelConfig> models;  ///< of `models` and of every `model_files`, in that order
  bool export_all = false;
  int max_models = 2000;
  std::vector<MigrationConfig> migrations;
  std::vector<RetirementSource> retirement_sources;
  std::vector<WorkloadConfig> workloads;
  std::string prometheus_url;  ///< no trailing slash; "" where no workload asks
  double budget_usd_per_day = 1.00;
  bool adaptive = true;                       ///< what is long well is looked at less often
  std::map<std::string, ProbeConfig> probes;  ///< every known probe
  std::string state_path = "/var/lib/together-exporter/state.db";
};

}  // namespace together
