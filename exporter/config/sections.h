// The rules of each section of the configuration. Each function reads one section into `config`
// and reports to the field's report what is wrong.
#pragma once

#include <span>

#include "exporter/config/config.h"
#include "exporter/core/probe.h"
#include "exporter/yaml/field.h"

namespace together {

void read_upstream(const Field& field, UpstreamConfig& upstream);
void read_models(const Field& field, std::span<const ProbeInfo> probes,
                 std::vector<ModelConfig>& models);
/// Adds the models of each file. Requires: `models` holds what the section `models` names, which
/// wins over a file.
void read_model_files(const Field& field, std::vector<ModelConfig>& models);
void read_catalog(const Field& field, Config& config);
void read_migrations(const Field& field, std::vector<MigrationConfig>& migrations);
void read_retirements(const Field& field, std::vector<RetirementSource>& sources);
void read_prometheus_url(const Field& field, Config& config);
/// Requires: `config.prometheus_url` holds what the key of that name says.
void read_workloads(const Field& field, Config& config);
void read_budget(const Field& field, Config& config);
void read_probes(const Field& field, std::span<const ProbeInfo> known,
                 std::map<std::string, ProbeConfig>& probes);
void read_state(const Field& field, Config& config);

/// What every known probe does where the configuration says nothing of it.
std::map<std::string, ProbeConfig> default_probes(std::span<const ProbeInfo> known);

}  // namespace together
