// What there is to look at: jobs and watched models, as the configuration asks for them.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "exporter/config/config.h"
#include "exporter/core/probe.h"
#include "exporter/ledger/ledger.h"
#include "exporter/schedule/plan.h"
#include "exporter/schedule/scheduler.h"

namespace together {

/// The authority on models that chat; its settings confirm the word of every authority.
inline constexpr const char* kServing = "serving";

/// The probe that reads retirement sources, each a part of its own.
inline constexpr const char* kRetirements = "retirements";

/// Every probe that the configuration enables or that a model asks for by name, made from its
/// settings.
std::shared_ptr<const ProbeSet> make_probes(const Config& config, std::span<const ProbeType> types);

/// The probes whose word on absence and failure counts. A model's modality has at most one.
std::vector<std::string> authorities(const ProbeSet& probes);

LedgerSettings ledger_settings(const Config& config);

/// The configured models with their fallbacks; the ledger adds what it must watch for their sake.
std::vector<WatchedModel> tracked_models(const Config& config);

/// One job for every enabled probe and target it fits. A model's modality is what the ledger has
/// learned; a model never listed is kUnknown, and waits for the first catalogue verdict.
std::vector<JobSpec> jobs_for(const Config& config, const ProbeSet& probes,
                              const std::map<std::string, ModelBelief>& models,
                              bool catalogue_seen);

/// Leaves the tracked models of one share of several: each model is in exactly one, by a hash of
/// its id, whatever else is configured. The budget is shared evenly. Requires: 0 <= index < total.
void keep_shard(Config& config, int index, int total);

}  // namespace together
