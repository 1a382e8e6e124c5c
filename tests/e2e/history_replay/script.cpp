// The script of a life.
#include "tests/e2e/history_replay/script.h"

#include <algorithm>
#include <array>
#include <set>

#include "simulator/catalog.h"

namespace together::history {
namespace {

using namespace std::chrono_literals;
using simulator::Action;
using simulator::Event;
using std::chrono::days;

/// How long before its day a removal is on the page, taken in turn. The recordings say only how the
/// page looked on three days; Together promises two to three weeks, and less for previews.
constexpr std::array kNotices{days(21), days(14), days(12), days(3), days(1)};
constexpr std::size_t kStillListedOneOf = 5;  ///< of the removed ids, 40 of 210 were still listed
constexpr auto kAbsence = days(10);           ///< of a model that goes, comes back and goes again

class Writer {
 public:
  explicit Writer(LifeScript& life) : life_(life) {}

  void add_model(const std::string& id) {
    simulator::ModelSpec spec;
    spec.id = id;
    spec.type = "chat";
    spec.serverless = true;
    life_.scenario.models.push_back(spec);
    life_.tracked.push_back(id);
  }
  Event& at(WallTime when, Action action, std::string model = "") {
    Event event;
    event.at = when - life_.start;
    event.action = action;
    event.model = std::move(model);
    life_.scenario.events.push_back(std::move(event));
    return life_.scenario.events.back();
  }
  void remove(const std::string& model, WallTime when, bool keep_listed) {
    at(when, Action::kRemove, model).keep_listed = keep_listed;
    life_.gone[model].push_back({when, std::nullopt});
  }
  void restore(const std::string& model, WallTime when) {
    at(when, Action::kRestore, model);
    life_.gone[model].back().until = when;
    ++life_.returns;
  }

  /// From now on `from` is gone when `to` is.
  void lead(const std::string& from, const std::string& to, WallTime when) {
    for (auto& spell : life_.gone[from]) {
      if (spell.from <= when && !spell.until) spell.until = when;
    }
    for (const auto& spell : std::vector<Gone>(life_.gone[to])) {
      if (!spell.until || *spell.until > when) {
        life_.gone[from].push_back({std::max(spell.from, when), spell.until});
      }
    }
  }

  /// Faults that must move nothing, spread over the life; `touchable` are models never removed.
  void faults(const std::vector<std::string>& touchable) {
    constexpr std::array kFailures{simulator::Failure::k503, simulator::Failure::k500,
                                   simulator::Failure::k521, simulator::Failure::kHang,
                                   simulator::Failure::kClose};
    constexpr std::array kLists{simulator::ListMode::kEmpty, simulator::ListMode::kShrink,
                                simulator::ListMode::kCut, simulator::ListMode::kHtml,
                                simulator::ListMode::kDrop};
    std::size_t turn = 0;
    for (WallTime when = life_.start + days(9); when + days(9) < life_.end; when += days(17)) {
      Event& outage = at(when, Action::kFailAll);
      outage.failure = kFailures[turn % kFailures.size()];
      outage.lasts = std::chrono::hours(1 + turn % 30);
      ++life_.outages;

      Event& list = at(when + days(3), Action::kListMode);
      list.list_mode = kLists[turn % kLists.size()];
      list.fraction = 0.6;
      at(when + days(4), Action::kListMode).list_mode = simulator::ListMode::kNormal;
      ++life_.list_faults;

      if (turn % 4 == 0) {
        at(when + days(5), Action::kRejectKey);
        at(when + days(5) + 1h, Action::kAcceptKey);
        ++life_.rejected_keys;
      }
      for (std::size_t i = turn; i < touchable.size(); i += 7) {
        at(when + days(6), Action::kFlap, touchable[i]).fraction = 0.25;
        at(when + days(9), Action::kFlap, touchable[i]).fraction = 0;
        ++life_.flapping_spells;
        const std::string& other = touchable[(i + 3) % touchable.size()];
        at(when + days(10), Action::kRateLimit, other).lasts = 36h;
        ++life_.throttled_spells;
      }
      const auto how = static_cast<BrokenPage::How>(turn % 3);
      life_.broken_pages.push_back({how, when + days(11), when + days(12)});
      ++turn;
    }
  }

