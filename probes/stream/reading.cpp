// Everything a streamed body shows, gathered once for rules and clocks.
#include "probes/stream/reading.h"

#include <algorithm>

#include "exporter/core/text.h"
#include "probes/api_error/envelope.h"
#include "probes/chat/chat.h"
#include "probes/stream/chunk.h"
#include "probes/stream/sse.h"

namespace together {
namespace {

// A stranger's stream may hold any number; a person reads a few.
constexpr std::size_t kMostKept = 16;

template <class T>
void keep_first(std::optional<T>& kept, std::optional<T> found) {
  if (!kept) kept = std::move(found);
}

void add_once(std::vector<std::string>& kept, std::string text) {
  if (kept.size() < kMostKept && std::find(kept.begin(), kept.end(), text) == kept.end()) {
    kept.push_back(std::move(text));
  }
}

void add_chunk(const Json& json, std::size_t end, long long max_tokens, StreamReading& reading) {
  StreamChunk chunk = read_chunk(json);
  keep_first(reading.shape_fault, std::move(chunk.shape_fault));
  keep_first(reading.error, std::move(chunk.error));
  if (reading.model.empty()) reading.model = std::move(chunk.model);
  if (chunk.usage != nullptr) {
    keep_first(reading.usage_fault, usage_fault_of(*chunk.usage, max_tokens));
    if (const auto usage = read_usage(chunk.usage)) reading.usage = usage;
  }
  for (std::string& reason : chunk.finish_reasons) {
    if (reading.finish_reasons.size() < kMostKept) {
      reading.finish_reasons.push_back(std::move(reason));
    }
  }
  for (std::string& field : chunk.unknown_fields) {
    add_once(reading.unknown_fields, std::move(field));
  }
  if (chunk.has_token) reading.tokens.push_back({end, chunk.has_answer});
}

/// Whether a client that knows nothing of the event's type would find something in it.
bool is_chunk_or_error(const Json& json) {
  return member(&json, "choices") != nullptr || carries_error(member(&json, "error"));
}

void add_event(const SseEvent& event, long long max_tokens, StreamReading& reading) {
  const bool known_type = event.type.empty() || event.type == "message" || event.type == "error";
  if (!known_type) {
    ++reading.unknown_events;
    add_once(reading.unknown_types, one_line(event.type, 64));
  }
  if (reading.done_events > 0) reading.event_after_done = true;
  if (event.data == "[DONE]") {
    ++reading.done_events;
    return;
  }
  const auto json = parse_json(event.data);
  if (event.type == "error") {
    keep_first(reading.error, std::optional(error_text(json ? *json : Json(event.data))));
    return;
  }
  if (!known_type && !(json && is_chunk_or_error(*json))) return;
  if (!json || !json->is_object()) {
    keep_first(reading.json_fault,
               std::optional<std::string>(json ? "an event is no JSON object"
                                               : "an event is no JSON: " + json.error().message));
    return;
  }
  add_chunk(*json, event.end, max_tokens, reading);
}

}  // namespace

StreamReading read_stream(std::string_view body, long long max_tokens) {
  StreamReading reading;
  SseDecoder decoder;
  for (const SseEvent& event : decoder.feed(body)) {
    if (reading.events++ == 0) reading.first_event_end = event.end;
    add_event(event, max_tokens, reading);
  }
  reading.partial_event = decoder.has_partial_event();
  reading.oversized_events = decoder.oversized_events();
  if (reading.events == 0) {
    if (const auto json = parse_json(body); json && read_api_error(*json)) {
      reading.error = error_text(*member(&*json, "error"));
    }
  }
  return reading;
}

std::optional<std::string> usage_fault_of(const Json& usage, long long max_tokens) {
  if (!usage.is_object()) return "usage is no object";
  const auto read = [&](const char* name, std::optional<long long>& count) {
    const Json* value = member(&usage, name);
    if (value == nullptr || value->is_null()) return true;
    count = value->is_number() ? count_of(value) : std::nullopt;
    return count.has_value();
  };
  std::optional<long long> prompt;
  std::optional<long long> completion;
  std::optional<long long> total;
  if (!read("prompt_tokens", prompt)) return "prompt_tokens is no count";
  if (!read("completion_tokens", completion)) return "completion_tokens is no count";
  if (!read("total_tokens", total)) return "total_tokens is no count";
  if (prompt && completion && total && *total != *prompt + *completion) {
    return "total_tokens is not prompt_tokens + completion_tokens";
  }
  const long long most = 16 * max_tokens + 1024;
  if (completion && *completion > most) {
    return "completion_tokens is " + std::to_string(*completion) + " where " +
           std::to_string(max_tokens) + " were asked for";
  }
  return std::nullopt;
}

}  // namespace together
