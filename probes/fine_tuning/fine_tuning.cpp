// The fine_tuning probe: its parts, and what each asks.
#include "probes/fine_tuning/fine_tuning.h"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exporter/core/percent.h"
#include "probes/answer/rules.h"
#include "probes/fine_tuning/create.h"
#include "probes/fine_tuning/lists.h"

namespace together {
namespace {

constexpr std::string_view kSupported = "supported";
constexpr std::string_view kLimits = "limits";
constexpr std::string_view kCreateFlat = "create_flat";
constexpr std::string_view kCreateNested = "create_nested";

const ProbeInfo& fine_tuning_info() {
  static const ProbeInfo info = [] {
    ProbeInfo i;
    i.name = "fine_tuning";
    i.help =
        "Reads what can be fine-tuned, the jobs and the limits, and checks how a job is asked.";
    i.scope = Scope::kAccount;
    i.parts = {Part{std::string(kSupported)}, Part{"jobs"}};
    i.enabled = false;
    i.interval = std::chrono::minutes(30);
    i.settings = {
        {"models", std::vector<std::string>{},
         "Base models to look for; the first is also the one whose limits are read."},
        {"create", false,
         "Whether to ask for a job without a training file, which must be refused, in two forms."},
    };
    i.metrics = {&kSurfaceRuleOk, &kSurfaceViolations};
    const auto add = [&](const std::vector<const MetricDef*>& more) {
      i.metrics.insert(i.metrics.end(), more.begin(), more.end());
    };
    add(fine_tuning_list_metrics());
    add(fine_tuning_create_metrics());
    return i;
  }();
  return info;
}

Request get(std::string path) {
  Request request;
  request.path = std::move(path);
  request.max_body_bytes = 4 << 20;
  return request;
}

class FineTuningProbe final : public Probe {
 public:
  explicit FineTuningProbe(const Settings& settings)
      : info_(fine_tuning_info()), models_(settings.names("models")) {
    if (models_.empty()) return;
    info_.parts.push_back(Part{std::string(kLimits)});
    if (!settings.flag("create")) return;
    info_.parts.push_back(Part{std::string(kCreateFlat)});
    info_.parts.push_back(Part{std::string(kCreateNested)});
  }

  const ProbeInfo& info() const override { return info_; }

  Request request(const Target& target) const override {
    if (target.part == kSupported) return get("/fine-tunes/models/supported");
    if (target.part == kLimits) {
      return get("/fine-tunes/models/limits?model_name=" + percent_encoded(models_.front()));
    }
    if (target.part == kCreateFlat) return create_request(TuningForm::kFlat, models_.front());
    if (target.part == kCreateNested) return create_request(TuningForm::kNested, models_.front());
    return get("/fine-tunes");
  }

  Observation judge(const Target& target, const Exchange& exchange,
                    std::string_view) const override {
    if (target.part == kSupported) return judge_supported(exchange, models_);
    if (target.part == kLimits) return judge_limits(exchange);
    if (target.part == kCreateFlat) return judge_create(TuningForm::kFlat, exchange);
    if (target.part == kCreateNested) return judge_create(TuningForm::kNested, exchange);
    return judge_jobs(exchange);
  }

 private:
  ProbeInfo info_;
  std::vector<std::string> models_;
};

}  // namespace

ProbeType fine_tuning_probe() {
  return {fine_tuning_info(), [](const ProbeInputs& inputs) {
            return std::make_unique<FineTuningProbe>(inputs.settings);
          }};
}

}  // namespace together
