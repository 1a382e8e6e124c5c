// A life.
#include "tests/e2e/history_replay/life.h"

#include <algorithm>
#include <stdexcept>

#include "exporter/config/load.h"
#include "exporter/core/duration.h"
#include "exporter/engine/retirement_metrics.h"
#include "probes/probes.h"

namespace together::history {
namespace {

using namespace std::chrono_literals;

constexpr auto kTick = std::chrono::hours(1);  ///< so often evidence may grow old

Config config_for(const LifeScript& script, Duration look_interval) {
  std::string yaml = "models:\n";
  for (const auto& id : script.tracked) yaml += "  - {id: '" + id + "'}\n";
  yaml +=
      "retirements:\n  sources:\n    - {name: together, kind: together_page, "
      "url: 'https://docs.example.com/deprecations.md', interval: 6h}\n"
      "probes:\n  stream: {enabled: false}\n  catalog: {interval: 1d}\n  serving: {interval: " +
      format_duration(look_interval) + "}\n";
  std::vector<ProbeInfo> infos;
  for (const auto& type : probe_types()) infos.push_back(type.info);
  auto config = parse_config(yaml, "history.yml", infos);
  if (!config) throw std::logic_error(to_string(config.error().front()));
  return std::move(*config);
}

/// Whether the metrics page would hold that series.
bool exports(const Ledger& ledger, const Publication& row) {
  SampleSink sink;
  collect_retirements(ledger, row.model, sink);
  for (const auto& family : sink.take()) {
    if (family.name != "together_model_retirement_timestamp_seconds") continue;
    for (const auto& metric : family.metric) {
      if (metric.gauge.value >= to_unix_seconds(row.date)) return true;
    }
  }
  return false;
}

}  // namespace

Life::Life(const LifeScript& script, Provider& provider, Duration look_interval)
    : script_(script),
      provider_(provider),
      config_(config_for(script, look_interval)),
      probes_(make_probes(config_, probe_types())),
      ledger_(ledger_settings(config_), tracked_models(config_), script.start),
      now_(script.start) {
  plan();
}

const Record& Life::live() {
  WallTime next_tick = now_ + kTick;
  while (now_ < script_.end) {
    const auto until_tick = next_tick - now_;
    const auto until_job =
        std::max<Duration>(plan_.next_due().value_or(MonoTime::max()) - mono_, 0s);
    const Duration step = std::min<Duration>(until_tick, until_job);
    mono_ += step;
    now_ += std::chrono::duration_cast<WallTime::duration>(step);
    for (const auto& due : plan_.take_due(mono_)) look(due.key);
    if (now_ < next_tick) continue;
    ledger_.tick(now_);
    note_all();
    next_tick = now_ + kTick;
  }
  return record_;
}

void Life::plan() {
  plan_.set_jobs(jobs_for(config_, *probes_, ledger_.models(), ledger_.up().has_value()), mono_);
}

void Life::look(const JobKey& key) {
  Target target{key.model, key.part, Modality::kUnknown, {}};
  if (const auto model = ledger_.models().find(key.model); model != ledger_.models().end()) {
    target.modality = model->second.entry.modality;
  }
  const Request request = make_request(probes_->at(key.probe), target);
  const auto seen = judge_all(*probes_, key.probe, target, provider_.answer(request, now_));
  count_look(seen.front());
  const bool first_verdict = !ledger_.up();
  const Applied applied = ledger_.apply(seen, now_);
  plan_.finished(key, mono_);
  if (applied.models_changed || (first_verdict && ledger_.up())) plan();
  for (const auto& sooner : applied.sooner) {
    plan_.sooner(kServing, sooner.model, mono_ + sooner.in);
  }
  if (ledger_.gated() != was_gated_) {
    was_gated_ = !was_gated_;
    if (was_gated_) ++record_.gates_closed;
    note_all();
  }
  if (key.probe == kRetirements) {
    note_page();
  } else if (!key.model.empty()) {
    note(key.model);
  } else {
    note_all();
  }
}

/// Counts what was answered: an outage in between confirms nothing.
void Life::count_look(const Observation& seen) {
  if (seen.probe == kRetirements) ++record_.page_looks;
  const auto* facts = std::get_if<ServingFacts>(&seen.facts);
  if (facts == nullptr) return;
  ++record_.looks;
  int& count = looks_since_gone_[seen.target.model];
  const bool absent = facts->look == Look::kNotFound || facts->look == Look::kNonServerless;
  if (!script_.is_gone(seen.target.model, now_)) {
    count = 0;
  } else {
    record_.asked_while_gone.insert(seen.target.model);
    if (absent) ++count;
  }
}

void Life::note(const std::string& id) {
  const auto model = ledger_.models().find(id);
  if (model == ledger_.models().end()) return;
  ModelState& known = states_.try_emplace(id, ModelState::kUnknown).first->second;
  if (known == model->second.state) return;
  known = model->second.state;
  record_.entries.push_back({id, known, now_, looks_since_gone_[id]});
  if (known != ModelState::kRedirected) return;
  for (std::size_t i = 0; i < script_.redirects.size(); ++i) {
    if (script_.redirects[i].from == id) record_.redirect_observed.try_emplace(i, now_);
  }
}

void Life::note_all() {
  for (const auto& [id, model] : ledger_.models()) note(id);
}

void Life::note_page() {
  for (std::size_t i = 0; i < script_.publications.size(); ++i) {
    const Publication& row = script_.publications[i];
    if (row.published > now_ || record_.announced.contains(i)) continue;
    if (exports(ledger_, row)) record_.announced[i] = now_;
  }
  for (std::size_t i = 0; i < script_.redirects.size(); ++i) {
    const PublishedRedirect& redirect = script_.redirects[i];
    if (record_.redirect_announced.contains(i)) continue;
    for (const auto& other : ledger_.replacements(redirect.from)) {
      if (other.id == redirect.to && other.source == kRedirectSource) {
        record_.redirect_announced[i] = now_;
      }
    }
  }
}

}  // namespace together::history
