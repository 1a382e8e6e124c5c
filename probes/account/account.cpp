// The account probe: whose key it is, the free check of the key.
#include "probes/account/account.h"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "exporter/core/text.h"
#include "probes/account/look.h"
#include "probes/answer/rules.h"

namespace together {
namespace {

constexpr std::size_t kShownBytes = 100;

const ProbeInfo& account_info() {
  static const ProbeInfo info = [] {
    ProbeInfo i;
    i.name = "account";
    i.help = "Asks whose key it is: the free check of the key.";
    i.scope = Scope::kAccount;
    i.enabled = false;
    i.interval = std::chrono::minutes(5);
    i.metrics = {&kSurfaceRuleOk, &kSurfaceViolations};
    return i;
  }();
  return info;
}

Observation::Rule judge_identity(const Json& answer) {
  if (!answer.is_object()) return broken("identity", "the answer is no object");
  const std::string project = one_line(text_of(member(&answer, "project_id")), kShownBytes);
  if (project.empty()) return broken("identity", "the answer has no project_id");
  return kept("identity", "the key belongs to project " + project);
}

class AccountProbe final : public Probe {
 public:
  const ProbeInfo& info() const override { return account_info(); }

  Request request(const Target&) const override {
    Request request;
    request.path = "/whoami";
    return request;
  }

  Observation judge(const Target&, const Exchange& exchange, std::string_view) const override {
    Observation seen;
    const auto answer = open_account_answer(exchange, seen);
    if (!answer) return seen;
    seen.rules = {judge_identity(*answer)};
    const std::string summary = seen.rules.front().ok ? seen.rules.front().detail : "";
    conclude_account("account", summary, seen);
    return seen;
  }
};

}  // namespace

ProbeType account_probe() {
  return {account_info(), [](const ProbeInputs&) { return std::make_unique<AccountProbe>(); }};
}

}  // namespace together
