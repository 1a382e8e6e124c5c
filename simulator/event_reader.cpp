// Reads one event, or one model, of a scenario from YAML.
#include "simulator/event_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "exporter/core/text.h"
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
       {"date", "in", "replacement", "dedicated"}},
      {Action::kWithdraw, "withdraw", Needs::kModel, {}, {}},
      {Action::kRedirect, "redirect", Needs::kModel, {"to"}, {}},
      {Action::kRemove, "remove", Needs::kModel, {}, {"keep_listed", "dedicated"}},
      {Action::kRestore, "restore", Needs::kModel, {}, {}},
      {Action::kDedicatedOnly, "dedicated_only", Needs::kModel, {}, {}},
      {Action::kStopEndpoint, "stop_endpoint", Needs::kModel, {}, {}},
      {Action::kBlock, "block", Needs::kModel, {}, {}},
      {Action::kStreamingOnly, "streaming_only", Needs::kModel, {}, {}},
      {Action::kSlow, "slow", Needs::kModel, {}, {"first_token", "token"}},
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
      {Action::kListMode, "list_mode", Needs::kNoModel, {"mode"}, {"fraction", "list"}}};
  return kRules;
}

/// The value of the word under `key`, which has to be there.
template <class T, std::size_t N>
T word(const Fields& fields, std::string_view key,
       const std::array<std::pair<std::string_view, T>, N>& words) {
  fields.require(key);
  const std::string text = *fields.text(key);
  std::string all;
  for (const auto& [name, value] : words) {
    if (name == text) return value;
    if (!all.empty()) all += ", ";
    all += name;
  }
  fields.bad(key, "\"" + one_line(text, 80) + "\" is none of " + all);
}

std::vector<int> read_shapes(const Fields& fields) {
  const YAML::Node node = fields.node("shape");
  std::vector<int> shapes;
  const auto add = [&](const YAML::Node& item) {
    const double n =
        item.IsScalar() ? parse_number(item.Scalar(), Fields::line_of(item), "shape") : 0.0;
    const int shape = n >= 1 && n <= kShapes ? static_cast<int>(n) : 0;
    if (shape == 0 || shape != n) {
      fields.bad("shape",
                 "must be a number from 1 to " + std::to_string(kShapes) + ", or a list of them");
    }
    shapes.push_back(shape);
  };
  if (node.IsSequence()) {
    for (const auto& item : node) add(item);
  } else if (node.IsDefined()) {
    add(node);
  }
  return shapes;
}

void read_price(const Fields& fields, ModelSpec& spec) {
  spec.input = fields.number("input");
  spec.output = fields.number("output");
  spec.cached_input = fields.number("cached_input");
}

double read_fraction(const Fields& fields, std::string_view key) {
  fields.require(key);
  const double fraction = *fields.number(key);
  if (fraction > 1) fields.bad(key, "must be from 0 to 1");
  return fraction;
}

bool is_date(const std::string& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const std::size_t i : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U}) {
    if (text[i] < '0' || text[i] > '9') return false;
  }
  const int month = std::stoi(text.substr(5, 2));
  const int day = std::stoi(text.substr(8, 2));
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

void read_announcement(const Fields& fields, Event& event) {
  if (fields.has("date") == fields.has("in")) {
    fields.bad("announce", "needs either \"date\" or \"in\"");
  }
  event.date = fields.text("date").value_or("");
  if (fields.has("date") && !is_date(event.date)) fields.bad("date", "must be written 2026-12-01");
  event.in = fields.duration("in").value_or(Duration{});
  event.to = fields.text("replacement").value_or("");
  event.dedicated = fields.flag("dedicated").value_or(false);
}

void read_rate_limit(const Fields& fields, Event& event) {
  event.lasts = fields.duration("for");
  event.retry_after = fields.duration("retry_after");
  if (fields.has("retry_after_as")) {
    event.retry_after_date = word(fields, "retry_after_as", kRetryAfterForms);
  }
}

