// What a life showed, held against what was true.
#include "tests/e2e/history_replay/verdict.h"

#include <algorithm>
#include <iomanip>
#include <sstream>

#include "exporter/core/duration.h"

namespace together::history {
namespace {

using namespace std::chrono_literals;

constexpr const char* kIntroduction =
    "# Held against the service's own past\n\n"
    "What the exporter would have said, had it run from July 2024 to September 2026: its probes, "
    "its "
    "ledger and its plan against the\nsimulator, under a clock that jumps from one look to the "
    "next. "
    "Every row of Together's removal table of August 2026 happens on its\nday, every redirect is "
    "answered by the other model, the recorded model lists take the place of the simulator's on "
    "their "
    "dates, and a\nfifth of what is removed stays listed. Between them: outages of one to thirty "
    "hours (5xx, 521, silence, closed connections), lists that\nare empty, cut, shrunken or HTML, "
    "a "
    "rejected key, models of which every fourth answer fails, 429 for days, a page that is cut, "
    "empty\nor gone, and models that come back and go again.\n\n"
    "One thing is not recorded: when each row was first published. Rows are published 21, 14, 12, "
    "3 "
    "or 1 days ahead in turn, as Together\npromises; so the lead time says what the exporter keeps "
    "of such notice, not what Together gives.\n\n"
    "The second column is a normal life: models to which nothing happens but those faults.\n\n";
constexpr const char* kReading =
    "\nLooks are far apart here to make years affordable; with the default of five minutes the "
    "hours "
    "become minutes, the number of absent\nanswers stays. A removal counts where the model was "
    "gone "
    "for four days or more. `removed` is entered anew after every closed gate,\nwhich is why it "
    "was "
    "said more often than models were removed. The longest way to `removed` belongs to models that "
    "the recorded list\ncalled images or embeddings for a time: no probe asks those yet, and they "
    "count as not asked where that lasted.\n";

constexpr auto kTimeToSee = std::chrono::days(4);  ///< outages last up to 30 hours
constexpr double kHoursAYear = 365.25 * 24;

double hours(WallTime from, WallTime to) {
  return std::chrono::duration<double, std::ratio<3600>>(to - from).count();
}

std::string number(double value, int digits = 1) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(digits) << value;
  return text.str();
}

std::string spread(std::vector<double> values, int digits = 1) {
  if (values.empty()) return "none";
  std::sort(values.begin(), values.end());
  return "median " + number(values[values.size() / 2], digits) + ", most " +
         number(values.back(), digits);
}

void judge_removals(const LifeScript& script, const Record& record, Verdict& verdict) {
  for (const auto& [model, spells] : script.gone) {
    for (const auto& spell : spells) {
      const WallTime end = std::min(spell.until.value_or(script.end), script.end);
      if (end - spell.from < kTimeToSee) continue;
      ++verdict.removals;
      const auto seen =
          std::find_if(record.entries.begin(), record.entries.end(), [&](const Entry& entry) {
            return entry.model == model && entry.state == ModelState::kRemoved &&
                   entry.at >= spell.from && entry.at < end;
          });
      const auto asked = record.asked_while_gone.find(model);
      if (seen == record.entries.end() && asked == record.asked_while_gone.end()) {
        --verdict.removals;
        verdict.unasked.push_back(model);
        continue;
      }
      if (seen == record.entries.end()) {
        verdict.complaints.push_back("missed: " + model + " gone " + format_time(spell.from));
        continue;
      }
      ++verdict.seen_removed;
      verdict.looks_needed.push_back(seen->looks_since_gone);
      verdict.hours_needed.push_back(hours(spell.from, seen->at));
    }
  }
}

void judge_words(const LifeScript& script, const Record& record, Verdict& verdict) {
  for (const auto& entry : record.entries) {
    const std::string what = entry.model + " at " + format_time(entry.at);
    if (entry.state == ModelState::kDown || entry.state == ModelState::kBlocked) {
      ++verdict.false_down;
      verdict.complaints.push_back(std::string(to_string(entry.state)) + ": " + what);
    }
    if (entry.state != ModelState::kRemoved) continue;
    ++verdict.called_removed;
    if (script.is_gone(entry.model, entry.at)) {
      ++verdict.rightly_removed;
    } else {
      verdict.complaints.push_back("false removal: " + what);
    }
  }
}

void judge_page(const LifeScript& script, const Record& record, Verdict& verdict) {
  for (std::size_t i = 0; i < script.publications.size(); ++i) {
    const Publication& row = script.publications[i];
    ++verdict.published;
    const auto told = record.announced.find(i);
    if (told == record.announced.end()) {
      verdict.complaints.push_back("never announced: " + row.model);
      continue;
    }
    ++verdict.announced;
    verdict.announcement_lag_hours.push_back(hours(row.published, told->second));
    verdict.lead_days.push_back(hours(told->second, row.date) / 24);
  }
  verdict.redirects = static_cast<int>(script.redirects.size());
  verdict.redirects_announced = static_cast<int>(record.redirect_announced.size());
  verdict.redirects_observed = static_cast<int>(record.redirect_observed.size());
  if (verdict.redirects_announced != verdict.redirects ||
      verdict.redirects_observed != verdict.redirects) {
    verdict.complaints.push_back("a redirect was missed");
  }
}

}  // namespace

