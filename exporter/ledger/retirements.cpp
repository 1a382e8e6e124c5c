// What retirement sources say, as believed.
#include "exporter/ledger/retirements.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace together {
namespace {

using namespace std::chrono_literals;

constexpr int kEqualAnswers = 3;
constexpr auto kSuspicionSpan = std::chrono::days(7);

bool same_place(const RetirementSource& a, const RetirementSource& b) {
  return std::tie(a.kind, a.url, a.file, a.columns) == std::tie(b.kind, b.url, b.file, b.columns);
}

/// More than a fifth is gone.
bool shrank(std::size_t before, std::size_t now) { return now * 5 < before * 4; }

/// Pages lose rows only by mistake; a list of prices, or the operator's own, has reasons.
bool is_page(const RetirementSource& source) {
  return source.kind == "together_page" || source.kind == "markdown_table";
}

using RowKey = std::pair<std::string, Surface>;
using DatesSeen = std::map<RowKey, std::map<std::optional<Day>, WallTime>>;

/// The known id, else the name itself.
std::string meaning(const Names& names, const std::string& name, bool by_display_name) {
  return name.empty() ? "" : names.resolve(name, by_display_name).value_or(name);
}

void merge(Notice& notice, const Notice& row) {
  const bool later = row.date > notice.date;  // no date comes before every date
  if (later) {
    notice.date = row.date;
    notice.announced = row.announced;
  }
  if (!row.replacement.empty() && (later || notice.replacement.empty())) {
    notice.replacement = row.replacement;
  }
}

}  // namespace

std::vector<std::string> RetirementBook::configure(const std::vector<RetirementSource>& sources) {
  std::map<std::string, SourceBelief> kept;
  for (const auto& source : sources) {
    const auto known = sources_.find(source.name);
    SourceBelief belief;
    if (known != sources_.end() && same_place(known->second.source, source)) {
      belief = std::move(known->second);
      sources_.erase(known);
    }
    belief.source = source;
    kept.emplace(source.name, std::move(belief));
  }
  std::vector<std::string> forgotten;
  for (const auto& [name, belief] : sources_) forgotten.push_back(name);
  sources_ = std::move(kept);
  return forgotten;
}

void RetirementBook::restore(SourceBelief belief) {
  const auto known = sources_.find(belief.source.name);
  if (known == sources_.end() || !same_place(known->second.source, belief.source)) return;
  belief.source = known->second.source;  // its interval may be another one
  known->second = std::move(belief);
}

RetirementBook::Folded RetirementBook::fold(const Observation& seen) {
  const auto known = sources_.find(seen.target.part);
  if (known == sources_.end()) return {};
  SourceBelief& belief = known->second;
  const auto* facts = std::get_if<RetirementFacts>(&seen.facts);
  if (seen.outcome != Outcome::kOk || facts == nullptr) return broken(belief, seen.detail);
  if (facts->unchanged && belief.rows.empty()) {
    return broken(belief, "it says that nothing changed, and nothing is known of it");
  }
  Folded folded;
  if (!facts->unchanged) {
    const auto before = belief.rows.size() + belief.redirects.size();
    const auto now = facts->rows.size() + facts->redirects.size();
    if (is_page(belief.source) && shrank(before, now)) {
      auto& suspicion = belief.suspicion;
      if (!suspicion || suspicion->rows != facts->rows) suspicion = {facts->rows, 0, seen.at};
      ++suspicion->answers;
      if (suspicion->answers < kEqualAnswers || seen.at - suspicion->since < kSuspicionSpan) {
        return broken(
            belief, "it shrank from " + std::to_string(before) + " rows to " + std::to_string(now));
      }
    }
    folded.rows_changed = true;
    accept(belief, *facts, seen.at);
  }
  folded.up_changed = belief.up == false;
  belief.up = true;
  belief.trouble.clear();
  belief.suspicion.reset();
  if (!belief.first_success) belief.first_success = seen.at;
  belief.last_success = seen.at;
  return folded;
}

RetirementBook::Folded RetirementBook::broken(SourceBelief& belief, std::string why) {
  Folded folded;
  folded.up_changed = belief.up != false;
  belief.up = false;
  belief.trouble = std::move(why);
  return folded;
}

void RetirementBook::accept(SourceBelief& belief, const RetirementFacts& facts, WallTime at) {
  DatesSeen before;
  for (const auto& [row, first_seen] : belief.rows) {
    before[{row.model, row.surface}].emplace(row.date, first_seen);
  }
  std::map<RowKey, std::set<std::optional<Day>>> now;
  for (const auto& row : facts.rows) now[{row.model, row.surface}].insert(row.date);

  const auto first_seen = [&](const Retirement& row) {
    const RowKey key{row.model, row.surface};
    const auto known = before.find(key);
    if (known == before.end()) return at;
    if (const auto same = known->second.find(row.date); same != known->second.end()) {
      return same->second;
    }
    for (const auto& [date, seen] : known->second) {
      if (!now.at(key).contains(date)) return seen;  // that date moved to this one
    }
    return at;
  };
  std::vector<AnnouncedRow> rows;
  rows.reserve(facts.rows.size());
  for (const auto& row : facts.rows) rows.push_back({row, first_seen(row)});
  belief.rows = std::move(rows);
  belief.redirects = facts.redirects;
  belief.validators = facts.validators;
}

Announcements RetirementBook::announcements(const Names& names) const {
  Announcements told;
  for (const auto& [source, belief] : sources_) {
    const bool display_names = belief.source.kind == "markdown_table";
    for (const auto& [row, first_seen] : belief.rows) {
      const Notice notice{source, row.surface, row.date,
                          meaning(names, row.replacement, display_names), first_seen};
      auto& notices = told.notices[meaning(names, row.model, display_names)];
      const auto same = std::find_if(notices.begin(), notices.end(), [&](const Notice& other) {
        return other.source == notice.source && other.surface == notice.surface;
      });
      if (same == notices.end()) {
        notices.push_back(notice);
      } else {
        merge(*same, notice);
      }
    }
    for (const auto& redirect : belief.redirects) {
      told.redirects[meaning(names, redirect.from, true)].push_back(
          {source, meaning(names, redirect.to, true)});
    }
  }
  return told;
}

}  // namespace together
