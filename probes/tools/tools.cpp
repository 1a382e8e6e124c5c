// The tools probe: one forced tool call, judged rule by rule.
#include "probes/tools/tools.h"

#include <array>
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

constexpr const char* kFunction = "set_temperature";
constexpr std::size_t kShownBytes = 100;
constexpr std::array<std::string_view, 4> kCallFields{"id", "type", "index", "function"};
constexpr std::array<std::string_view, 2> kFunctionFields{"name", "arguments"};

const ProbeInfo& tools_info() {
  static const ProbeInfo info = [] {
    ProbeInfo i;
    i.name = "tools";
    i.help = "Forces one tool call: is it there, is it whole, do its arguments fit the schema.";
    i.scope = Scope::kModel;
    i.modalities = {Modality::kChat};
    i.enabled = false;
    i.paid = true;
    i.interval = std::chrono::hours(6);
    i.settings = {{"max_tokens", 128LL,
                   "Tokens to allow for the call; models that reason need more.", 16, 4096}};
    i.metrics = {&kSurfaceRuleOk, &kSurfaceViolations};
    return i;
  }();
  return info;
}

nlohmann::ordered_json forced_call(const std::string& model, long long max_tokens) {
  using OrderedJson = nlohmann::ordered_json;
  const OrderedJson function{{"name", kFunction},
                             {"description", "Sets the temperature of the room."},
                             {"parameters", arguments_schema()}};
  const OrderedJson message{{"role", "user"},
                            {"content", "Set the temperature to 21 degrees celsius."}};
  const OrderedJson tool{{"type", "function"}, {"function", function}};
  return {{"model", model},
          {"messages", OrderedJson::array({message})},
          {"tools", OrderedJson::array({tool})},
          {"tool_choice", {{"type", "function"}, {"function", {{"name", kFunction}}}}},
          {"max_tokens", max_tokens},
          {"stream", false}};
}

std::string shown(std::string_view text) { return one_line(text, kShownBytes); }

/// Empty where the message holds a call.
std::string calls_fault(const Json* message) {
  if (message == nullptr || !message->is_object()) return "the answer has no message";
  const Json* calls = member(message, "tool_calls");
  if (calls != nullptr && calls->is_array() && !calls->empty()) return "";
  if (const Json* old = member(message, "function_call"); old != nullptr && old->is_object()) {
    return "the call came in the old form, as function_call";
  }
  const std::string_view content = text_of(member(message, "content"));
  if (content.find(kFunction) != std::string_view::npos) return "the call stands in the content";
  if (calls == nullptr) return "the message has no tool_calls";
  return calls->is_array() ? "tool_calls is empty"
                           : "tool_calls is " + std::string(calls->type_name()) + ", no array";
}

Rule judge_function(const Json* function) {
  const std::string name = shown(text_of(member(function, "name")));
  if (name == kFunction) return kept("function", name);
  return broken("function", name.empty() ? "the call names no function"
                                         : "the call names another function: " + name);
}

Rule judge_call_id(const Json& call) {
  if (text_of(member(&call, "id")).empty()) return broken("call_id", "the call has no id");
  const std::string type = shown(text_of(member(&call, "type")));
  if (type == "function") return kept("call_id", "an id, and type function");
  return broken("call_id", type.empty() ? "the call has no type" : "the call's type is " + type);
}

void judge_arguments(const Json* function, std::vector<Rule>& rules) {
  const Json* arguments = member(function, "arguments");
  if (arguments == nullptr || !arguments->is_string()) {
    rules.push_back(broken(
        "arguments_json",
        arguments == nullptr
            ? "the call has no arguments"
            : "the arguments are " + std::string(arguments->type_name()) + ", not a string"));
    return;
  }
  const std::string_view text = text_of(arguments);
  if (const auto fault = object_fault(text)) {
    rules.push_back(broken("arguments_json", "the arguments: " + *fault));
    return;
  }
  rules.push_back(kept("arguments_json", shown(text)));
  const auto fault = arguments_fault(text);
  rules.push_back(fault ? broken("arguments_schema", "the arguments: " + *fault)
                        : kept("arguments_schema", "the arguments fit the schema"));
}

/// A rule that the answer gives nothing to judge by is left out.
std::vector<Rule> judge_call(const Json& choice, long long max_tokens) {
  if (is_cut_by_length(choice)) return {cut_by_length(max_tokens)};
  std::vector<Rule> rules;
  const Json* message = member(&choice, "message");
  if (const std::string fault = calls_fault(message); !fault.empty()) {
    rules.push_back(broken("tool_calls", fault));
  } else {
    const Json& call = member(message, "tool_calls")->front();
    const Json* function = member(&call, "function");
    rules.push_back(kept("tool_calls", "the message has tool_calls"));
    rules.push_back(judge_function(function));
    judge_arguments(function, rules);
    rules.push_back(judge_call_id(call));
  }
  rules.push_back(judge_finish_reason(choice, "tool_calls"));
  return rules;
}

void remark_call(const Json& choice, Observation& seen) {
  remark_finish_reason(choice, seen);
  const Json* calls = member(member(&choice, "message"), "tool_calls");
  if (calls == nullptr || !calls->is_array() || calls->empty()) return;
  const Json& call = calls->front();
  remark_fields(&call, kCallFields, "choices[].message.tool_calls[].", seen);
  remark_fields(member(&call, "function"), kFunctionFields,
                "choices[].message.tool_calls[].function.", seen);
}

class ToolsProbe final : public Probe {
 public:
  explicit ToolsProbe(const Settings& settings)
      : serving_(serving_probe().make({})), max_tokens_(settings.number("max_tokens")) {}

  const ProbeInfo& info() const override { return tools_info(); }

  Request request(const Target& target) const override {
    return chat_request(forced_call(target.model, max_tokens_));
  }

  Observation judge(const Target& target, const Exchange& exchange,
                    std::string_view) const override {
    Observation seen = judge_chat_answer(*serving_, target, exchange);
    if (seen.outcome != Outcome::kOk) return seen;
    const auto answer = parse_json(exchange.body);
    const Json& choice = member(&*answer, "choices")->front();
    seen.rules = judge_call(choice, max_tokens_);
    remark_call(choice, seen);
    if (!first_fault(seen.rules).empty()) std::get<ServingFacts>(seen.facts).look = Look::kFailing;
    conclude("tools", target.model, "called as asked", seen);
    return seen;
  }

  /// The template of some models repeats the schema: 60 to 300 tokens.
  Billed most_billed(const Target&) const override {
    return {.prompt = 512, .completion = max_tokens_ + 15, .images = 0};
  }
  Billed usually_billed(const Target&) const override {
    return {.prompt = 200, .completion = 40, .images = 0};
  }

 private:
  std::unique_ptr<Probe> serving_;
  long long max_tokens_;
};

}  // namespace

ProbeType tools_probe() {
  return {tools_info(),
          [](const ProbeInputs& inputs) { return std::make_unique<ToolsProbe>(inputs.settings); }};
}

}  // namespace together
