// The retirements probe.
#include "probes/retirements/retirements.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>

#include "exporter/core/day.h"
#include "exporter/core/text.h"
#include "probes/json/read.h"
#include "probes/retirements/litellm_prices.h"
#include "probes/retirements/markdown_table.h"
#include "probes/retirements/together_page.h"
#include "probes/retirements/yaml_list.h"

namespace together {
namespace {

constexpr std::size_t kMaxSourceBytes = 4 << 20;  ///< LiteLLM's price map, the largest, has 1.5 MB
constexpr std::size_t kMaxListBytes = 256 << 10;  ///< hostile YAML takes 250 times as much
constexpr std::size_t kMaxValidatorBytes = 1024;
constexpr std::size_t kShownBytes = 300;

const ProbeInfo& retirements_info() {
  static const ProbeInfo info = [] {
    ProbeInfo i;
    i.name = "retirements";
    i.help =
        "Reads the configured retirement sources: which model goes when, and what replaces it.";
    i.scope = Scope::kAccount;
    i.parts.clear();
    i.foreign = true;
    i.interval = std::chrono::hours(6);
    i.timeout = std::chrono::seconds(30);
    return i;
  }();
  return info;
}

std::string counted(std::ptrdiff_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string summarize(const RetirementRows& read) {
  const auto of = [&](Surface surface) {
    return std::count_if(read.rows.begin(), read.rows.end(),
                         [&](const Retirement& row) { return row.surface == surface; });
  };
  std::string text = counted(of(Surface::kInference), "inference row") + ", " +
                     counted(of(Surface::kFineTuning), "fine-tuning row") + ", " +
                     counted(std::ssize(read.redirects), "redirect");
  if (read.unreadable > 0) text += ", " + counted(read.unreadable, "unreadable row");
  return text;
}

/// What a person wants to know of a source that is set up: was everything understood?
std::vector<Observation::Rule> rules_of(const RetirementRows& read) {
  std::ptrdiff_t undated = 0;
  std::optional<Day> first;
  std::optional<Day> last;
  for (const auto& row : read.rows) {
    if (!row.date) {
      ++undated;
      continue;
    }
    first = std::min(first.value_or(*row.date), *row.date);
    last = std::max(last.value_or(*row.date), *row.date);
  }
  const std::string span = first ? format_day(*first) + " to " + format_day(*last) : "no row";
  return {{"rows_readable", read.unreadable == 0,
           counted(std::ssize(read.rows), "row") + " read, " + std::to_string(read.unreadable) +
               " not"},
          {"dates_readable", undated == 0,
           undated == 0 ? span : counted(undated, "row") + " without a readable date; " + span}};
}

bool is_markdown(const RetirementSource& source) {
  return source.kind == "together_page" || source.kind == "markdown_table";
}

std::size_t limit_of(const RetirementSource& source) {
  return source.kind == "yaml" ? kMaxListBytes : kMaxSourceBytes;
}

/// Some hosts of documentation answer the same address with HTML or with Markdown.
std::string wanted_type(const RetirementSource& source) {
  const std::string others = ", text/plain;q=0.9, */*;q=0.1";
  if (is_markdown(source)) return "text/markdown" + others;
  return (source.kind == "yaml" ? "application/yaml" : "application/json") + others;
}

/// A validator is sent back as it came: only where it can stand in a header.
std::string validator(const Exchange& exchange, std::string_view name) {
  const auto value = exchange.header(name);
  if (!value || value->size() >= kMaxValidatorBytes) return "";
  const bool printable =
      std::all_of(value->begin(), value->end(), [](char c) { return c >= ' ' && c <= '~'; });
  return printable ? std::string(*value) : "";
}

Observation failed(Outcome outcome, std::string detail) {
  Observation seen;
  seen.outcome = outcome;
  seen.detail = std::move(detail);
  return seen;
}

Observation judge_transport(const RetirementSource& source, const Exchange& exchange) {
  const std::string why = one_line(exchange.error_text, kShownBytes);
  switch (exchange.error) {
    case TransportError::kDns: return failed(Outcome::kDnsFailed, why);
    case TransportError::kConnect: return failed(Outcome::kConnectFailed, why);
    case TransportError::kTls: return failed(Outcome::kTlsFailed, why);
    case TransportError::kTimeout: return failed(Outcome::kTimeout, why);
    case TransportError::kCutShort: return failed(Outcome::kTruncated, why);
    case TransportError::kTooLarge:
      return failed(Outcome::kBadResponse,
                    "the source is larger than " + std::to_string(limit_of(source)) + " bytes");
    case TransportError::kCancelled: return failed(Outcome::kInternal, why);
    case TransportError::kNone:
    case TransportError::kProtocol: break;
  }
  return failed(Outcome::kBadResponse, why);
}

/// A missing page is no missing model: 4xx is the request's fault here.
Observation judge_status(const Exchange& exchange) {
  const std::string status = "HTTP " + std::to_string(exchange.status);
  if (exchange.status == 304) {
    return failed(Outcome::kBadResponse, status + ": unchanged, but nobody asked for changes only");
  }
  if (exchange.status >= 300 && exchange.status < 400) {
    const auto to = exchange.header("location");
    return failed(Outcome::kBadResponse, status + ": the source has moved" +
                                             (to ? " to " + one_line(*to, kShownBytes) : "") +
                                             "; write the new URL");
  }
  if (exchange.status >= 500) return failed(Outcome::kUpstreamError, status);
  return failed(exchange.status >= 400 ? Outcome::kCallerError : Outcome::kBadResponse, status);
}

class RetirementsProbe final : public Probe {
 public:
  explicit RetirementsProbe(const std::vector<RetirementSource>& sources)
      : info_(retirements_info()) {
    for (const auto& source : sources) {
      info_.parts.push_back({source.name, source.interval});
      sources_.emplace(source.name, source);
    }
  }

  const ProbeInfo& info() const override { return info_; }

  Request request(const Target& target) const override {
    const RetirementSource& source = sources_.at(target.part);
    Request request;
    request.credential = Credential::kNone;
    request.max_body_bytes = limit_of(source);
    request.url = source.url;
    request.file = source.file;
    if (!source.file.empty()) return request;
    const auto add = [&](const char* name, const std::string& value) {
      if (!value.empty()) request.headers.emplace_back(name, value);
    };
    add("accept", wanted_type(source));
    add("if-none-match", target.known.etag);
    add("if-modified-since", target.known.last_modified);
    return request;
  }

  Observation judge(const Target& target, const Exchange& exchange,
                    std::string_view) const override {
    const RetirementSource& source = sources_.at(target.part);
    if (exchange.error != TransportError::kNone) return judge_transport(source, exchange);
    if (exchange.status == 304 && target.known != Validators{}) {
      Observation seen;
      seen.outcome = Outcome::kOk;
      seen.detail = "unchanged";
      RetirementFacts facts;
      facts.unchanged = true;
      seen.facts = std::move(facts);
      return seen;
    }
    if (exchange.status != 200) return judge_status(exchange);
    ParsedRows read = parse(source, exchange.body);
    if (!read) {
      const bool is_html = is_markdown(source) && looks_like_html(exchange.body);
      return failed(Outcome::kBadResponse,
                    is_html ? "the source is a page of HTML; write the address of its Markdown"
                            : one_line(read.error().message, kShownBytes));
    }
    Observation seen;
    seen.outcome = Outcome::kOk;
    seen.detail = summarize(*read);
    seen.rules = rules_of(*read);
    seen.facts =
        RetirementFacts{false,
                        std::move(read->rows),
                        std::move(read->redirects),
                        {validator(exchange, "etag"), validator(exchange, "last-modified")}};
    return seen;
  }

 private:
  static ParsedRows parse(const RetirementSource& source, const std::string& body) {
    if (source.kind == "together_page") return read_together_page(body);
    if (source.kind == "markdown_table") return read_markdown_table(body, source.columns);
    if (source.kind == "litellm_prices") return read_litellm_prices(body);
    return read_yaml_list(body, source.file.empty() ? source.name : source.file);
  }

  ProbeInfo info_;
  std::map<std::string, RetirementSource> sources_;
};

}  // namespace

ProbeType retirements_probe() {
  return {retirements_info(), [](const ProbeInputs& inputs) {
            return std::make_unique<RetirementsProbe>(inputs.retirement_sources);
          }};
}

}  // namespace together