  void finish() {
    auto& events = life_.scenario.events;
    std::stable_sort(events.begin(), events.end(),
                     [](const Event& a, const Event& b) { return a.at < b.at; });
  }

 private:
  LifeScript& life_;
};

/// Serverless chat models of the simulator's own that nothing is going to happen to.
std::vector<std::string> settled_models(const std::set<std::string>& but) {
  std::vector<std::string> ids;
  for (const auto& model : simulator::generate_catalog(1)) {
    if (model.serverless && answers_chat(model) && !but.contains(model.id)) ids.push_back(model.id);
  }
  return ids;
}

/// The page writes display names; these are the ids that were meant.
std::string id_of(const std::string& written) {
  if (written.find('/') != std::string::npos) return written;
  return (written.starts_with("Kimi") ? "moonshotai/" : "deepseek-ai/") + written;
}

void write_removals(const Past& past, LifeScript& life, Writer& writer) {
  std::map<std::string, std::set<Day>> days_of;
  for (const auto& row : past.removals) days_of[row.model].insert(row.date);
  std::size_t turn = 0;
  for (const auto& [model, dates] : days_of) {
    writer.add_model(model);
    for (auto date = dates.begin(); date != dates.end(); ++date, ++turn) {
      const WallTime happens = *date + 10h + std::chrono::minutes(turn % 480);
      writer.remove(model, happens, turn % kStillListedOneOf == 0);
      life.publications.push_back({model, *date, *date - kNotices[turn % kNotices.size()] + 9h});
      if (std::next(date) != dates.end()) writer.restore(model, happens + kAbsence);
    }
  }
}

void write_redirects(const Past& past, LifeScript& life, Writer& writer) {
  // On the page since December 2025; each was promised three days ahead.
  WallTime happens = *parse_day("2025-12-05");
  std::set<std::string> known(life.tracked.begin(), life.tracked.end());
  for (const auto& [from, to] : past.redirects) {
    const PublishedRedirect redirect{id_of(from), id_of(to), from, to, happens - days(3), happens};
    for (const auto& id : {redirect.to, redirect.from}) {
      if (known.insert(id).second) writer.add_model(id);
    }
    life.redirects.push_back(redirect);
    writer.at(happens, Action::kRedirect, redirect.from).to = redirect.to;
    writer.lead(redirect.from, redirect.to, happens);
    happens += days(7);
  }
}

}  // namespace

bool LifeScript::is_gone(const std::string& model, WallTime at) const {
  const auto found = gone.find(model);
  if (found == gone.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](const Gone& spell) {
    return spell.from <= at && (!spell.until || at < *spell.until);
  });
}

LifeScript past_life(const Past& past) {
  LifeScript life;
  life.start = *parse_day("2024-07-15");
  life.end = *parse_day("2026-09-15");
  Writer writer(life);
  write_removals(past, life, writer);
  write_redirects(past, life, writer);
  const std::set<std::string> known(life.tracked.begin(), life.tracked.end());
  const auto settled = settled_models(known);
  life.tracked.insert(life.tracked.end(), settled.begin(), settled.end());
  writer.faults(settled);
  writer.finish();
  life.captures = past.captures;
  return life;
}

LifeScript normal_life(int models, int years) {
  LifeScript life;
  life.start = *parse_day("2026-09-15");
  life.end = life.start + days(365 * years);
  Writer writer(life);
  for (int i = 0; i < models; ++i) writer.add_model("settled/model-" + std::to_string(i));
  writer.faults(life.tracked);
  writer.finish();
  return life;
}

}  // namespace together::history
