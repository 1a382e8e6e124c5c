// Reads what an event, or a model, of a scenario says beside its action, or its id.
#include "simulator/event_arguments.h"

#include <array>

#include "simulator/event_words.h"
#include "simulator/surface_arguments.h"
#include "simulator/word.h"

namespace together::simulator {
namespace {

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

void read_pace(const Fields& fields, ModelSpec& spec) {
  spec.first_byte = fields.duration("first_byte");
  spec.first_token = fields.duration("first_token");
  spec.token = fields.duration("token");
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
  if (fields.has("surface")) event.surface = word(fields, "surface", kSurfaces);
  if (event.surface == Surface::kFineTuning && fields.has("dedicated")) {
    fields.bad("dedicated", "belongs to surface inference only");
  }
}

void read_redirect(const Fields& fields, Event& event) {
  event.to = model_id(fields, "to");
  if (event.to == event.model) fields.bad("to", "a model cannot be redirected to itself");
  if (fields.has("as")) event.as = model_id(fields, "as");
}

/// For a mode named shrink, the share that is missing.
void read_missing(const Fields& fields, bool shrinks, Event& event) {
  if (shrinks) event.fraction = read_fraction(fields, "fraction");
  if (!shrinks && fields.has("fraction")) {
    fields.bad("fraction", "belongs to mode shrink only");
  }
}

void read_rate_limit(const Fields& fields, Event& event) {
  event.lasts = fields.duration("for");
  event.retry_after = fields.duration("retry_after");
  if (fields.has("retry_after_as")) {
    event.retry_after_date = word(fields, "retry_after_as", kRetryAfterForms);
  }
}

}  // namespace

const std::vector<std::string_view>& spec_keys() {
  static const std::vector<std::string_view> kKeys{
      "type",        "serverless",     "reasoning",    "price",        "shape",
      "usage",       "context_length", "display_name", "organization", "first_byte",
      "first_token", "token",          "dimensions"};
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
  read_pace(fields, spec);
  if (const auto dimensions = fields.whole("dimensions")) {
    if (*dimensions < 1 || *dimensions > 16'384) {
      fields.bad("dimensions", "must be from 1 to 16384");
    }
    spec.dimensions = static_cast<int>(*dimensions);
  }
}

void read_arguments(const Fields& fields, Event& event) {
  switch (event.action) {
    case Action::kAdd: read_spec(fields, event.spec); break;
    case Action::kAnnounce: read_announcement(fields, event); break;
    case Action::kWithdraw:
      if (fields.has("surface")) event.surface = word(fields, "surface", kSurfaces);
      break;
    case Action::kRedirect:
    case Action::kAnnounceRedirect: read_redirect(fields, event); break;
    case Action::kRenameAnswer: event.as = model_id(fields, "as"); break;
    case Action::kRemove:
      event.keep_listed = fields.flag("keep_listed").value_or(false);
      event.dedicated = fields.flag("dedicated").value_or(false);
      break;
    case Action::kSlow:
      read_pace(fields, event.spec);
      if (!event.spec.first_byte && !event.spec.first_token && !event.spec.token) {
        fields.bad("slow", "needs \"first_byte\", \"first_token\" or \"token\"");
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
    case Action::kVersionHeader: read_header(fields, event); break;
    case Action::kListMode:
      event.list_mode = word(fields, "mode", kListModes);
      if (fields.has("list")) event.list = word(fields, "list", kLists);
      read_missing(fields, event.list_mode == ListMode::kShrink, event);
      break;
    case Action::kPage:
      event.page_mode = word(fields, "mode", kPageModes);
      read_missing(fields, event.page_mode == PageMode::kShrink, event);
      break;
    case Action::kPatch:
    case Action::kUnpatch:
    case Action::kHeader:
    case Action::kStreamDress:
    case Action::kRefuse:
    case Action::kFineTuning:
    case Action::kFineTunable:
    case Action::kFineTuneJob:
    case Action::kBatch:
    case Action::kEndpoint: read_surface_arguments(fields, event); break;
    case Action::kWithdrawRedirect:
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

}  // namespace together::simulator
