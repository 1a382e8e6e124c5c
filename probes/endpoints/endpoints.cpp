// The endpoints probe: the account's dedicated endpoints, and what the hardware below them costs.
#include "probes/endpoints/endpoints.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/core/text.h"
#include "probes/account/look.h"
#include "probes/account/statuses.h"
#include "probes/answer/rules.h"
#include "probes/json/documents.h"

namespace together {
namespace {

constexpr std::size_t kMostEndpoints = 200;
constexpr std::size_t kMostHardware = 200;
constexpr std::size_t kMaxNameBytes = 256;
constexpr std::string_view kHardware = "hardware";

constexpr MetricDef kEndpoints{
    .name = "together_endpoints",
    .type = MetricType::kGauge,
    .help =
        "Dedicated endpoints of the account by state; `other` is a state that is not documented, "
        "or none.",
    .label_names = {"state"},
    .buckets = {}};
constexpr MetricDef kEndpointInfo{
    .name = "together_endpoint_info",
    .type = MetricType::kGauge,
    .help =
        "1 for each dedicated endpoint, at most 200. `hardware` is empty where the list does not "
        "name it. What runs costs, in USD per hour and replica: "
        "together_endpoint_info{state=\"started\"} * on (instance, hardware) group_left () "
        "together_hardware_price_usd_per_hour.",
    .label_names = {"endpoint", "model", "state", "hardware"},
    .buckets = {}};
constexpr MetricDef kEndpointPrice{
    .name = "together_endpoint_price_usd_per_hour",
    .type = MetricType::kGauge,
    .help = "What one replica of a dedicated endpoint costs, where the list of endpoints says so.",
    .label_names = {"endpoint", "model"},
    .buckets = {}};
constexpr MetricDef kHardwarePrice{
    .name = "together_hardware_price_usd_per_hour",
    .type = MetricType::kGauge,
    .help = "What this hardware costs below a dedicated endpoint, for at most 200 kinds of it.",
    .label_names = {"hardware"},
    .buckets = {}};

/// Source: the API's OpenAPI file of 2026-04-28.
constexpr std::array<std::string_view, 6> kStates{"PENDING",  "STARTING", "STARTED",
                                                  "STOPPING", "STOPPED",  "ERROR"};
constexpr StatusWords kWords{.one = "endpoint",
                             .many = "endpoints",
                             .field = "state",
                             .rule = "state_values",
                             .remark = "endpoint_state",
                             .known = kStates,
                             .metric = &kEndpoints};

const ProbeInfo& endpoints_info() {
  static const ProbeInfo info = [] {
    ProbeInfo i;
    i.name = "endpoints";
    i.help = "Reads the account's dedicated endpoints and the prices of hardware: what runs costs.";
    i.scope = Scope::kAccount;
    i.parts = {Part{"list"}, Part{std::string(kHardware)}};
    i.enabled = false;
    i.interval = std::chrono::minutes(5);
    i.metrics = {&kSurfaceRuleOk, &kSurfaceViolations, &kEndpoints,
                 &kEndpointInfo,  &kEndpointPrice,     &kHardwarePrice};
    return i;
  }();
  return info;
}

/// Empty where there is no price. A zero stands for none in Together's lists.
std::optional<double> usd_per_hour(const Json& item) {
  const auto cents = number_of(member(member(&item, "pricing"), "cents_per_minute"));
  if (!cents || *cents <= 0) return std::nullopt;
  return *cents * 60 / 100;
}

std::string name_in(const Json& item, std::string_view field) {
  return one_line(text_of(member(&item, field)), kMaxNameBytes);
}

/// The filters of the request may be ignored: what all share costs the account nothing.
std::vector<const Json*> dedicated(const Json& items) {
  std::vector<const Json*> some;
  for (const Json& item : items) {
    if (text_of(member(&item, "type")) != "serverless") some.push_back(&item);
  }
  return some;
}

void read_endpoints(const std::vector<const Json*>& items, Observation& seen) {
  std::set<std::string> ids;
  for (const Json* item : items) {
    const std::string id = name_in(*item, "id");
    if (ids.size() >= kMostEndpoints) return;
    if (id.empty() || !ids.insert(id).second) continue;
    const std::string model = name_in(*item, "model");
    const std::string state = status_label(kWords, text_of(member(item, kWords.field)));
    seen.readings.push_back({&kEndpointInfo, {id, model, state, name_in(*item, "hardware")}, 1});
    if (const auto price = usd_per_hour(*item)) {
      seen.readings.push_back({&kEndpointPrice, {id, model}, *price});
    }
  }
}

/// Returns a summary.
std::string judge_endpoints(const Json& items, Observation& seen) {
  const std::vector<const Json*> ours = dedicated(items);
  read_endpoints(ours, seen);
  return count_by_status(ours, kWords, seen);
}

/// Returns a summary.
std::string judge_hardware(const Json& items, Observation& seen) {
  std::set<std::string> priced;
  std::size_t unreadable = 0;
  for (const Json& item : items) {
    const std::string id = name_in(item, "id");
    const auto price = usd_per_hour(item);
    if (id.empty() || !price) {
      ++unreadable;
    } else if (priced.size() < kMostHardware && priced.insert(id).second) {
      seen.readings.push_back({&kHardwarePrice, {id}, *price});
    }
  }
  const std::string all = std::to_string(items.size());
  if (unreadable > 0) {
    seen.rules.push_back(broken("prices", std::to_string(unreadable) + " of " + all +
                                              " kinds of hardware without an id or a price"));
  } else if (!items.empty()) {
    seen.rules.push_back(kept("prices", "each kind of hardware has a price"));
  }
  return all + (items.size() == 1 ? " kind" : " kinds") + " of hardware";
}

class EndpointsProbe final : public Probe {
 public:
  const ProbeInfo& info() const override { return endpoints_info(); }

  Request request(const Target& target) const override {
    Request request;
    request.path = target.part == kHardware ? "/hardware" : "/endpoints?type=dedicated&mine=true";
    request.max_body_bytes = 4 << 20;
    return request;
  }

  Observation judge(const Target& target, const Exchange& exchange,
                    std::string_view) const override {
    Observation seen;
    const auto answer = open_account_answer(exchange, seen);
    if (!answer) return seen;
    seen.rules = {judge_list(*answer)};
    std::string summary;
    if (const Json* items = items_of(*answer)) {
      summary =
          target.part == kHardware ? judge_hardware(*items, seen) : judge_endpoints(*items, seen);
    }
    conclude_account(surface_of("endpoints", target.part), summary, seen);
    return seen;
  }
};

}  // namespace

ProbeType endpoints_probe() {
  return {endpoints_info(), [](const ProbeInputs&) { return std::make_unique<EndpointsProbe>(); }};
}

}  // namespace together
