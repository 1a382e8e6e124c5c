// The workload probe.
#include "probes/workload/workload.h"

#include <array>
#include <charconv>
#include <chrono>
#include <map>

#include "exporter/core/percent.h"
#include "exporter/core/text.h"
#include "probes/api_error/verdict.h"
#include "probes/workload/answer.h"

namespace together {
namespace {

constexpr std::size_t kMaxBodyBytes = 64 << 10;
constexpr std::size_t kShownBytes = 300;

const ProbeInfo& workload_info() {
  static const ProbeInfo info = [] {
    ProbeInfo i;
    i.name = "workload";
    i.help = "Asks Prometheus what the configured workloads use a day.";
    i.scope = Scope::kAccount;
    i.parts.clear();
    i.foreign = true;
    i.interval = std::chrono::minutes(5);
    i.timeout = std::chrono::seconds(30);
    return i;
  }();
  return info;
}

std::string shown(double number) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.begin(), text.end(), number).ptr;
  return {text.begin(), end};
}

Observation failed(Outcome outcome, std::string detail) {
  Observation seen;
  seen.outcome = outcome;
  seen.detail = std::move(detail);
  return seen;
}

Observation judge_status(const Exchange& exchange) {
  const std::string error = error_in(exchange.body);
  const std::string why =
      "HTTP " + std::to_string(exchange.status) + (error.empty() ? "" : ": " + error);
  if (exchange.status >= 500) return failed(Outcome::kUpstreamError, why);
  return failed(exchange.status >= 400 ? Outcome::kCallerError : Outcome::kBadResponse, why);
}

class WorkloadProbe final : public Probe {
 public:
  explicit WorkloadProbe(const std::vector<WorkloadQuery>& queries) : info_(workload_info()) {
    for (const auto& query : queries) {
      const std::string part = query.workload + " " + query.direction;
      info_.parts.push_back({part, {}});
      queries_.emplace(part, query);
    }
  }

  const ProbeInfo& info() const override { return info_; }

  Request request(const Target& target) const override {
    const WorkloadQuery& query = queries_.at(target.part);
    Request request;
    request.url = query.prometheus_url + "/api/v1/query?query=" + percent_encoded(query.expression);
    request.credential = Credential::kNone;
    request.headers = {{"accept", "application/json"}};
    request.max_body_bytes = kMaxBodyBytes;
    return request;
  }

  Observation judge(const Target& target, const Exchange& exchange,
                    std::string_view) const override {
    if (exchange.error != TransportError::kNone) {
      const ApiVerdict verdict = judge_failure(exchange);
      return failed(verdict.outcome, verdict.detail);
    }
    if (exchange.status != 200) return judge_status(exchange);
    const auto number = read_number_answer(exchange.body);
    if (!number)
      return failed(Outcome::kBadResponse, one_line(number.error().message, kShownBytes));
    Observation seen;
    seen.outcome = Outcome::kOk;
    seen.detail = shown(*number) + " tokens a day";
    seen.facts = WorkloadFacts{queries_.at(target.part), *number};
    return seen;
  }

 private:
  ProbeInfo info_;
  std::map<std::string, WorkloadQuery> queries_;
};

}  // namespace

ProbeType workload_probe() {
  return {workload_info(), [](const ProbeInputs& inputs) {
            return std::make_unique<WorkloadProbe>(inputs.workload_queries);
          }};
}

}  // namespace together
