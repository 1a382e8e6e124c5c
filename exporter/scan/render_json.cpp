// A scan's report for programs.
#include <nlohmann/json.hpp>

#include "exporter/core/text.h"
#include "exporter/scan/render.h"
#include "exporter/scan/text_file.h"

namespace together {
namespace {

using Json = nlohmann::ordered_json;

/// dump() throws on invalid UTF-8.
Json text(const std::string& any_bytes) { return clean_utf8(any_bytes, kMaxShownPathBytes); }

Json text_or_null(const std::string& any_bytes) {
  return any_bytes.empty() ? Json() : text(any_bytes);
}

Json finding_json(const Finding& finding) {
  const auto& known = finding.known;
  return {{"path", text(finding.path)},
          {"line", finding.line},
          {"column", finding.column},
          {"end_column", finding.end_column},
          {"text", text(finding.text)},
          {"id", text(known.id)},
          {"state", text(known.state)},
          {"verdict", to_string(finding.verdict)},
          {"removal_date", known.removal ? Json(format_day(*known.removal)) : Json()},
          {"replacement", text_or_null(known.replacement)},
          {"source", text_or_null(known.source)}};
}

}  // namespace

std::string render_json(const ScanReport& report) {
  Json findings = Json::array();
  for (const auto& finding : report.findings) findings.push_back(finding_json(finding));
  const Json body = {{"within", format_within(report.within)},
                     {"summary",
                      {{"files_scanned", report.files_scanned},
                       {"binary_files", report.binary_files},
                       {"warnings", report.warnings},
                       {"ids_found", report.findings.size()},
                       {"gone", count(report, Verdict::kGone)},
                       {"overdue", count(report, Verdict::kOverdue)},
                       {"going", count(report, Verdict::kGoing)},
                       {"fine", count(report, Verdict::kFine)}}},
                     {"findings", std::move(findings)}};
  return body.dump(2) + '\n';
}

}  // namespace together
