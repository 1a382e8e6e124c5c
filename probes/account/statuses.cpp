// Counting what an account has by its status.
#include "probes/account/statuses.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>

#include "exporter/core/text.h"
#include "probes/answer/rules.h"

namespace together {
namespace {

constexpr std::string_view kOther = "other";
constexpr std::size_t kMostRemarks = 8;
constexpr std::size_t kShownBytes = 100;

struct Counted {
  std::map<std::string, long long> by_label;
  long long unreadable = 0;       ///< without an id or a status
  bool any_status = false;        ///< so that there is something to judge
  std::set<std::string> unknown;  ///< as one line each
};

Counted count(const std::vector<const Json*>& items, const StatusWords& words) {
  Counted counted;
  for (const Json* item : items) {
    const std::string_view status = text_of(member(item, words.field));
    ++counted.by_label[status_label(words, status)];
    if (status.empty() || text_of(member(item, "id")).empty()) ++counted.unreadable;
    if (status.empty()) continue;
    counted.any_status = true;
    const auto& known = words.known;
    if (std::find(known.begin(), known.end(), status) == known.end()) {
      counted.unknown.insert(one_line(status, kShownBytes));
    }
  }
  return counted;
}

void judge_items(const std::vector<const Json*>& items, const StatusWords& words,
                 const Counted& counted, Observation& seen) {
  if (items.empty()) return;
  const std::string rest = "an id or a " + std::string(words.field);
  if (counted.unreadable == 0) {
    seen.rules.push_back(kept("items", "each " + std::string(words.one) + " has an id and a " +
                                           std::string(words.field)));
  } else {
    seen.rules.push_back(broken("items", std::to_string(counted.unreadable) + " of " +
                                             std::to_string(items.size()) + " " +
                                             std::string(words.many) + " without " + rest));
  }
}

void judge_values(const StatusWords& words, const Counted& counted, Observation& seen) {
  if (!counted.any_status) return;
  const std::string rule(words.rule);
  const std::string field(words.field);
  if (counted.unknown.empty()) {
    seen.rules.push_back(kept(rule, "every " + field + " is known"));
    return;
  }
  seen.rules.push_back(broken(rule, "unknown " + field + " " + *counted.unknown.begin()));
  for (const std::string& status : counted.unknown) {
    if (seen.remarks.size() >= kMostRemarks) return;
    seen.remarks.push_back({std::string(words.remark), status});
  }
}

}  // namespace

std::string status_label(const StatusWords& words, std::string_view status) {
  const auto found =
      std::find_if(words.known.begin(), words.known.end(),
                   [&](std::string_view known) { return equals_ignoring_case(known, status); });
  return found == words.known.end() ? std::string(kOther) : lower_ascii(*found);
}

std::string count_by_status(const std::vector<const Json*>& items, const StatusWords& words,
                            Observation& seen) {
  const Counted counted = count(items, words);
  judge_items(items, words, counted, seen);
  judge_values(words, counted, seen);
  std::string text =
      std::to_string(items.size()) + " " + std::string(items.size() == 1 ? words.one : words.many);
  std::string_view before = ": ";
  const auto read = [&](const std::string& label) {
    const auto found = counted.by_label.find(label);
    const long long number = found == counted.by_label.end() ? 0 : found->second;
    seen.readings.push_back({words.metric, {label}, static_cast<double>(number)});
    if (number == 0) return;
    text.append(before).append(std::to_string(number)).append(" ").append(label);
    before = ", ";
  };
  for (const std::string_view known : words.known) read(lower_ascii(known));
  read(std::string(kOther));
  return text;
}

std::vector<const Json*> all_items(const Json& array) {
  std::vector<const Json*> items;
  items.reserve(array.size());
  for (const Json& item : array) items.push_back(&item);
  return items;
}

}  // namespace together
