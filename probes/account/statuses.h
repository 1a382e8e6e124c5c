// Counting what an account has by its status.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/core/metric.h"
#include "exporter/core/observation.h"
#include "probes/json/read.h"

namespace together {

/// What has a status, and in which words. Requires: static lifetime.
struct StatusWords {
  std::string_view one;                     ///< "job"
  std::string_view many;                    ///< "jobs"
  std::string_view field;                   ///< that holds the status
  std::string_view rule;                    ///< every status is among `known`
  std::string_view remark;                  ///< the kind of a remark on any other
  std::span<const std::string_view> known;  ///< exactly as the API writes them
  const MetricDef* metric = nullptr;        ///< a gauge with the status as its only label
};

/// The status as a label: in lower case, or "other" where it is not known. Case does not count
/// here.
std::string status_label(const StatusWords& words, std::string_view status);

/// Judges the rule `items` (each is an object with an id and a status) and `words.rule`, remarks on
/// at most eight unknown statuses, and reads the gauge for every known status and for "other",
/// where what has no status counts too. Where there are no items, no rule is judged.
/// Returns "3 jobs: 2 completed, 1 error".
std::string count_by_status(const std::vector<const Json*>& items, const StatusWords& words,
                            Observation& seen);

/// A pointer to each item of an array.
std::vector<const Json*> all_items(const Json& array);

}  // namespace together
