// Finds hard-coded model ids in source trees and says what becomes of them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "exporter/core/clock.h"
#include "exporter/scan/id_index.h"
#include "exporter/scan/ignore_rules.h"
#include "exporter/scan/verdict.h"

namespace together {

struct ScanOptions {
  Duration within = std::chrono::hours(24 * 30);  ///< how far ahead a removal counts
  WallTime now{};
};

struct Finding {
  std::string path;            ///< any bytes
  std::size_t line = 1;        ///< from 1
  std::size_t column = 1;      ///< from 1, in characters
  std::size_t end_column = 1;  ///< behind the last character
  std::string text;            ///< the id as written: another case, a slash escaped
  KnownId known;
  Verdict verdict = Verdict::kFine;
};

struct ScanReport {
  Duration within{};
  std::vector<Finding> findings{};  ///< by given path, then path, line and column
  std::size_t files_scanned = 0;
  std::size_t binary_files = 0;  ///< left out
  std::size_t warnings = 0;      ///< each was told to OnWarning
};

/// Walks every path; see walk.h for which files count. A file that is reached twice counts once.
ScanReport scan(const std::vector<std::string>& paths, const IdIndex& index,
                const ScanOptions& options, const OnWarning& on_warning);

/// The findings of one file. Total: any text.
std::vector<Finding> find_in_text(std::string_view text, const std::string& path,
                                  const IdIndex& index, const ScanOptions& options);

std::size_t count(const ScanReport& report, Verdict verdict);

/// Whether anything found is gone, overdue or going.
bool is_bad(const ScanReport& report);

}  // namespace together
