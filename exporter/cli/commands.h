// What the program can be told to do. Each command returns the process's exit code.
#pragma once

#include <string>
#include <vector>

#include "exporter/engine/account_metrics.h"

namespace together {

inline constexpr int kExitOk = 0;
inline constexpr int kExitBad = 1;    ///< it ran, and the answer is no
inline constexpr int kExitUsage = 2;  ///< it could not start

struct ServeOptions {
  std::string config_file;
  std::vector<std::string> listen_addresses{":10237"};
  std::string telemetry_path = "/metrics";
  std::string web_config_file;
  bool enable_lifecycle = false;
  int shard_index = 0;
  int shard_total = 1;
};

struct ProbeOptions {
  std::string config_file;
  std::string probe;
  std::string model;
  std::string part;  ///< of an account's probe; "" is its first
};

struct ScanCommandOptions {
  std::string config_file;
  std::vector<std::string> paths;
  std::string format = "text";
  std::string within = "30d";
  bool show_all = false;
  bool offline = false;
};

int run_command_line(int argc, char** argv);

int serve(const ServeOptions& options);
int check_config(const std::string& file, const std::string& models_file);
int run_probe(const ProbeOptions& options);
int run_scan(const ScanCommandOptions& options);
/// docs/metrics.md, on standard output.
int print_metric_docs();

BuildInfo build_info();

}  // namespace together
