// What a retirement source says: which model goes when, and what takes its place.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/core/clock.h"
#include "exporter/core/day.h"

namespace together {

/// What a model is retired from. The text is the label `surface`.
enum class Surface { kInference, kFineTuning };

constexpr std::string_view to_string(Surface s) {
  return s == Surface::kInference ? "inference" : "fine_tuning";
}

/// One row of a source. Names are as the source writes them: an id, a slug or a display name.
struct Retirement {
  std::string model;
  Surface surface = Surface::kInference;
  std::optional<Day> date;  ///< empty: the source names no day
  std::string replacement;  ///< "" where none is named
  friend bool operator==(const Retirement&, const Retirement&) = default;
};

/// Requests for `from` are answered by `to`. Names as in Retirement.
struct Redirect {
  std::string from;
  std::string to;
  friend bool operator==(const Redirect&, const Redirect&) = default;
};

/// What an answer said of its own version, so that the next request can ask for a newer one only.
struct Validators {
  std::string etag;
  std::string last_modified;
  friend bool operator==(const Validators&, const Validators&) = default;
};

/// Where removal dates come from, as configured.
struct RetirementSource {
  std::string name;
  std::string kind;  ///< together_page, markdown_table, litellm_prices, yaml
  std::string url;   ///< exactly one of url and file is set
  std::string file;
  Duration interval = std::chrono::hours(6);
  std::map<std::string, std::string> columns;  ///< model, date, replacement: header cells
  friend bool operator==(const RetirementSource&, const RetirementSource&) = default;
};

}  // namespace together