void read_version_header(const Fields& fields, Event& event) {
  event.header = *fields.text("name");
  event.value = *fields.text("value");
  const bool bad_name =
      event.header.empty() || std::any_of(event.header.begin(), event.header.end(), [](char c) {
        return (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-';
      });
  if (bad_name) fields.bad("name", "must be a header name in lower case");
  const bool bad_value = std::any_of(event.value.begin(), event.value.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
  if (bad_value) fields.bad("value", "must be printable");
}

/// The keys an action has of its own.
void read_arguments(const Fields& fields, Event& event) {
  switch (event.action) {
    case Action::kAdd: read_spec(fields, event.spec); break;
    case Action::kAnnounce: read_announcement(fields, event); break;
    case Action::kRedirect:
      event.to = model_id(fields, "to");
      if (event.to == event.model) fields.bad("to", "a model cannot be redirected to itself");
      break;
    case Action::kRemove:
      event.keep_listed = fields.flag("keep_listed").value_or(false);
      event.dedicated = fields.flag("dedicated").value_or(false);
      break;
    case Action::kSlow:
      event.spec.first_token = fields.duration("first_token");
      event.spec.token = fields.duration("token");
      if (!event.spec.first_token && !event.spec.token) {
        fields.bad("slow", "needs \"first_token\", \"token\" or both");
      }
      break;
    case Action::kBreakStream: event.breakage = word(fields, "mode", kBreakModes); break;
    case Action::kPrice:
      read_price(fields, event.spec);
      if (!event.spec.input && !event.spec.output && !event.spec.cached_input) {
        fields.bad("price", "needs \"input\", \"output\" or \"cached_input\"");
      }
      break;
    case Action::kShape:
      event.spec.shapes = read_shapes(fields);
      if (fields.has("usage")) event.spec.usage = word(fields, "usage", kUsagePlaces);
      if (event.spec.shapes.empty() && !event.spec.usage) {
        fields.bad("shape", "needs \"shape\", \"usage\" or both");
      }
      break;
    case Action::kFlap: event.fraction = read_fraction(fields, "rate"); break;
    case Action::kRateLimit: read_rate_limit(fields, event); break;
    case Action::kFailAll:
      event.failure = word(fields, "status", kFailures);
      event.lasts = fields.duration("for");
      break;
    case Action::kVersionHeader: read_version_header(fields, event); break;
    case Action::kListMode:
      event.list_mode = word(fields, "mode", kListModes);
      if (fields.has("list")) event.list = word(fields, "list", kLists);
      if (event.list_mode == ListMode::kShrink) event.fraction = read_fraction(fields, "fraction");
      if (event.list_mode != ListMode::kShrink && fields.has("fraction")) {
        fields.bad("fraction", "belongs to mode shrink only");
      }
      break;
    case Action::kWithdraw:
    case Action::kRestore:
    case Action::kDedicatedOnly:
    case Action::kStopEndpoint:
    case Action::kBlock:
    case Action::kStreamingOnly:
    case Action::kFixStream:
    case Action::kRecoverAll:
    case Action::kRejectKey:
    case Action::kAcceptKey:
    case Action::kSpendLimit:
    case Action::kClearSpendLimit: break;
  }
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

const std::vector<std::string_view>& spec_keys() {
  static const std::vector<std::string_view> kKeys{
      "type",           "serverless",   "reasoning",    "price",       "shape", "usage",
      "context_length", "display_name", "organization", "first_token", "token"};
  return kKeys;
}

std::string model_id(const Fields& fields, std::string_view key) {
  fields.require(key);
  std::string id = *fields.text(key);
  if (id.empty()) fields.bad(key, "must not be empty");
  return id;
}

void read_spec(const Fields& fields, ModelSpec& spec) {
  if (fields.has("type")) spec.type = std::string(word(fields, "type", kTypes));
  spec.serverless = fields.flag("serverless");
  spec.reasons = fields.flag("reasoning");
  if (fields.has("price")) {
    constexpr std::array<std::string_view, 3> kKeys{"input", "output", "cached_input"};
    read_price(Fields(fields.node("price"), "price", kKeys), spec);
  }
  spec.shapes = read_shapes(fields);
  if (fields.has("usage")) spec.usage = word(fields, "usage", kUsagePlaces);
  spec.context_length = fields.whole("context_length");
  spec.display_name = fields.text("display_name");
  spec.organization = fields.text("organization");
  spec.first_token = fields.duration("first_token");
  spec.token = fields.duration("token");
}

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

}  // namespace together::simulator
