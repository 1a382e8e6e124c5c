// A report with everything in it that must be written with care.
#pragma once

#include "exporter/scan/scan.h"

namespace together {

inline ScanReport careful_report() {
  ScanReport report;
  report.within = std::chrono::hours(24 * 30);
  report.files_scanned = 12;
  report.binary_files = 3;
  report.warnings = 1;
  report.findings = {
      {.path = "src/app.py",
       .line = 3,
       .column = 10,
       .end_column = 13,
       .text = "A/b",
       .known = {"a/b", "removed", make_day(2026, 2, 6), "together", "c/d"},
       .verdict = Verdict::kGone},
      {.path = "src/app.py",
       .line = 4,
       .column = 1,
       .end_column = 4,
       .text = "a/b",
       .known = {"a/b", "removed", make_day(2026, 2, 6), "together", "c/d"},
       .verdict = Verdict::kGone},
      {.path = "./x y/\xC3\xA9\n\xFF:1",
       .line = 1,
       .column = 1,
       .end_column = 4,
       .text = "a/e",
       .known = {"a/e", "available", make_day(2026, 8, 21), "", ""},
       .verdict = Verdict::kGoing},
      {.path = "/abs/f",
       .line = 1,
       .column = 1,
       .end_column = 5,
       .text = "a/o\xFF",
       .known = {"a/o\xFF", "throttled", make_day(2026, 7, 1), "ours", ""},
       .verdict = Verdict::kOverdue},
      {.path = "ok",
       .line = 1,
       .column = 1,
       .end_column = 4,
       .text = "a/f",
       .known = {"a/f", "available", std::nullopt, "", ""},
       .verdict = Verdict::kFine},
  };
  return report;
}

}  // namespace together
