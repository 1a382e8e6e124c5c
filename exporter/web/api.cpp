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

template <class Item, class Convert>
Json list(const std::vector<Item>& items, Convert convert) {
  Json array = Json::array();
  for (const auto& item : items) array.push_back(convert(item));
  return array;
}

Json fallback_json(const StatusView::Fallback& fallback) {
  return {{"id", text(fallback.id)}, {"state", text(fallback.state)}};
}

Json retirement_json(const StatusView::Retirement& retirement, WallTime now) {
  const auto left = retirement.date - day_of_time(now);
  return {{"surface", text(retirement.surface)},
          {"date", format_day(retirement.date)},
          {"days_left", left.count()},
          {"source", text(retirement.source)},
          {"replacement", retirement.replacement.empty() ? Json() : text(retirement.replacement)},
          {"announced", time(retirement.announced)}};
}

Json replacement_json(const StatusView::Replacement& replacement) {
  return {{"id", text(replacement.id)},
          {"source", text(replacement.source)},
          {"state", text(replacement.state)},
          {"input_price_ratio", number(replacement.input_price_ratio)},
          {"output_price_ratio", number(replacement.output_price_ratio)},
          {"context_length_ratio", number(replacement.context_length_ratio)}};
}

Json probe_json(const StatusView::ProbeResult& result) {
  return {{"probe", text(result.probe)},
          {"outcome", text(result.outcome)},
          {"detail", text(result.detail)},
          {"at", time(result.at)},
          {"broken_rules", list(result.broken_rules, text)}};
}

Json outcome_json(Outcome outcome) { return to_string(outcome); }

Json price_json(const StatusView::Price& price) {
  Json change;
  if (const auto& step = price.last_change) {
    change = {
        {"before_usd", step->before_usd}, {"after_usd", step->after_usd}, {"at", time(step->at)}};
  }
  return {{"name", text(price.name)},
          {"unit", text(price.unit)},
          {"usd", number(price.usd)},
          {"last_change", std::move(change)}};
}

Json model_json(const StatusView::Model& model, WallTime now) {
  return {{"id", text(model.id)},
          {"state", text(model.state)},
          {"state_since", time(model.state_since)},
          {"last_served", time(model.last_served)},
          {"reason", text(model.reason)},
          {"fallbacks", list(model.fallbacks, fallback_json)},
          {"retirements",
           list(model.retirements, [&](const auto& one) { return retirement_json(one, now); })},
          {"replacements", list(model.replacements, replacement_json)},
          {"successor", model.successor.empty() ? Json() : text(model.successor)},
          {"did_you_mean", list(model.nearest, text)},
          {"price_usd_per_million_tokens",
           {{"input", number(model.input_usd_per_million_tokens)},
            {"output", number(model.output_usd_per_million_tokens)}}},
          {"probes", list(model.probes, probe_json)},
          {"prices", list(model.prices, price_json)},
          {"fallbacks_available", fallbacks_available(model)},
          {"authority", model.authority.empty() ? Json() : text(model.authority)},
          {"recent_outcomes", list(model.recent_outcomes, outcome_json)}};
}

std::string envelope(Json data) {
  const Json body = {{"status", "success"}, {"data", std::move(data)}};
  return body.dump() + '\n';
}

}  // namespace

std::string render_models_json(const StatusView& view) {
  return envelope(
      list(by_attention(view), [&](const auto* model) { return model_json(*model, view.now); }));
}

}  // namespace together
