// One chunk of a streamed chat answer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "probes/json/read.h"

namespace together {

struct StreamChunk {
  std::optional<std::string> shape_fault;   ///< why it is no chat.completion.chunk
  std::optional<std::string> error;         ///< what an error inside it says
  std::vector<std::string> finish_reasons;  ///< in order; one that is no text is "(not a text)"
  std::vector<std::string> unknown_fields;  ///< "choices[].delta.x"
  std::string model;
  const Json* usage = nullptr;  ///< what stands there, unless null; a part of the chunk
  bool has_token = false;       ///< it brings output: reasoning, text or a tool call's arguments
  bool has_answer = false;      ///< the same, reasoning apart
};

/// Reads every engine's form: content in `delta`, content repeated in `choices[].text`,
/// `reasoning` or `reasoning_content`, tool calls in pieces, usage on its own chunk.
/// Source: 774 recorded streams, 2025-03 .. 2026-10. Lives: `usage` points into `chunk`.
StreamChunk read_chunk(const Json& chunk);

}  // namespace together
