// The body of POST /v1/chat/completions, as far as it decides the answer.
#pragma once

#include <optional>
#include <string>

#include "exporter/core/result.h"

namespace together::simulator {

struct ChatRequest {
  std::string model;
  bool stream = false;
  std::optional<int> max_tokens;
  int prompt_tokens = 0;  ///< a guess: four characters a token
  /// The function that it makes the model call; "" where the model answers itself.
  std::string function;
  /// The arguments of that call, or the answer in JSON mode: fits the schema. "" for free text.
  std::string json;
  /// Why an engine would refuse it; "" where it is fine. The model is resolved before this.
  std::string complaint;
};

/// Errors: what is no JSON object or names no model.
Result<ChatRequest> parse_chat_request(const std::string& body);

}  // namespace together::simulator
