// From a configuration file to a Config, or to everything that is wrong with it.
#include "exporter/config/load.h"

#include <algorithm>
#include <map>
#include <utility>

#include "exporter/config/sections.h"
#include "exporter/yaml/read_file.h"
#include "exporter/yaml/section.h"

namespace together {
namespace {

void read_sections(const Section& top, std::span<const ProbeInfo> probes, Config& config) {
  const auto with = [&](const char* key, const auto& read) {
    if (const Field* field = top.find(key)) read(*field);
  };
  with("upstream", [&](const Field& f) { read_upstream(f, config.upstream); });
  with("models", [&](const Field& f) { read_models(f, probes, config.models); });
  with("model_files", [&](const Field& f) { read_model_files(f, config.models); });
  with("catalog", [&](const Field& f) { read_catalog(f, config); });
  with("migrations", [&](const Field& f) { read_migrations(f, config.migrations); });
  with("retirements", [&](const Field& f) { read_retirements(f, config.retirement_sources); });
  with("prometheus_url", [&](const Field& f) { read_prometheus_url(f, config); });
  with("workloads", [&](const Field& f) { read_workloads(f, config); });
  with("budget", [&](const Field& f) { read_budget(f, config); });
  with("adaptive", [&](const Field& f) { config.adaptive = f.flag().value_or(true); });
  with("probes", [&](const Field& f) { read_probes(f, probes, config.probes); });
  with("state", [&](const Field& f) { read_state(f, config); });
}

// The main file first, the others in the order in which they were read.
void sort_by_place(std::vector<Problem>& problems, const std::string& main_file) {
  std::map<std::string, std::size_t> rank{{main_file, 0}};
  for (const auto& problem : problems) rank.try_emplace(problem.file, rank.size());
  std::stable_sort(problems.begin(), problems.end(), [&](const Problem& a, const Problem& b) {
    return std::pair(rank.at(a.file), a.line) < std::pair(rank.at(b.file), b.line);
  });
}

}  // namespace

tl::expected<Config, std::vector<Problem>> parse_config(std::string_view yaml,
                                                        const std::string& path,
                                                        std::span<const ProbeInfo> probes) {
  std::vector<Problem> problems;
  Report report(path, problems);
  Config config;
  config.probes = default_probes(probes);
  const auto root = parse_yaml(yaml);
  if (!root) {
    report.add(root.error().line, kWholeFile, root.error().message);
    return tl::make_unexpected(std::move(problems));
  }
  // A file of comments only, or no text at all, means: all defaults.
  if ((*root)->kind != YamlNode::Kind::kNull) {
    const Section top(Field(*root, "", report),
                      {"upstream", "models", "model_files", "catalog", "migrations", "retirements",
                       "prometheus_url", "workloads", "budget", "adaptive", "probes", "state"});
    read_sections(top, probes, config);
  }
  for (const auto& info : probes) {
    ProbeConfig& probe = config.probes.at(info.name);
    if (probe.timeout == Duration::zero()) probe.timeout = config.upstream.timeout;
  }
  if (problems.empty()) return config;
  sort_by_place(problems, path);
  return tl::make_unexpected(std::move(problems));
}

tl::expected<Config, std::vector<Problem>> load_config(const std::string& path,
                                                       std::span<const ProbeInfo> probes) {
  const auto text = read_small_file(path);
  if (text) return parse_config(*text, path, probes);
  std::vector<Problem> problems{{path, 1, kWholeFile, "cannot read it: " + text.error().message}};
  return tl::make_unexpected(std::move(problems));
}

}  // namespace together
