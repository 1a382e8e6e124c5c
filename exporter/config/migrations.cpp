// The section `migrations`: which model takes the place of which.
#include <set>

#include "exporter/config/sections.h"
#include "exporter/yaml/section.h"
#include "exporter/yaml/words.h"

namespace together {
namespace {

struct Step {
  std::string to;
  Field field;
};

// Every model has at most one successor here, so a walk either ends or comes round. Each cycle is
// reported once, at its last migration in the file.
void report_cycles(const std::map<std::string, Step>& steps) {
  std::set<std::string> done;
  for (const auto& [start, _] : steps) {
    std::vector<std::map<std::string, Step>::const_iterator> walk;
    std::set<std::string> on_walk;
    auto at = steps.find(start);
    while (at != steps.end() && !done.contains(at->first) && on_walk.insert(at->first).second) {
      walk.push_back(at);
      at = steps.find(at->second.to);
    }
    if (at != steps.end() && on_walk.contains(at->first)) {
      std::string names = in_quotes(at->first);
      auto last = at;
      for (auto step = at; step != steps.end();) {
        if (step->second.field.line() > last->second.field.line()) last = step;
        names += " -> " + in_quotes(step->second.to);
        step = steps.find(step->second.to);
        if (step == at) break;
      }
      last->second.field.wrong("migrations go round in a circle (" + names +
                               "); remove one of them");
    }
    for (const auto& step : walk) done.insert(step->first);
  }
}

// The exporter follows a chain this far.
constexpr int kLongestChain = 5;

/// Reported once a chain, at the step that is too much.
void report_long_chains(const std::map<std::string, Step>& steps) {
  std::set<std::string> targets;
  for (const auto& [from, step] : steps) targets.insert(step.to);
  for (const auto& [start, _] : steps) {
    if (targets.contains(start)) continue;  // not where a chain begins
    int length = 0;
    for (auto at = steps.find(start); at != steps.end(); at = steps.find(at->second.to)) {
      if (++length <= kLongestChain) continue;
      at->second.field.wrong("the migrations from " + in_quotes(start) + " to " +
                             in_quotes(at->second.to) + " are a chain of more than " +
                             std::to_string(kLongestChain) + "; name a nearer successor");
      break;
    }
  }
}

}  // namespace

void read_migrations(const Field& field, std::vector<MigrationConfig>& migrations) {
  const auto entries = field.list();
  if (!entries) return;
  std::set<std::string> seen;
  std::map<std::string, Step> steps;
  for (const auto& entry : *entries) {
    const Section section(entry, {"from", "to", "breaking_changes"});
    MigrationConfig migration;
    const Field* from = section.need("from", "write the id of the model that is replaced");
    const Field* to = section.need("to", "write the id of the model that replaces it");
    if (from) migration.from = from->model_id().value_or("");
    if (to) migration.to = to->model_id().value_or("");
    if (!migration.from.empty() && !migration.to.empty()) {
      if (migration.from == migration.to) {
        to->wrong(in_quotes(migration.to) + " is a migration to itself; name another model");
      } else {
        steps.try_emplace(migration.from, Step{migration.to, *to});
      }
    }
    if (!migration.from.empty() && !seen.insert(migration.from).second) {
      from->wrong("model " + in_quotes(migration.from) + " has a migration already; keep one");
    }
    if (const Field* changes = section.find("breaking_changes")) {
      for (const auto& change : changes->list().value_or(std::vector<Field>())) {
        if (const auto text = change.name()) migration.breaking_changes.push_back(*text);
      }
    }
    migrations.push_back(std::move(migration));
  }
  report_cycles(steps);
  report_long_chains(steps);
}

}  // namespace together
