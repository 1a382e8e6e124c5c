// The surfaces of /v1/fine-tunes.
// Source of the names: the OpenAPI file of 2026-04-28 and the SDK of 2026-09.
#include "simulator/fine_tunes.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "simulator/refusals.h"

namespace together::simulator {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 23> kGeneral{"model",
                                                    "training_file",
                                                    "validation_file",
                                                    "suffix",
                                                    "wandb_api_key",
                                                    "wandb_base_url",
                                                    "wandb_project_name",
                                                    "wandb_name",
                                                    "wandb_entity",
                                                    "random_seed",
                                                    "packing",
                                                    "train_on_inputs",
                                                    "training_method",
                                                    "training_type",
                                                    "multimodal_params",
                                                    "from_checkpoint",
                                                    "from_hf_model",
                                                    "hf_model_revision",
                                                    "hf_api_token",
                                                    "hf_output_repo_name",
                                                    "early_stopping_enabled",
                                                    "early_stopping_patience",
                                                    "early_stopping_threshold"};

constexpr std::array<std::string_view, 11> kHyperparameters{"n_epochs",
                                                            "n_checkpoints",
                                                            "n_evals",
                                                            "batch_size",
                                                            "learning_rate",
                                                            "lr_scheduler",
                                                            "warmup_ratio",
                                                            "max_grad_norm",
                                                            "weight_decay",
                                                            "max_seq_length",
                                                            "gradient_accumulation_steps"};

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_tunable_now(const ModelState& state) {
  return state.tunable.value_or(is_tunable(state.model)) && state.standing != Standing::kNotFound;
}

/// The first name that the form does not know; "" where it knows all.
std::string unknown_parameter(const json& body, const TuningForm& form) {
  for (const auto& [name, value] : body.items()) {
    const bool required =
        std::find(form.required.begin(), form.required.end(), name) != form.required.end();
    if (form.nested && name == "hyperparameters" && value.is_object()) {
      for (const auto& [inner, ignored] : value.items()) {
        if (!holds(kHyperparameters, inner)) return "hyperparameters." + inner;
      }
    } else if (!holds(kGeneral, name) && !required &&
               (form.nested || !holds(kHyperparameters, name))) {
      return name;
    }
  }
  return "";
}

std::vector<std::string> missing_parameters(const json& body, const TuningForm& form) {
  std::vector<std::string> missing;
  const auto check = [&](const std::string& name) {
    if (!body.contains(name)) missing.push_back(name);
  };
  for (const auto& name : form.required) check(name);
  check("model");
  check("training_file");
  return missing;
}

Script missing_refusal(const std::vector<std::string>& missing, const Stamp& stamp) {
  std::string message =
      missing.size() == 1 ? "Missing required parameter: " : "Missing required parameters: ";
  for (const auto& name : missing) {
    if (&name != &missing.front()) message += ", ";
    message += name;
  }
  return refused_so(stamp, {400, message, "", missing.front()});
}

}  // namespace

Script answer_tunable_models(const World& world, const Stamp& stamp) {
  Json models = Json::array();
  for (const auto& state : world.models()) {
    if (is_tunable_now(state)) models.push_back(state.model.id);
  }
  return good_json(stamp, {{"models", std::move(models)}});
}

Script answer_tuning_limits(const World& world, const std::string& model, const Stamp& stamp) {
  const ModelState* state = world.find(model);
  if (state == nullptr || !is_tunable_now(*state)) {
    return whole(404, edge_headers(stamp, "application/json; charset=utf-8"),
                 Json{{"message", "No fine-tuning limits found for model " + model}}.dump(
                     -1, ' ', false, Json::error_handler_t::replace));
  }
  return good_json(stamp,
                   {{"model_name", model},
                    {"full_training",
                     {{"max_batch_size", 16}, {"max_batch_size_dpo", 8}, {"min_batch_size", 8}}},
                    {"lora_training",
                     {{"max_batch_size", 32},
                      {"max_batch_size_dpo", 16},
                      {"min_batch_size", 8},
                      {"max_rank", 64},
                      {"target_modules", {"k_proj", "o_proj", "q_proj", "v_proj"}}}},
                    {"max_num_epochs", 20},
                    {"max_num_evals", 100},
                    {"max_num_checkpoints", 10},
                    {"max_learning_rate", 0.01},
                    {"min_learning_rate", 1e-8},
                    {"default_gradient_accumulation_steps", 1},
                    {"max_seq_length_sft", 32'768},
                    {"max_seq_length_dpo", 16'384},
                    {"min_max_seq_length", 1024},
                    {"merge_output_lora", true},
                    {"supports_full_training", true},
                    {"supports_reasoning", state->model.reasons},
                    {"supports_tools", true},
                    {"supports_vision", false}});
}

Script answer_tuning_jobs(const World& world, const Stamp& stamp) {
  Json data = Json::array();
  for (const auto& job : world.account().holdings.tuning_jobs) {
    data.push_back({{"id", job.id},
                    {"status", job.status},
                    {"model", job.model},
                    {"created_at", "2026-11-18T14:05:22.310Z"},
                    {"updated_at", "2026-11-18T16:40:09.127Z"},
                    {"training_file", "file-training-" + job.id},
                    {"validation_file", ""},
                    {"n_epochs", 1},
                    {"n_checkpoints", 1},
                    {"n_evals", 0},
                    {"batch_size", 8},
                    {"learning_rate", 1e-5},
                    {"training_type", {{"type", "Lora"}, {"lora_r", 8}, {"lora_alpha", 16}}},
                    {"token_count", 812'044},
                    {"total_price", 4'000'000'000}});  // nano-dollars
  }
  return good_json(stamp, {{"data", std::move(data)}});
}

Script answer_tuning_request(const World& world, const std::string& text, const Stamp& stamp) {
  const json body = json::parse(text, nullptr, false);
  if (!body.is_object()) {
    return refused_so(stamp, {400, "Could not create the FineTune object (Binding)", "", ""});
  }
  const TuningForm& form = world.account().tuning;
  const std::string unknown = unknown_parameter(body, form);
  if (!unknown.empty()) {
    return refused_so(stamp, {400, "Unknown parameter: " + unknown, "", unknown});
  }
  const std::vector<std::string> missing = missing_parameters(body, form);
  if (!missing.empty()) return missing_refusal(missing, stamp);
  if (!body["model"].is_string() || !body["training_file"].is_string()) {
    return refused_so(stamp, {400, "Could not create the FineTune object (Binding)", "", ""});
  }
  const std::string model = body["model"];
  const ModelState* state = world.find(model);
  if (state == nullptr || !is_tunable_now(*state)) {
    return refused_so(stamp,
                      {400, "Model " + model + " is not supported for fine-tuning", "", "model"});
  }
  return refused_so(stamp, {400, "File " + body["training_file"].get<std::string>() + " not found",
                            "", "training_file"});
}

}  // namespace together::simulator
