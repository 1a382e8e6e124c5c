// Finds hard-coded model ids in source trees and says what becomes of them.
#include "exporter/scan/scan.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "exporter/core/text.h"
#include "exporter/scan/text_file.h"
#include "exporter/scan/walk.h"

namespace together {
namespace {

/// An invalid byte is shown as one character, and counts as one.
std::size_t count_characters(std::string_view text) {
  constexpr std::size_t kLongestReplacement = 3;
  const std::string clean = clean_utf8(text, text.size() * kLongestReplacement);
  const auto is_first = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return static_cast<std::size_t>(std::count_if(clean.begin(), clean.end(), is_first));
}

}  // namespace

std::vector<Finding> find_in_text(std::string_view text, const std::string& path,
                                  const IdIndex& index, const ScanOptions& options) {
  std::vector<Finding> findings;
  std::size_t seen = 0;  // lines and columns are counted up to here
  std::size_t line = 1;
  std::size_t column = 1;
  for (const auto& match : index.find(text)) {
    const auto before = text.substr(seen, match.offset - seen);
    const auto new_line = before.rfind('\n');
    if (new_line != std::string_view::npos) {
      line += static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
      column = 1;
    }
    column += count_characters(before.substr(new_line + 1));
    Finding finding;
    finding.path = path;
    finding.text = text.substr(match.offset, match.size);
    finding.line = line;
    finding.column = column;
    column += count_characters(finding.text);
    finding.end_column = column;
    finding.known = *match.known;
    finding.verdict = judge(*match.known, options.now, options.within);
    findings.push_back(std::move(finding));
    seen = match.offset + match.size;
  }
  return findings;
}

ScanReport scan(const std::vector<std::string>& paths, const IdIndex& index,
                const ScanOptions& options, const OnWarning& on_warning) {
  ScanReport report;
  report.within = options.within;
  std::set<std::string> seen;
  const OnWarning warn = [&](const std::string& text) {
    ++report.warnings;
    on_warning(text);
  };
  const auto look = [&](const std::string& shown, const std::string& real) {
    if (!seen.insert(real).second) return;
    const auto text = read_text(shown);
    if (!text) {
      warn(one_line(shown, kMaxShownPathBytes) + ": " + text.error().message);
    } else if (!*text) {
      ++report.binary_files;
    } else {
      ++report.files_scanned;
      auto found = find_in_text(**text, shown, index, options);
      std::move(found.begin(), found.end(), std::back_inserter(report.findings));
    }
  };
  for (const auto& path : paths) walk(path, look, warn);
  return report;
}

std::size_t count(const ScanReport& report, Verdict verdict) {
  return static_cast<std::size_t>(
      std::count_if(report.findings.begin(), report.findings.end(),
                    [&](const Finding& finding) { return finding.verdict == verdict; }));
}

bool is_bad(const ScanReport& report) {
  return count(report, Verdict::kFine) < report.findings.size();
}

}  // namespace together
