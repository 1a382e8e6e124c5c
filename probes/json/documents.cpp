// The JSON that an exchange carries.
#include "probes/json/documents.h"

#include <utility>

#include "exporter/core/text.h"
#include "probes/stream/sse.h"

namespace together {

bool is_event_stream(const Exchange& exchange) {
  return lower_ascii(exchange.header("content-type").value_or("")).starts_with("text/event-stream");
}

std::vector<Json> json_documents(const Exchange& exchange) {
  std::vector<Json> documents;
  const auto read = [&](std::string_view text) {
    if (auto json = parse_json(text)) documents.push_back(std::move(*json));
  };
  if (!is_event_stream(exchange)) {
    read(exchange.body);
    return documents;
  }
  SseDecoder decoder;
  for (const SseEvent& event : decoder.feed(exchange.body)) {
    if (event.data != "[DONE]") read(event.data);
  }
  return documents;
}

std::string surface_of(std::string_view probe, std::string_view part) {
  std::string surface(probe);
  if (!part.empty()) surface.append("_").append(part);
  return surface;
}

}  // namespace together
