// The JSON bodies of /api/v1.
#include "exporter/web/api.h"

#include <optional>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "exporter/core/duration.h"
#include "exporter/core/text.h"

namespace together {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxTextBytes = 1024;

/// dump() throws on invalid UTF-8.
Json text(const std::string& any_bytes) { return clean_utf8(any_bytes, kMaxTextBytes); }

Json time(const std::optional<WallTime>& t) { return t ? Json(format_time(*t)) : Json(); }

Json number(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

Json fallback_json(const StatusView::Fallback& fallback) {
  return {{"id", text(fallback.id)}, {"state", text(fallback.state)}};
}

Json probe_json(const StatusView::ProbeResult& result) {
  return {{"probe", text(result.probe)},
          {"outcome", text(result.outcome)},
          {"detail", text(result.detail)},
          {"at", time(result.at)}};
}

template <class Item, class Convert>
Json list(const std::vector<Item>& items, Convert convert) {
  Json array = Json::array();
  for (const auto& item : items) array.push_back(convert(item));
  return array;
}

Json model_json(const StatusView::Model& model) {
  return {{"id", text(model.id)},
          {"state", text(model.state)},
          {"state_since", time(model.state_since)},
          {"last_served", time(model.last_served)},
          {"reason", text(model.reason)},
          {"fallbacks", list(model.fallbacks, fallback_json)},
          {"price_usd_per_million_tokens",
           {{"input", number(model.input_usd_per_million_tokens)},
            {"output", number(model.output_usd_per_million_tokens)}}},
          {"probes", list(model.probes, probe_json)}};
}

Json event_json(const Event& event) {
  return {{"at", format_time(event.at)},
          {"kind", text(event.kind)},
          {"model", text(event.model)},
          {"text", text(event.text)}};
}

std::string envelope(Json data) {
  const Json body = {{"status", "success"}, {"data", std::move(data)}};
  return body.dump() + '\n';
}

}  // namespace

std::string render_models_json(const StatusView& view) {
  return envelope(
      list(by_attention(view.models), [](const auto* model) { return model_json(*model); }));
}

std::string render_events_json(const StatusView& view) {
  return envelope(list(view.events, event_json));
}

}  // namespace together
