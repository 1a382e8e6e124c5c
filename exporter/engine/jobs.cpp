// What there is to look at.
#include "exporter/engine/jobs.h"

#include <algorithm>

#include "exporter/core/stable_hash.h"

namespace together {
namespace {

template <class Range, class Value>
bool contains(const Range& range, const Value& value) {
  return std::find(range.begin(), range.end(), value) != range.end();
}

const ModelConfig* configured(const Config& config, const std::string& id) {
  const auto found = std::find_if(config.models.begin(), config.models.end(),
                                  [&](const ModelConfig& model) { return model.id == id; });
  return found == config.models.end() ? nullptr : &*found;
}

/// Evidence comes from the authority; where a model does without, from what it has.
Duration look_interval(const Config& config, const ModelConfig* model) {
  if (model == nullptr || !model->probes || contains(*model->probes, kServing)) {
    return config.probes.at(kServing).interval;
  }
  Duration longest{};
  for (const auto& probe : *model->probes) {
    longest = std::max(longest, config.probes.at(probe).interval);
  }
  return longest;
}

/// Whether a probe that is off runs all the same, on the models that name it.
bool named(const Config& config, const std::string& probe) {
  if (config.probes.at(probe).forbidden) return false;
  return std::any_of(config.models.begin(), config.models.end(), [&](const ModelConfig& model) {
    return model.probes && contains(*model.probes, probe);
  });
}

bool wanted(const ProbeInfo& info, bool enabled, const ModelConfig* tracked, Modality modality) {
  if (tracked != nullptr && tracked->probes) return contains(*tracked->probes, info.name);
  if (!enabled || (tracked == nullptr && !info.for_fallbacks)) return false;
  return contains(info.modalities, modality);
}

std::vector<WorkloadQuery> workload_queries(const Config& config) {
  std::vector<WorkloadQuery> queries;
  for (const auto& workload : config.workloads) {
    for (const auto& [direction, expression] : workload.queries) {
      queries.push_back({workload.name, direction, config.prometheus_url, expression});
    }
  }
  return queries;
}

}  // namespace

std::shared_ptr<const ProbeSet> make_probes(const Config& config,
                                            std::span<const ProbeType> types) {
  auto probes = std::make_shared<ProbeSet>();
  for (const auto& type : types) {
    const ProbeConfig& settings = config.probes.at(type.info.name);
    if (!settings.enabled && !named(config, type.info.name)) continue;
    const Duration timeout =
        settings.timeout == Duration{} ? config.upstream.timeout : settings.timeout;
    probes->by_name[type.info.name] = {
        type.make({settings.settings, config.retirement_sources, workload_queries(config)}),
        timeout};
  }
  return probes;
}

std::vector<std::string> authorities(const ProbeSet& probes) {
  std::vector<std::string> names;
  for (const auto& [name, entry] : probes.by_name) {
    if (entry.probe->info().authority) names.push_back(name);
  }
  return names;
}

LedgerSettings ledger_settings(const Config& config) {
  const ProbeConfig& serving = config.probes.at(kServing);
  LedgerSettings settings;
  settings.confirmations.removed_after = static_cast<int>(serving.settings.number("removed_after"));
  settings.confirmations.down_after = static_cast<int>(serving.settings.number("down_after"));
  settings.confirm_interval = serving.settings.duration("confirm_interval");
  settings.look_interval = look_interval(config, nullptr);
  settings.watched_headers = config.probes.at("api_version").settings.names("headers");
  settings.shape_learning = config.probes.at("shape").settings.duration("learning_period");
  for (const auto& migration : config.migrations) {
    settings.migrations.emplace(migration.from, migration.to);
  }
  const auto reader = config.probes.find(kRetirements);
  if (reader != config.probes.end() && reader->second.enabled) {
    settings.sources = config.retirement_sources;
  }
  settings.workload_queries = workload_queries(config);
  return settings;
}

std::vector<WatchedModel> tracked_models(const Config& config) {
  std::vector<WatchedModel> tracked;
  for (const auto& model : config.models) {
    WatchedModel one{model.id, true, "", model.fallbacks, look_interval(config, &model)};
    if (const auto team = model.labels.find("team"); team != model.labels.end()) {
      one.team = team->second;
    }
    tracked.push_back(std::move(one));
  }
  return tracked;
}

std::vector<JobSpec> jobs_for(const Config& config, const ProbeSet& probes,
                              const std::map<std::string, ModelBelief>& models,
                              bool catalogue_seen) {
  std::vector<JobSpec> jobs;
  for (const auto& [name, entry] : probes.by_name) {
    const ProbeInfo& info = entry.probe->info();
    const Duration interval = config.probes.at(name).interval;
    if (info.scope == Scope::kAccount) {
      for (const auto& part : info.parts) {
        jobs.push_back(
            {{name, "", part.name}, part.interval > Duration{} ? part.interval : interval});
      }
    } else if (info.scope == Scope::kModel) {
      for (const auto& [id, belief] : models) {
        if (!belief.ever_listed && !catalogue_seen) continue;
        if (wanted(info, config.probes.at(name).enabled, configured(config, id),
                   belief.entry.modality)) {
          jobs.push_back({{name, id, ""}, interval});
        }
      }
    }
  }
  return jobs;
}

void keep_shard(Config& config, int index, int total) {
  config.budget_usd_per_day /= total;
  std::erase_if(config.models, [&](const ModelConfig& model) {
    return stable_hash({model.id}) % static_cast<unsigned>(total) != static_cast<unsigned>(index);
  });
}

}  // namespace together
