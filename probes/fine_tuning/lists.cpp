// What the account can read of fine-tuning: the models, their limits, the jobs.
#include "probes/fine_tuning/lists.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "probes/account/look.h"
#include "probes/account/statuses.h"
#include "probes/answer/rules.h"

namespace together {
namespace {

constexpr MetricDef kSupportedModel{
    .name = "together_fine_tuning_model_supported",
    .type = MetricType::kGauge,
    .help =
        "Whether a configured base model is among those that can be fine-tuned. Absence is said "
        "only by a list without faults.",
    .label_names = {"model"},
    .buckets = {}};
constexpr MetricDef kModels{.name = "together_fine_tuning_models",
                            .type = MetricType::kGauge,
                            .help = "How many models can be fine-tuned.",
                            .label_names = {},
                            .buckets = {}};
constexpr MetricDef kJobs{
    .name = "together_fine_tuning_jobs",
    .type = MetricType::kGauge,
    .help =
        "Fine-tuning jobs of the account by status; `other` is a status that is not documented, "
        "or none.",
    .label_names = {"status"},
    .buckets = {}};

/// Source: the API's OpenAPI file of 2026-04-28; user_error from the wire, 2026-08-03.
constexpr std::array<std::string_view, 10> kStatuses{
    "pending",          "queued",    "running", "compressing", "uploading",
    "cancel_requested", "cancelled", "error",   "completed",   "user_error"};
constexpr StatusWords kWords{.one = "job",
                             .many = "jobs",
                             .field = "status",
                             .rule = "status_values",
                             .remark = "fine_tuning_status",
                             .known = kStatuses,
                             .metric = &kJobs};

Observation::Rule judge_models(const Json* list, std::size_t unreadable) {
  if (list == nullptr || !list->is_array()) {
    return broken("models", "the answer has no array of models");
  }
  if (list->empty()) return broken("models", "the list of models is empty");
  if (unreadable > 0) {
    return broken("models", std::to_string(unreadable) + " of " + std::to_string(list->size()) +
                                " models are no ids");
  }
  return kept("models", std::to_string(list->size()) + " models");
}

bool has_object(const Json& answer, std::string_view name) {
  const Json* value = member(&answer, name);
  return value != nullptr && value->is_object();
}

}  // namespace

Observation judge_supported(const Exchange& exchange, const std::vector<std::string>& models) {
  Observation seen;
  const auto answer = open_account_answer(exchange, seen);
  if (!answer) return seen;
  const Json* list = member(&*answer, "models");
  std::set<std::string, std::less<>> ids;
  std::size_t unreadable = 0;
  if (list != nullptr && list->is_array()) {
    for (const Json& item : *list) {
      const std::string_view id = text_of(&item);
      if (id.empty()) {
        ++unreadable;
      } else {
        ids.emplace(id);
      }
    }
  }
  seen.rules = {judge_models(list, unreadable)};
  const bool whole = seen.rules.front().ok;
  std::string summary;
  if (!ids.empty()) {
    summary = std::to_string(ids.size()) + (ids.size() == 1 ? " model" : " models");
    seen.readings.push_back({&kModels, {}, static_cast<double>(ids.size())});
  }
  for (const std::string& model : models) {
    const bool supported = ids.contains(model);
    if (!supported && !whole) continue;
    seen.readings.push_back({&kSupportedModel, {model}, supported ? 1.0 : 0.0});
    if (!supported) summary += ", not " + model;
  }
  conclude_account("fine_tuning_supported", summary, seen);
  return seen;
}

Observation judge_jobs(const Exchange& exchange) {
  Observation seen;
  const auto answer = open_account_answer(exchange, seen);
  if (!answer) return seen;
  seen.rules = {judge_list(*answer)};
  const Json* items = items_of(*answer);
  const std::string summary =
      items == nullptr ? "" : count_by_status(all_items(*items), kWords, seen);
  conclude_account("fine_tuning_jobs", summary, seen);
  return seen;
}

Observation judge_limits(const Exchange& exchange) {
  Observation seen;
  const auto answer = open_account_answer(exchange, seen);
  if (!answer) return seen;
  const bool full = has_object(*answer, "full_training");
  const bool lora = has_object(*answer, "lora_training");
  std::string summary;
  if (full || lora) {
    summary = std::string("limits of ") +
              (full && lora ? "full and LoRA"
               : full       ? "full"
                            : "LoRA") +
              " training";
    seen.rules = {kept("limits", summary)};
  } else {
    seen.rules = {broken("limits", "the answer names neither full_training nor lora_training")};
  }
  conclude_account("fine_tuning_limits", summary, seen);
  return seen;
}

std::vector<const MetricDef*> fine_tuning_list_metrics() {
  return {&kSupportedModel, &kModels, &kJobs};
}

}  // namespace together
