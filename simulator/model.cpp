// A model of the simulated API.
#include "simulator/model.h"

#include <cmath>

namespace together::simulator {

Json plain_listing(const std::string& id, const std::string& type) {
  const auto slash = id.find('/');
  Json j;
  j["id"] = id;
  j["object"] = "model";
  j["created"] = 0;
  j["type"] = type;
  j["running"] = false;
  j["display_name"] = slash == std::string::npos ? id : id.substr(slash + 1);
  j["organization"] = slash == std::string::npos ? "" : id.substr(0, slash);
  j["config"] = {{"chat_template", nullptr},
                 {"stop", Json::array()},
                 {"bos_token", nullptr},
                 {"eos_token", nullptr}};
  j["pricing"] = {{"hourly", 0},     {"input", 0},    {"output", 0},
                  {"base", 0},       {"finetune", 0}, {"image_pixel", 0},
                  {"transcribe", 0}, {"image", 0},    {"video", 0}};
  return j;
}

Json price_json(double usd) {
  if (usd == std::floor(usd) && usd < 1e15) return static_cast<long long>(usd);
  return usd;
}

Model make_model(const ModelSpec& spec) {
  Model model;
  model.id = spec.id;
  model.kind = "chat";
  model.serverless = true;
  model.listing = plain_listing(spec.id, model.kind);
  change_model(model, spec);
  return model;
}

void change_model(Model& model, const ModelSpec& spec) {
  if (spec.type) {
    model.kind = *spec.type;
    model.listing["type"] = *spec.type;
  }
  if (spec.serverless) model.serverless = *spec.serverless;
  if (spec.reasons) model.reasons = *spec.reasons;
  Json& pricing = model.listing["pricing"];
  if (spec.input) pricing["input"] = price_json(*spec.input);
  if (spec.output) pricing["output"] = price_json(*spec.output);
  if (spec.cached_input) pricing["cached_input"] = price_json(*spec.cached_input);
  if (!spec.shapes.empty()) model.shapes = spec.shapes;
  if (spec.usage) model.usage = spec.usage;
  if (spec.context_length) model.listing["context_length"] = *spec.context_length;
  if (spec.display_name) model.listing["display_name"] = *spec.display_name;
  if (spec.organization) model.listing["organization"] = *spec.organization;
  if (spec.first_byte) model.first_byte = spec.first_byte;
  if (spec.first_token) model.first_token = spec.first_token;
  if (spec.token) model.token = spec.token;
  if (spec.dimensions) model.dimensions = *spec.dimensions;
}

bool answers_chat(const Model& model) {
  return model.kind == "chat" || model.kind == "language" || model.kind == "code" ||
         model.kind == "moderation";
}

bool is_tunable(const Model& model) {
  return model.serverless && (model.kind == "chat" || model.kind == "language");
}

}  // namespace together::simulator
