// A scan's report for code hosts: SARIF 2.1.0.
#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "exporter/core/day.h"
#include "exporter/core/stable_hash.h"
#include "exporter/core/text.h"
#include "exporter/scan/render.h"

namespace together {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxIdBytes = 300;

struct Rule {
  const char* id;
  const char* level;
  const char* summary;
  const char* help;
};

/// In the order of Verdict.
constexpr std::array kRules{
    Rule{"retired-model", "error", "The model does not answer any more.",
         "Requests for this model fail. Ask for the replacement instead."},
    Rule{"overdue-model", "warning", "The model's removal day has passed; it still answers.",
         "The model may stop to answer at any moment. Move to the replacement."},
    Rule{"retiring-model", "warning", "The model will soon be removed.",
         "The model stops to answer on its removal day. Move to the replacement before."},
    Rule{"model", "note", "A model id.", "Nothing is known against this model."},
};
constexpr std::size_t kRulesOfBadFindings = 3;

Json rule_json(const Rule& rule) {
  return {{"id", rule.id},
          {"shortDescription", {{"text", rule.summary}}},
          {"help", {{"text", rule.help}}},
          {"defaultConfiguration", {{"level", rule.level}}}};
}

/// Everything but unreserved characters and slashes as %XX. Source: RFC 3986, sections 2.3, 3.3.
std::string uri_encoded(std::string_view path) {
  constexpr std::string_view kUnreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string uri;
  for (const char c : path) {
    if (kUnreserved.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      uri += {'%', kDigits[byte >> 4], kDigits[byte & 0xF]};
    }
  }
  return uri;
}

Json artifact_location(std::string_view path) {
  if (path.starts_with('/')) return {{"uri", "file://" + uri_encoded(path)}};
  while (path.starts_with("./")) {
    path.remove_prefix(std::min(path.find_first_not_of('/', 1), path.size()));
  }
  return {{"uri", uri_encoded(path)}, {"uriBaseId", "%SRCROOT%"}};
}

std::string message(const Finding& finding) {
  const auto& known = finding.known;
  std::string text =
      one_line(known.id, kMaxIdBytes) + ": state " + one_line(known.state, kMaxIdBytes);
  text += known.removal ? ", removal day " + format_day(*known.removal) : ", no removal day known";
  if (!known.source.empty()) text += " (" + one_line(known.source, kMaxIdBytes) + ")";
  text += known.replacement.empty() ? ", no replacement known"
                                    : ", replacement " + one_line(known.replacement, kMaxIdBytes);
  return text + '.';
}

std::string hex(std::uint64_t value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text(16, '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, value >>= 4) {
    *digit = kDigits[value & 0xF];
  }
  return text;
}

/// `nth`: which finding of the id in its file it is, so that other lines may come and go.
Json result_json(const Finding& finding, std::size_t nth) {
  const auto rule = static_cast<std::size_t>(finding.verdict);
  const auto fingerprint = stable_hash({finding.path, finding.known.id, std::to_string(nth)});
  const Json region = {{"startLine", finding.line},
                       {"startColumn", finding.column},
                       {"endLine", finding.line},
                       {"endColumn", finding.end_column}};
  const Json location = {
      {"physicalLocation",
       {{"artifactLocation", artifact_location(finding.path)}, {"region", region}}}};
  return {{"ruleId", kRules[rule].id},
          {"ruleIndex", rule},
          {"level", kRules[rule].level},
          {"message", {{"text", message(finding)}}},
          {"locations", Json::array({location})},
          {"partialFingerprints", {{"modelInFile/v1", hex(fingerprint)}}}};
}

}  // namespace

std::string render_sarif(const ScanReport& report, bool show_all, const std::string& version) {
  Json rules = Json::array();
  const std::size_t shown_rules = show_all ? kRules.size() : kRulesOfBadFindings;
  for (std::size_t i = 0; i < shown_rules; ++i) rules.push_back(rule_json(kRules[i]));
  Json results = Json::array();
  std::map<std::pair<std::string, std::string>, std::size_t> found_before;
  for (const auto& finding : report.findings) {
    const auto nth = found_before[{finding.path, finding.known.id}]++;
    if (!show_all && finding.verdict == Verdict::kFine) continue;
    results.push_back(result_json(finding, nth));
  }
  const Json driver = {{"name", "together-exporter"},
                       {"version", clean_utf8(version, kMaxIdBytes)},
                       {"rules", std::move(rules)}};
  const Json run = {{"tool", {{"driver", driver}}},
                    {"columnKind", "unicodeCodePoints"},
                    {"results", std::move(results)}};
  const Json log = {{"$schema",
                     "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                     "sarif-schema-2.1.0.json"},
                    {"version", "2.1.0"},
                    {"runs", Json::array({run})}};
  return log.dump(2) + '\n';
}

}  // namespace together
