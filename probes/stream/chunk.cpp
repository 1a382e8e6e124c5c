// One chunk of a streamed chat answer.
#include "probes/stream/chunk.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "exporter/core/text.h"
#include "probes/api_error/envelope.h"
#include "probes/chat/chat.h"

namespace together {
namespace {

// The union of the keys of all recorded engines and of the published schema of a chunk.
constexpr std::array<std::string_view, 14> kTopFields{"id",
                                                      "object",
                                                      "created",
                                                      "choices",
                                                      "model",
                                                      "usage",
                                                      "warnings",
                                                      "system_fingerprint",
                                                      "error",
                                                      "service_tier",
                                                      "kv_transfer_params",
                                                      "prompt_token_ids",
                                                      "metadata",
                                                      "prompt"};
constexpr std::array<std::string_view, 11> kChoiceFields{
    "index",        "text",         "logprobs",    "finish_reason", "delta", "seed",
    "top_logprobs", "matched_stop", "stop_reason", "token_ids",     "error"};
constexpr std::array<std::string_view, 7> kDeltaFields{
    "token_id", "role", "content", "reasoning", "reasoning_content", "tool_calls", "function_call"};

void note_unknown(const Json* object, std::span<const std::string_view> known,
                  std::string_view place, std::vector<std::string>& unknown) {
  if (object == nullptr || !object->is_object()) return;
  for (const auto& [key, value] : object->items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    unknown.push_back(one_line(std::string(place) + key, 64));
  }
}

bool is_set(const Json* value) { return value != nullptr && !value->is_null(); }

bool has_arguments(const Json* function) { return !text_of(member(function, "arguments")).empty(); }

bool has_tool_arguments(const Json* delta) {
  if (has_arguments(member(delta, "function_call"))) return true;
  const Json* calls = member(delta, "tool_calls");
  if (calls == nullptr || !calls->is_array()) return false;
  return std::any_of(calls->begin(), calls->end(),
                     [](const Json& call) { return has_arguments(member(&call, "function")); });
}

void read_choice(const Json& choice, StreamChunk& read) {
  const Json* delta = member(&choice, "delta");
  note_unknown(&choice, kChoiceFields, "choices[].", read.unknown_fields);
  note_unknown(delta, kDeltaFields, "choices[].delta.", read.unknown_fields);
  if (!choice.is_object()) read.shape_fault = "a choice is no object";
  if (is_set(delta) && !delta->is_object()) read.shape_fault = "a delta is no object";
  if (const Json* error = member(&choice, "error"); carries_error(error))
    read.error = error_text(*error);
  if (const Json* reason = member(&choice, "finish_reason"); is_set(reason)) {
    read.finish_reasons.push_back(reason->is_string() ? one_line(text_of(reason), 64)
                                                      : "(not a text)");
    if (*reason == "error" && !read.error) read.error = "finish_reason is error";
  }
  const bool answer = !text_of(member(delta, "content")).empty() ||
                      !text_of(member(&choice, "text")).empty() || has_tool_arguments(delta);
  const bool reasoning = !text_of(member(delta, "reasoning")).empty() ||
                         !text_of(member(delta, "reasoning_content")).empty();
  read.has_answer = read.has_answer || answer;
  read.has_token = read.has_token || answer || reasoning;
}

}  // namespace

StreamChunk read_chunk(const Json& chunk) {
  StreamChunk read;
  note_unknown(&chunk, kTopFields, "", read.unknown_fields);
  read.model = answered_model(chunk);
  if (const Json* usage = member(&chunk, "usage"); is_set(usage)) read.usage = usage;
  if (const Json* error = member(&chunk, "error"); carries_error(error)) {
    read.error = error_text(*error);
    return read;  // an error takes the place of a chunk
  }
  const Json* choices = member(&chunk, "choices");
  if (choices != nullptr && choices->is_array()) {
    for (const Json& choice : *choices) read_choice(choice, read);
  } else {
    read.shape_fault = "a chunk has no array of choices";
  }
  const Json* object = member(&chunk, "object");
  if (object == nullptr || *object != "chat.completion.chunk") {
    const std::string name = one_line(text_of(object), 64);
    read.shape_fault = name.empty() ? "a chunk names no object" : "object is " + name;
  }
  return read;
}

}  // namespace together
