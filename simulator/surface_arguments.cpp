// Reads what events say of single surfaces of the API.
#include "simulator/surface_arguments.h"

#include <algorithm>

#include "simulator/event_arguments.h"
#include "simulator/event_words.h"
#include "simulator/patch.h"
#include "simulator/word.h"

namespace together::simulator {
namespace {

/// A plain scalar is what JSON makes of it, if it is anything; a quoted one is text.
Json json_of(const YAML::Node& node) {
  if (node.IsSequence()) {
    Json array = Json::array();
    for (const auto& item : node) array.push_back(json_of(item));
    return array;
  }
  if (node.IsMap()) {
    Json object = Json::object();
    for (const auto& pair : node) object[pair.first.Scalar()] = json_of(pair.second);
    return object;
  }
  if (!node.IsScalar()) return nullptr;
  const bool is_quoted = node.Tag() == "!";
  const Json value = Json::parse(node.Scalar(), nullptr, false);
  return is_quoted || value.is_discarded() || value.is_structured() ? Json(node.Scalar()) : value;
}

bool is_one_line(const std::string& text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

std::optional<std::string> line(const Fields& fields, std::string_view key) {
  const auto text = fields.text(key);
  if (text && !is_one_line(*text)) fields.bad(key, "must be one line");
  return text;
}

void read_surface(const Fields& fields, Event& event) {
  event.api = word(fields, "surface", kApiSurfaces);
  if (!event.model.empty() && !names_model(event.api)) {
    fields.bad("model", "requests of this surface name no model");
  }
}

void read_patch(const Fields& fields, Event& event) {
  read_surface(fields, event);
  if (event.api == ApiSurface::kFineTunes && !event.model.empty()) {
    fields.bad("model", "the jobs of this surface are listed for all models");
  }
  if (fields.has("name")) event.name = model_id(fields, "name");
  event.operations = json_of(fields.node("ops"));
  const std::string fault = fault_of_operations(event.operations);
  if (!fault.empty()) fields.bad("ops", fault);
}

void read_dress(const Fields& fields, Event& event) {
  StreamDress& dress = event.dress;
  dress.event = line(fields, "event");
  dress.data = fields.text("data");
  dress.comment = line(fields, "comment");
  if (fields.has("line_ends")) dress.crlf = word(fields, "line_ends", kLineEnds);
  dress.byte_order_mark = fields.flag("bom");
  const bool has_event = dress.event && !dress.event->empty();
  if (has_event != dress.data.has_value()) {
    fields.bad("data", "belongs to an event, and an event needs it");
  }
  if (!dress.event && !dress.comment && !dress.crlf && !dress.byte_order_mark) {
    fields.bad("stream_dress", "needs \"event\", \"comment\", \"line_ends\" or \"bom\"");
  }
}

void read_refusal(const Fields& fields, Event& event) {
  read_surface(fields, event);
  if (!names_model(event.api)) fields.bad("surface", "requests of this surface name no model");
  const long long status = *fields.whole("status");
  if (status < 400 || status > 599) fields.bad("status", "must be from 400 to 599");
  event.refusal = {static_cast<int>(status), *fields.text("message"),
                   fields.text("code").value_or(""), fields.text("param").value_or("")};
}

void read_tuning(const Fields& fields, Event& event) {
  event.tuning.nested = word(fields, "form", kTuningForms);
  const YAML::Node names = fields.node("required");
  if (!names.IsDefined()) return;
  if (!names.IsSequence()) fields.bad("required", "must be a list of names");
  for (const auto& name : names) {
    if (!name.IsScalar() || name.Scalar().empty()) fields.bad("required", "must be names");
    event.tuning.required.push_back(name.Scalar());
  }
}

void read_resource(const Fields& fields, std::string_view status_key, Event& event) {
  event.resource.id = model_id(fields, "id");
  if (fields.has(status_key)) event.resource.status = model_id(fields, status_key);
}

void read_endpoint(const Fields& fields, Event& event) {
  read_resource(fields, "state", event);
  if (fields.has("hardware")) event.resource.hardware = model_id(fields, "hardware");
  event.resource.cents_per_minute = fields.number("cents_per_minute");
}

}  // namespace

void read_header(const Fields& fields, Event& event) {
  event.header = *fields.text("name");
  event.value = *fields.text("value");
  const bool bad_name =
      event.header.empty() || std::any_of(event.header.begin(), event.header.end(), [](char c) {
        return (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-';
      });
  if (bad_name) fields.bad("name", "must be a header name in lower case");
  if (!is_one_line(event.value)) fields.bad("value", "must be printable");
}

void read_surface_arguments(const Fields& fields, Event& event) {
  switch (event.action) {
    case Action::kPatch: read_patch(fields, event); break;
    case Action::kUnpatch: event.name = model_id(fields, "name"); break;
    case Action::kHeader:
      read_surface(fields, event);
      read_header(fields, event);
      break;
    case Action::kStreamDress: read_dress(fields, event); break;
    case Action::kRefuse: read_refusal(fields, event); break;
    case Action::kFineTuning: read_tuning(fields, event); break;
    case Action::kFineTunable:
      fields.require("supported");
      event.supported = *fields.flag("supported");
      break;
    case Action::kFineTuneJob:
    case Action::kBatch: read_resource(fields, "status", event); break;
    case Action::kEndpoint: read_endpoint(fields, event); break;
    default: break;
  }
}

}  // namespace together::simulator
