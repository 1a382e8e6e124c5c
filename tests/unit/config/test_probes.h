// Probes for the configuration's tests: one of every scope and every kind of setting.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "exporter/config/load.h"

namespace together {

inline ProbeInfo make_info(std::string name, Scope scope, Duration interval, Duration timeout,
                           std::vector<SettingDef> settings) {
  ProbeInfo info;
  info.name = std::move(name);
  info.scope = scope;
  info.interval = interval;
  info.timeout = timeout;
  info.settings = std::move(settings);
  return info;
}

inline std::vector<ProbeInfo> test_probes() {
  using namespace std::chrono_literals;
  using Names = std::vector<std::string>;
  std::vector<ProbeInfo> probes{
      make_info("catalog", Scope::kAccount, 1min, 20s, {}),
      make_info("serving", Scope::kModel, 5min, 0s,
                {{"removed_after", 3LL, "looks", 1, 100},
                 {"down_after", 3LL, "looks", 1, 100},
                 {"confirm_interval", Duration(30s), "pause"}}),
      make_info("stream", Scope::kModel, 15min, 0s,
                {{"max_tokens", 16LL, "tokens", 1, 4096}, {"reasoning", false, "think"}}),
      make_info("api_version", Scope::kRider, 0s, 0s,
                {{"headers", Names{"x-together-api-version", "x-inference-version"}, "watched"}}),
  };
  probes[1].max_interval = 1h;
  return probes;
}

/// The problems of a text, without the name of its file: "LINE: KEY: MESSAGE".
inline std::vector<std::string> problems_of(const std::string& yaml) {
  std::vector<std::string> texts;
  const auto config = parse_config(yaml, "config.yml", test_probes());
  if (config) return texts;
  for (const auto& problem : config.error()) {
    texts.push_back(to_string(problem).substr(std::string("config.yml:").size()));
  }
  return texts;
}

}  // namespace together
