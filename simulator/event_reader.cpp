// Reads one event of a scenario from YAML.
#include "simulator/event_reader.h"

#include "exporter/core/text.h"
#include "simulator/event_arguments.h"
#include "simulator/event_words.h"
#include "simulator/scenario.h"

namespace together::simulator {
namespace {

using Keys = std::vector<std::string_view>;

enum class Needs { kNoModel, kModel, kMaybeModel };

struct Rule {
  Action action;
  std::string_view name;
  Needs needs;
  Keys required;
  Keys optional;
};

const std::vector<Rule>& rules() {
  static const std::vector<Rule> kRules{
      {Action::kAdd, "add", Needs::kModel, {}, spec_keys()},
      {Action::kAnnounce,
       "announce",
       Needs::kModel,
       {},
       {"date", "in", "replacement", "dedicated", "surface"}},
      {Action::kWithdraw, "withdraw", Needs::kModel, {}, {"surface"}},
      {Action::kAnnounceRedirect, "announce_redirect", Needs::kModel, {"to"}, {"as"}},
      {Action::kWithdrawRedirect, "withdraw_redirect", Needs::kModel, {}, {}},
      {Action::kRedirect, "redirect", Needs::kModel, {"to"}, {}},
      {Action::kRenameAnswer, "rename_answer", Needs::kModel, {"as"}, {}},
      {Action::kRemove, "remove", Needs::kModel, {}, {"keep_listed", "dedicated"}},
      {Action::kRestore, "restore", Needs::kModel, {}, {}},
      {Action::kDedicatedOnly, "dedicated_only", Needs::kModel, {}, {}},
      {Action::kStopEndpoint, "stop_endpoint", Needs::kModel, {}, {}},
      {Action::kBlock, "block", Needs::kModel, {}, {}},
      {Action::kStreamingOnly, "streaming_only", Needs::kModel, {}, {}},
      {Action::kSlow, "slow", Needs::kModel, {}, {"first_byte", "first_token", "token"}},
      {Action::kBreakStream, "break_stream", Needs::kModel, {"mode"}, {}},
      {Action::kFixStream, "fix_stream", Needs::kModel, {}, {}},
      {Action::kPrice, "price", Needs::kModel, {}, {"input", "output", "cached_input"}},
      {Action::kShape, "shape", Needs::kModel, {}, {"shape", "usage"}},
      {Action::kFlap, "flap", Needs::kModel, {"rate"}, {}},
      {Action::kRateLimit,
       "rate_limit",
       Needs::kMaybeModel,
       {},
       {"for", "retry_after", "retry_after_as"}},
      {Action::kFailAll, "fail_all", Needs::kNoModel, {"status"}, {"for"}},
      {Action::kRecoverAll, "recover_all", Needs::kNoModel, {}, {}},
      {Action::kRejectKey, "reject_key", Needs::kNoModel, {}, {}},
      {Action::kAcceptKey, "accept_key", Needs::kNoModel, {}, {}},
      {Action::kSpendLimit, "spend_limit", Needs::kNoModel, {}, {}},
      {Action::kClearSpendLimit, "clear_spend_limit", Needs::kNoModel, {}, {}},
      {Action::kVersionHeader, "version_header", Needs::kNoModel, {"name", "value"}, {}},
      {Action::kListMode, "list_mode", Needs::kNoModel, {"mode"}, {"fraction", "list"}},
      {Action::kPage, "page", Needs::kNoModel, {"mode"}, {"fraction"}},
      {Action::kPatch, "patch", Needs::kMaybeModel, {"surface", "ops"}, {"name"}},
      {Action::kUnpatch, "unpatch", Needs::kNoModel, {"name"}, {}},
      {Action::kHeader, "header", Needs::kNoModel, {"surface", "name", "value"}, {}},
      {Action::kStreamDress,
       "stream_dress",
       Needs::kModel,
       {},
       {"event", "data", "comment", "line_ends", "bom"}},
      {Action::kRefuse,
       "refuse",
       Needs::kModel,
       {"surface", "status", "message"},
       {"code", "param"}},
      {Action::kFineTuning, "fine_tuning", Needs::kNoModel, {"form"}, {"required"}},
      {Action::kFineTunable, "fine_tunable", Needs::kModel, {"supported"}, {}},
      {Action::kFineTuneJob, "fine_tune_job", Needs::kNoModel, {"id", "status"}, {}},
      {Action::kBatch, "batch", Needs::kNoModel, {"id", "status"}, {}},
      {Action::kEndpoint,
       "endpoint",
       Needs::kMaybeModel,
       {"id"},
       {"state", "hardware", "cents_per_minute"}}};
  return kRules;
}

const Rule& rule_of(const YAML::Node& node, const std::string& where) {
  const YAML::Node action = node.IsMap() ? node["action"] : YAML::Node(YAML::NodeType::Undefined);
  const int line = Fields::line_of(node);
  if (!action.IsDefined() || !action.IsScalar()) {
    throw Problem(line, where + ": needs the key \"action\"");
  }
  for (const auto& rule : rules()) {
    if (rule.name == action.Scalar()) return rule;
  }
  throw Problem(Fields::line_of(action),
                "action: \"" + one_line(action.Scalar(), 80) + "\" is no action");
}

}  // namespace

Event read_event(const YAML::Node& node, bool timed) {
  const Rule& rule = rule_of(node, timed ? "events" : "event");
  Keys allowed{"action"};
  if (timed) allowed.emplace_back("at");
  if (rule.needs != Needs::kNoModel) allowed.emplace_back("model");
  allowed.insert(allowed.end(), rule.required.begin(), rule.required.end());
  allowed.insert(allowed.end(), rule.optional.begin(), rule.optional.end());

  const Fields fields(node, std::string(rule.name), allowed);
  Event event;
  event.line = timed ? fields.line() : 0;
  event.action = rule.action;
  if (timed) fields.require("at");
  event.at = fields.duration("at").value_or(Duration{});
  if (rule.needs == Needs::kModel || fields.has("model")) event.model = model_id(fields, "model");
  for (const auto key : rule.required) fields.require(key);
  read_arguments(fields, event);
  event.spec.id = event.model;
  event.spec.line = event.line;
  return event;
}

std::string_view to_string(Action action) {
  for (const auto& rule : rules()) {
    if (rule.action == action) return rule.name;
  }
  return "unknown";
}

std::string_view to_string(BreakMode mode) {
  for (const auto& [name, value] : kBreakModes) {
    if (value == mode) return name;
  }
  return "none";
}

std::string_view to_string(ListMode mode) {
  for (const auto& [name, value] : kListModes) {
    if (value == mode) return name;
  }
  return "normal";
}

std::string_view to_string(PageMode mode) {
  for (const auto& [name, value] : kPageModes) {
    if (value == mode) return name;
  }
  return "normal";
}

}  // namespace together::simulator
