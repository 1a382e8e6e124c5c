// The batch probe: the account's batches by status.
#include "probes/batch/batch.h"

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "probes/account/look.h"
#include "probes/account/statuses.h"
#include "probes/answer/rules.h"

namespace together {
namespace {

constexpr MetricDef kBatches{
    .name = "together_batches",
    .type = MetricType::kGauge,
    .help =
        "Batches of the account by status, in lower case; `other` is a status that is not "
        "documented, or none.",
    .label_names = {"status"},
    .buckets = {}};

/// Source: the API's OpenAPI file of 2026-04-28, which leaves out CANCELLING.
constexpr std::array<std::string_view, 7> kStatuses{
    "VALIDATING", "IN_PROGRESS", "COMPLETED", "FAILED", "EXPIRED", "CANCELLED", "CANCELLING"};
constexpr StatusWords kWords{.one = "batch",
                             .many = "batches",
                             .field = "status",
                             .rule = "status_values",
                             .remark = "batch_status",
                             .known = kStatuses,
                             .metric = &kBatches};

const ProbeInfo& batch_info() {
  static const ProbeInfo info = [] {
    ProbeInfo i;
    i.name = "batch";
    i.help = "Reads the account's batches: their shape, and how many there are of each status.";
    i.scope = Scope::kAccount;
    i.enabled = false;
    i.interval = std::chrono::minutes(15);
    i.metrics = {&kSurfaceRuleOk, &kSurfaceViolations, &kBatches};
    return i;
  }();
  return info;
}

Observation::Rule judge_array(const Json& answer) {
  if (answer.is_array()) return kept("array", "a bare array");
  if (items_of(answer) != nullptr) {
    return broken("array", "the answer is an object with data, no bare array");
  }
  return broken("array", "the answer is no array");
}

class BatchProbe final : public Probe {
 public:
  const ProbeInfo& info() const override { return batch_info(); }

  Request request(const Target&) const override {
    Request request;
    request.path = "/batches";
    request.max_body_bytes = 4 << 20;
    return request;
  }

  Observation judge(const Target&, const Exchange& exchange, std::string_view) const override {
    Observation seen;
    const auto answer = open_account_answer(exchange, seen);
    if (!answer) return seen;
    seen.rules = {judge_array(*answer)};
    const Json* items = items_of(*answer);
    const std::string summary =
        items == nullptr ? "" : count_by_status(all_items(*items), kWords, seen);
    conclude_account("batch", summary, seen);
    return seen;
  }
};

}  // namespace

ProbeType batch_probe() {
  return {batch_info(), [](const ProbeInputs&) { return std::make_unique<BatchProbe>(); }};
}

}  // namespace together
