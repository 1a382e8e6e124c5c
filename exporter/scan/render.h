// A scan's report, as people, programs and code hosts read it.
#pragma once

#include <string>

#include "exporter/scan/scan.h"

namespace together {

/// Whole days as people count them: "30d", where format_duration would say "4w2d".
std::string format_within(Duration within);

/// A line a finding, `path:line:column: id  state  removal day  replacement  (verdict)` with `-`
/// where nothing is known, then a summary. What is fine is left out unless `show_all`.
std::string render_text(const ScanReport& report, bool show_all);

/// One object, every finding in it:
///   within    "30d"
///   summary   files_scanned, binary_files, warnings, ids_found, gone, overdue, going, fine
///   findings  path, line, column, end_column, text (as written), id, state, verdict ("gone",
///             "overdue", "going", "fine"), and removal_date, replacement, source, each of which
///             is null where it is not known
/// Columns count characters from 1. Keys are only ever added.
std::string render_json(const ScanReport& report);

/// SARIF 2.1.0. Rules: retired-model (error), overdue-model and retiring-model (warning), and with
/// `show_all` model (note). Paths are relative to %SRCROOT%, absolute ones are file URIs.
/// Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
std::string render_sarif(const ScanReport& report, bool show_all, const std::string& version);

}  // namespace together
