// What really happened, read from the recordings by means of its own: not by the exporter's parser.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "exporter/core/day.h"
#include "exporter/core/result.h"

namespace together::history {

/// A row of the removal table.
struct Removal {
  std::string model;
  Day date{};
};

/// A recorded model list.
struct Capture {
  Day date{};
  std::string body;
};

struct Past {
  std::vector<Removal> removals;                               ///< rows as recorded, duplicates too
  std::vector<std::pair<std::string, std::string>> redirects;  ///< names as written
  std::vector<Capture> captures;                               ///< by date
};

/// Reads deprecations.md and models_YYYY-MM-DD*.json. Errors: names what is missing.
Result<Past> read_past(const std::filesystem::path& folder);

}  // namespace together::history
