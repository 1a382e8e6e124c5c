// GET /api/v1/events.
#include "exporter/web/events_api.h"

#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>

#include <nlohmann/json.hpp>

#include "exporter/core/duration.h"
#include "exporter/core/percent.h"
#include "exporter/core/text.h"
#include "exporter/web/api.h"
#include "exporter/web/query.h"

namespace together {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t kDefaultLimit = 100;
constexpr std::int64_t kMostLimit = 1000;
constexpr std::size_t kMaxTextBytes = 1024;
constexpr std::size_t kShownBytes = 100;

struct Filter {
  std::optional<std::string> model;
  std::optional<std::string> kind;
  std::int64_t limit = kDefaultLimit;
  std::int64_t before = std::numeric_limits<std::int64_t>::max();

  bool fits(const Event& event) const {
    return event.id < before && (!model || event.model == *model) && (!kind || event.kind == *kind);
  }
};

Result<std::int64_t> whole_number(const std::string& name, const std::string& text,
                                  std::int64_t least, std::int64_t most) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && end == text.data() + text.size() && value >= least && value <= most) {
    return value;
  }
  return fail(name + " must be a whole number from " + std::to_string(least) + " to " +
              std::to_string(most) + ", not \"" + one_line(text, kShownBytes) + "\"");
}

Result<Filter> read_filter(std::string_view query) {
  const auto parameters = parse_query(query);
  if (!parameters) return tl::make_unexpected(parameters.error());
  Filter filter;
  for (const auto& [name, value] : *parameters) {
    if (name == "model") {
      filter.model = value;
    } else if (name == "kind") {
      filter.kind = value;
    } else if (name == "limit" || name == "before") {
      const bool is_limit = name == "limit";
      const auto number = whole_number(
          name, value, 1, is_limit ? kMostLimit : std::numeric_limits<std::int64_t>::max());
      if (!number) return tl::make_unexpected(number.error());
      (is_limit ? filter.limit : filter.before) = *number;
    } else {
      return fail("there is no parameter \"" + one_line(name, kShownBytes) +
                  "\"; there are model, kind, limit and before");
    }
  }
  return filter;
}

std::string next_page(const Filter& filter, std::int64_t last) {
  std::string url = std::string(kEventsPath) + "?before=" + std::to_string(last) +
                    "&limit=" + std::to_string(filter.limit);
  if (filter.model) url += "&model=" + percent_encoded(*filter.model);
  if (filter.kind) url += "&kind=" + percent_encoded(*filter.kind);
  return url;
}

Json text(const std::string& any_bytes) { return clean_utf8(any_bytes, kMaxTextBytes); }

Json event_json(const Event& event) {
  return {{"id", event.id},
          {"at", format_time(event.at)},
          {"kind", text(event.kind)},
          {"model", text(event.model)},
          {"text", text(event.text)}};
}

HttpResponse json_response(int status, const Json& body) {
  HttpResponse response;
  response.status = status;
  response.headers = security_headers();
  response.set_header("Content-Type", std::string(kJsonContentType));
  response.set_header("Cache-Control", "no-store");
  response.body = std::make_shared<const std::string>(body.dump() + '\n');
  return response;
}

}  // namespace

HttpResponse events_response(std::string_view query, const std::vector<Event>& events) {
  const auto filter = read_filter(query);
  if (!filter) {
    return json_response(
        400,
        {{"status", "error"}, {"errorType", "bad_data"}, {"error", text(filter.error().message)}});
  }
  Json data = Json::array();
  std::int64_t last = 0;
  bool more = false;
  for (const auto& event : events) {
    if (!filter->fits(event)) continue;
    if (static_cast<std::int64_t>(data.size()) == filter->limit) {
      more = true;
      break;
    }
    data.push_back(event_json(event));
    last = event.id;
  }
  return json_response(200, {{"status", "success"},
                             {"data", std::move(data)},
                             {"next", more ? Json(next_page(*filter, last)) : Json()}});
}

}  // namespace together
