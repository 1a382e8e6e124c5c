// A request for a fine-tuning job that must be refused, and what its refusal tells.
#include "probes/fine_tuning/create.h"

#include "probes/account/look.h"
#include "probes/answer/rules.h"
#include "probes/answer/surface.h"

namespace together {
namespace {

constexpr MetricDef kFormAccepted{
    .name = "together_fine_tuning_create_form_accepted",
    .type = MetricType::kGauge,
    .help =
        "Whether a request for a fine-tuning job is understood in this form (1) or complained of "
        "(0): `flat` has n_epochs at the top level, `nested` inside `hyperparameters`. No sample "
        "where the refusal does not tell.",
    .label_names = {"form"},
    .buckets = {}};
constexpr MetricDef kRequired{
    .name = "together_fine_tuning_create_required_info",
    .type = MetricType::kGauge,
    .help =
        "1 for each field that the refusal of a fine-tuning job without a training file calls "
        "missing or required.",
    .label_names = {"field"},
    .buckets = {}};

/// The live API applies no defaults, so what it wants is sent.
/// Source: the API's OpenAPI file of 2026-04-28, and its complaints of 2026-08-03.
nlohmann::ordered_json hyperparameters() {
  return {{"n_epochs", 1}, {"n_checkpoints", 1}, {"batch_size", 8}, {"learning_rate", 1e-5}};
}

bool is_refusal(const Exchange& exchange) {
  return exchange.error == TransportError::kNone &&
         (exchange.status == 400 || exchange.status == 422);
}

bool is_accepted(const Exchange& exchange) {
  return exchange.error == TransportError::kNone && exchange.status >= 200 && exchange.status < 300;
}

std::string describe(TuningForm form, const CreateComplaint& complaint) {
  std::string text = "the " + std::string(to_string(form)) + " form is ";
  switch (complaint.verdict) {
    case FormVerdict::kUnderstood: text += "understood"; break;
    case FormVerdict::kNotUnderstood: text += "not understood"; break;
    case FormVerdict::kUnclear: text += "neither understood nor complained of"; break;
  }
  return text + ": " + complaint.text;
}

void read_complaint(TuningForm form, const CreateComplaint& complaint, Observation& seen) {
  if (complaint.verdict != FormVerdict::kUnclear) {
    const double understood = complaint.verdict == FormVerdict::kUnderstood ? 1 : 0;
    seen.readings.push_back({&kFormAccepted, {std::string(to_string(form))}, understood});
  }
  for (const std::string& field : complaint.required) {
    seen.readings.push_back({&kRequired, {field}, 1});
    seen.remarks.push_back({"fine_tuning_required", field});
  }
}

}  // namespace

Request create_request(TuningForm form, const std::string& model) {
  nlohmann::ordered_json body{{"model", model}};
  if (form == TuningForm::kFlat) {
    body.update(hyperparameters());
  } else {
    body["hyperparameters"] = hyperparameters();
  }
  body["training_method"] = {{"method", "sft"}, {"train_on_inputs", false}};
  body["training_type"] = {{"type", "Lora"}, {"lora_r", 8}, {"lora_alpha", 16}};
  return post_json("/fine-tunes", body);
}

Observation judge_create(TuningForm form, const Exchange& exchange) {
  Observation seen;
  const std::string surface = "fine_tuning_create_" + std::string(to_string(form));
  if (is_accepted(exchange)) {
    seen.rules = {
        broken("refused", "HTTP " + std::to_string(exchange.status) +
                              ": a request without a training file was accepted; A FINE-TUNING JOB "
                              "MAY HAVE BEEN STARTED: look at the jobs, and set create: false")};
    conclude_account(surface, "", seen);
    return seen;
  }
  const ApiVerdict failure = judge_failure(exchange);
  seen.outcome = account_outcome(failure);
  seen.detail = failure.detail;
  if (!is_refusal(exchange)) return seen;
  seen.rules = {kept("refused", "HTTP " + std::to_string(exchange.status))};
  const CreateComplaint complaint = read_create_complaint(form, exchange.body);
  read_complaint(form, complaint, seen);
  if (complaint.verdict == FormVerdict::kUnclear && complaint.required.empty()) {
    add_rule_readings(surface, "", seen);
  } else {
    conclude_account(surface, describe(form, complaint), seen);
  }
  return seen;
}

std::vector<const MetricDef*> fine_tuning_create_metrics() { return {&kFormAccepted, &kRequired}; }

}  // namespace together