Verdict judge(const LifeScript& script, const Record& record) {
  Verdict verdict;
  judge_removals(script, record, verdict);
  judge_words(script, record, verdict);
  judge_page(script, record, verdict);
  verdict.model_years =
      static_cast<double>(script.tracked.size()) * hours(script.start, script.end) / kHoursAYear;
  return verdict;
}

std::string report(const LifeScript& past, const Record& past_record, const Verdict& past_verdict,
                   const LifeScript& normal, const Record& normal_record,
                   const Verdict& normal_verdict, const std::string& command,
                   Duration look_interval) {
  std::ostringstream text;
  const auto line = [&](const std::string& what, const std::string& a, const std::string& b) {
    text << "| " << what << " | " << a << " | " << b << " |\n";
  };
  const auto both = [&](const std::string& what, auto pick) {
    line(what, pick(past, past_record, past_verdict), pick(normal, normal_record, normal_verdict));
  };
  const auto most = [](const std::vector<int>& values) {
    return values.empty() ? std::string("none")
                          : std::to_string(*std::max_element(values.begin(), values.end()));
  };
  text << "| | the service's past | normal life |\n| :- | :- | :- |\n";
  both("Days", [](const auto& s, const auto&, const auto&) {
    return number(hours(s.start, s.end) / 24, 0);
  });
  both("Tracked models",
       [](const auto& s, const auto&, const auto&) { return std::to_string(s.tracked.size()); });
  both("Model-years",
       [](const auto&, const auto&, const auto& v) { return number(v.model_years, 0); });
  both("Looks, every " + format_duration(look_interval),
       [](const auto&, const auto& r, const auto&) { return std::to_string(r.looks); });
  both("Outages, broken lists, rejected keys", [](const auto& s, const auto&, const auto&) {
    return std::to_string(s.outages) + ", " + std::to_string(s.list_faults) + ", " +
           std::to_string(s.rejected_keys);
  });
  both("Spells of flapping (a quarter of the answers fail), of 429",
       [](const auto& s, const auto&, const auto&) {
         return std::to_string(s.flapping_spells) + ", " + std::to_string(s.throttled_spells);
       });
  both("Days with a broken page", [](const auto& s, const auto&, const auto&) {
    return std::to_string(s.broken_pages.size());
  });
  both("Models that came back",
       [](const auto& s, const auto&, const auto&) { return std::to_string(s.returns); });
  both("Gates closed and opened",
       [](const auto&, const auto& r, const auto&) { return std::to_string(r.gates_closed); });
  both("**Removals**",
       [](const auto&, const auto&, const auto& v) { return std::to_string(v.removals); });
  both("Removals of models that no probe asks: image, embedding, rerank",
       [](const auto&, const auto&, const auto& v) { return std::to_string(v.unasked.size()); });
  both("**Recall**: called `removed` while gone", [](const auto&, const auto&, const auto& v) {
    return number(v.recall(), 4) + " (" + std::to_string(v.seen_removed) + " of " +
           std::to_string(v.removals) + ")";
  });
  both("**Precision**: gone while called `removed`", [](const auto&, const auto&, const auto& v) {
    return number(v.precision(), 4) + " (" + std::to_string(v.rightly_removed) + " of " +
           std::to_string(v.called_removed) + ")";
  });
  both("False pages: `removed`, `down` or `blocked` and it was not",
       [](const auto&, const auto&, const auto& v) {
         return std::to_string(v.called_removed - v.rightly_removed + v.false_down);
       });
  both("Absent answers needed for `removed`, most",
       [&](const auto&, const auto&, const auto& v) { return most(v.looks_needed); });
  both("Hours from going to `removed`",
       [](const auto&, const auto&, const auto& v) { return spread(v.hours_needed); });
  both("Rows published, and announced in the metrics", [](const auto&, const auto&, const auto& v) {
    return std::to_string(v.published) + ", " + std::to_string(v.announced);
  });
  both("Hours from the page to the metrics",
       [](const auto&, const auto&, const auto& v) { return spread(v.announcement_lag_hours); });
  both("Lead time: days from the metrics to the day",
       [](const auto&, const auto&, const auto& v) { return spread(v.lead_days); });
  both("Redirects, announced, observed", [](const auto&, const auto&, const auto& v) {
    return std::to_string(v.redirects) + ", " + std::to_string(v.redirects_announced) + ", " +
           std::to_string(v.redirects_observed);
  });
  return kIntroduction + ("Made by `" + command + "`.\n\n") + text.str() + kReading;
}

}  // namespace together::history
