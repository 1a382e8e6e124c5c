// The JSON mode probe: one answer that must fit a schema.
#include "probes/json_mode/json_mode.h"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/core/text.h"
#include "probes/answer/chat_answer.h"
#include "probes/answer/rules.h"
#include "probes/answer/surface.h"
#include "probes/chat/chat.h"
#include "probes/serving/serving.h"
#include "probes/tools/arguments.h"

namespace together {
namespace {

using Rule = Observation::Rule;

const ProbeInfo& json_mode_info() {
  static const ProbeInfo info = [] {
    ProbeInfo i;
    i.name = "json_mode";
    i.help = "Asks for an answer that fits a JSON schema: does it parse, does it fit.";
    i.scope = Scope::kModel;
    i.modalities = {Modality::kChat};
    i.enabled = false;
    i.paid = true;
    i.interval = std::chrono::hours(6);
    i.settings = {{"max_tokens", 128LL,
                   "Tokens to allow for the answer; models that reason need more.", 16, 4096}};
    i.metrics = {&kSurfaceRuleOk, &kSurfaceViolations};
    return i;
  }();
  return info;
}

/// The question names the keys as well: Together's documentation wants the prompt to ask for JSON.
/// Source: https://docs.together.ai/docs/json-mode
nlohmann::ordered_json bound_question(const std::string& model, long long max_tokens) {
  using OrderedJson = nlohmann::ordered_json;
  const OrderedJson message{
      {"role", "user"},
      {"content", "The room has 21 degrees celsius. Answer in JSON, with degrees and unit only."}};
  return {{"model", model},
          {"messages", OrderedJson::array({message})},
          {"response_format",
           {{"type", "json_schema"},
            {"json_schema", {{"name", "temperature"}, {"schema", arguments_schema()}}}}},
          {"max_tokens", max_tokens},
          {"stream", false}};
}

/// A rule that the answer gives nothing to judge by is left out.
std::vector<Rule> judge_content(const Json& choice, long long max_tokens) {
  if (is_cut_by_length(choice)) return {cut_by_length(max_tokens)};
  std::vector<Rule> rules;
  const Json* content = member(member(&choice, "message"), "content");
  const std::string_view text = text_of(content);
  if (content == nullptr || !content->is_string()) {
    rules.push_back(broken("json", "the message has no content"));
  } else if (const auto fault = object_fault(text)) {
    rules.push_back(broken("json", "the content: " + *fault));
  } else {
    rules.push_back(kept("json", one_line(text, 100)));
    const auto misfit = arguments_fault(text);
    rules.push_back(misfit ? broken("schema", "the content: " + *misfit)
                           : kept("schema", "the content fits the schema"));
  }
  rules.push_back(judge_finish_reason(choice, "stop"));
  return rules;
}

class JsonModeProbe final : public Probe {
 public:
  explicit JsonModeProbe(const Settings& settings)
      : serving_(serving_probe().make({})), max_tokens_(settings.number("max_tokens")) {}

  const ProbeInfo& info() const override { return json_mode_info(); }

  Request request(const Target& target) const override {
    return chat_request(bound_question(target.model, max_tokens_));
  }

  Observation judge(const Target& target, const Exchange& exchange,
                    std::string_view) const override {
    Observation seen = judge_chat_answer(*serving_, target, exchange);
    if (seen.outcome != Outcome::kOk) return seen;
    const auto answer = parse_json(exchange.body);
    const Json& choice = member(&*answer, "choices")->front();
    seen.rules = judge_content(choice, max_tokens_);
    remark_finish_reason(choice, seen);
    if (!first_fault(seen.rules).empty()) std::get<ServingFacts>(seen.facts).look = Look::kFailing;
    conclude("json_mode", target.model, "answered in JSON that fits the schema", seen);
    return seen;
  }

  /// Some engines put the schema into the prompt.
  Billed most_billed(const Target&) const override {
    return {.prompt = 512, .completion = max_tokens_ + 15, .images = 0};
  }
  Billed usually_billed(const Target&) const override {
    return {.prompt = 100, .completion = 40, .images = 0};
  }

 private:
  std::unique_ptr<Probe> serving_;
  long long max_tokens_;
};

}  // namespace

ProbeType json_mode_probe() {
  return {json_mode_info(), [](const ProbeInputs& inputs) {
            return std::make_unique<JsonModeProbe>(inputs.settings);
          }};
}

}  // namespace together
