// A scan's report for people.
#include <algorithm>

#include "exporter/core/duration.h"
#include "exporter/core/text.h"
#include "exporter/scan/render.h"
#include "exporter/scan/text_file.h"

namespace together {
namespace {

constexpr std::size_t kMaxIdBytes = 300;
constexpr std::size_t kLabelWidth = 15;
constexpr std::size_t kNumberWidth = 6;

std::string or_dash(const std::string& text) {
  return text.empty() ? "-" : one_line(text, kMaxIdBytes);
}

std::string finding_line(const Finding& finding) {
  const auto& known = finding.known;
  return one_line(finding.path, kMaxShownPathBytes) + ':' + std::to_string(finding.line) + ':' +
         std::to_string(finding.column) + ": " + one_line(known.id, kMaxIdBytes) + "  " +
         or_dash(known.state) + "  " + (known.removal ? format_day(*known.removal) : "-") + "  " +
         or_dash(known.replacement) + "  (" + std::string(to_string(finding.verdict)) + ")\n";
}

std::string summary_line(std::string label, std::size_t value, const std::string& remark = "") {
  label.resize(kLabelWidth, ' ');
  const std::string number = std::to_string(value);
  const std::string padding(kNumberWidth - std::min(kNumberWidth, number.size()), ' ');
  return label + padding + number + (remark.empty() ? "" : "  " + remark) + '\n';
}

}  // namespace

std::string format_within(Duration within) {
  const auto days = std::chrono::floor<std::chrono::days>(within);
  return days == within ? std::to_string(days.count()) + 'd' : format_duration(within);
}

std::string render_text(const ScanReport& report, bool show_all) {
  std::string text;
  for (const auto& finding : report.findings) {
    if (show_all || finding.verdict != Verdict::kFine) text += finding_line(finding);
  }
  if (!text.empty()) text += '\n';
  text += summary_line("files scanned", report.files_scanned);
  if (report.binary_files > 0)
    text += summary_line("binary files", report.binary_files, "left out");
  if (report.warnings > 0) text += summary_line("warnings", report.warnings, "not all was read");
  text += summary_line("ids found", report.findings.size());
  text += summary_line("gone", count(report, Verdict::kGone));
  text += summary_line("overdue", count(report, Verdict::kOverdue), "still answering");
  text += summary_line("going", count(report, Verdict::kGoing),
                       "within " + format_within(report.within));
  text += summary_line("fine", count(report, Verdict::kFine));
  return text;
}

}  // namespace together
