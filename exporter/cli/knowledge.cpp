// What is known of model ids, for a scan.
#include "exporter/cli/knowledge.h"

#include <chrono>
#include <iostream>
#include <set>
#include <thread>

#include "exporter/core/text.h"
#include "exporter/engine/jobs.h"
#include "exporter/engine/purse.h"

namespace together {
namespace {

using namespace std::chrono_literals;

constexpr const char* kCatalog = "catalog";
constexpr std::size_t kShownBytes = 300;
constexpr auto kBeforeRetry = 1s;  ///< after a failure; an absence is confirmed at once

WallTime now() { return std::chrono::system_clock::now(); }

void warn(const std::string& what) {
  std::cerr << "together-exporter scan: " << one_line(what, kShownBytes) << '\n';
}

/// A day on which it leaves inference, and who says so: the latest, as in Notice.
void take_notices(const Ledger& ledger, KnownId& known) {
  const auto found = ledger.announcements().notices.find(known.id);
  if (found == ledger.announcements().notices.end()) return;
  for (const auto& notice : found->second) {
    if (notice.surface != Surface::kInference || !notice.date) continue;
    if (known.removal && *known.removal >= *notice.date) continue;
    known.removal = notice.date;
    known.source = notice.source;
  }
}

KnownId describe(const Ledger& ledger, const std::string& id) {
  KnownId known;
  known.id = id;
  if (const auto model = ledger.models().find(id); model != ledger.models().end()) {
    known.state = to_string(model->second.state);
  }
  take_notices(ledger, known);
  if (const auto successor = ledger.successor(id)) {
    known.replacement = successor->id;
  } else if (const auto replacements = ledger.replacements(id); !replacements.empty()) {
    known.replacement = replacements.front().id;
  }
  return known;
}

/// Whether another look would change what is believed.
bool is_open(const ModelBelief& model, const Confirmations& confirmations) {
  const Looks& looks = model.looks;
  const auto between = [](int in_row, int needed) { return in_row > 0 && in_row < needed; };
  return between(looks.absent_in_row, confirmations.removed_after) ||
         between(looks.blocked_in_row, confirmations.removed_after) ||
         between(looks.failing_in_row, confirmations.down_after);
}

}  // namespace

std::vector<KnownId> known_ids(const Ledger& ledger) {
  std::set<std::string> ids = ledger.names().ids();
  for (const auto& [id, notices] : ledger.announcements().notices) ids.insert(id);
  for (const auto& [id, model] : ledger.models()) ids.insert(id);
  std::vector<KnownId> known;
  known.reserve(ids.size());
  for (const auto& id : ids) known.push_back(describe(ledger, id));
  return known;
}

Result<void> learn_lists(Looker& looker, const Config& config, Ledger& ledger) {
  for (const auto& [name, entry] : looker.probes().by_name) {
    if (name != kCatalog && name != kRetirements) continue;
    for (const auto& part : entry.probe->info().parts) {
      const auto look = looker.look(name, {"", part.name, Modality::kUnknown, {}});
      const Observation& seen = look.observations.front();
      ledger.apply(look.observations, now());
      if (seen.outcome == Outcome::kOk) continue;
      const std::string why = part.name + ": " + seen.detail;
      if (name == kCatalog) {
        return fail("cannot read the model list " + why + " (" + config.upstream.base_url + ")");
      }
      warn("the retirement source " + why);
    }
  }
  return {};
}

void learn_states(Looker& looker, Config config, const std::vector<std::string>& ids,
                  Ledger& ledger) {
  config.models.clear();
  for (const auto& id : ids) config.models.push_back({id, {}, {}, {}});
  ledger.configure(ledger_settings(config), tracked_models(config), now());
  const Confirmations confirmations = ledger_settings(config).confirmations;
  const int most_looks = 2 * (confirmations.removed_after + confirmations.down_after);
  Purse purse(ledger, config.budget_usd_per_day);
  std::set<std::string> looked_at;
  const auto look_at = [&](const JobKey& job) {
    const Target target{job.model, "", ledger.models().at(job.model).entry.modality, {}};
    const auto most = looker.probes().at(job.probe).probe->most_billed(target);
    if (!purse.reserve(job, most, now())) return false;
    auto look = looker.look(job.probe, target);
    Seen seen;
    seen.job = job;
    seen.target = target;
    seen.status = look.exchange.status;
    seen.observations = look.observations;
    purse.settle(seen, most, now());
    ledger.apply(look.observations, now());
    return true;
  };
  // An answer that names another model adds one to watch: until nothing is new.
  for (bool more = true; more;) {
    more = false;
    for (const auto& job : jobs_for(config, looker.probes(), ledger.models(), true)) {
      if (!looker.probes().at(job.key.probe).probe->info().authority) continue;
      if (!looked_at.insert(job.key.model).second) continue;
      more = true;
      for (int looks = 0; looks < most_looks; ++looks) {
        if (!look_at(job.key)) {
          warn("no budget is left today: " + job.key.model + " and others are not looked at");
          return;
        }
        const auto model = ledger.models().find(job.key.model);
        if (model == ledger.models().end() || !is_open(model->second, confirmations)) break;
        if (model->second.looks.failing_in_row > 0) std::this_thread::sleep_for(kBeforeRetry);
      }
    }
  }
  // An absence counts where the same key works: the list says so once more.
  if (looker.probes().by_name.contains(kCatalog)) {
    const auto look = looker.look(kCatalog, {"", "all", Modality::kUnknown, {}});
    ledger.apply(look.observations, now());
  }
}

}  // namespace together
