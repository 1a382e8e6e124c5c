// Everything a streamed body shows, gathered once for rules and clocks.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/core/observation.h"
#include "probes/json/read.h"

namespace together {

struct StreamReading {
  struct Token {
    std::size_t end = 0;  ///< bytes of the body that completed its event
    bool answer = false;  ///< not reasoning
  };

  std::size_t events = 0;
  std::size_t first_event_end = 0;  ///< bytes of the body that completed it; 0: none came
  bool partial_event = false;       ///< the body ends inside an event
  std::size_t oversized_events = 0;
  std::size_t done_events = 0;  ///< `[DONE]`
  bool event_after_done = false;
  std::optional<std::string> json_fault;   ///< of the first event that is no JSON object
  std::optional<std::string> shape_fault;  ///< of the first chunk that is no chat.completion.chunk
  std::optional<std::string> error;        ///< what the first error inside the stream says
  std::optional<std::string> usage_fault;
  std::optional<Usage> usage;               ///< the last one given
  std::string model;                        ///< the first one named
  std::vector<std::string> finish_reasons;  ///< the first 16
  std::vector<std::string> unknown_fields;  ///< each once, the first 16
  std::size_t unknown_events = 0;           ///< of an SSE type that nobody documents
  std::vector<std::string> unknown_types;   ///< of those, each once, the first 16
  std::vector<Token> tokens;
};

/// Total over any bytes. `max_tokens` is what was asked for.
StreamReading read_stream(std::string_view body, long long max_tokens);

/// Why a usage cannot be true; empty where it can. Counts that are absent or null are fine; engines
/// may overrun `max_tokens`, but not without bound.
std::optional<std::string> usage_fault_of(const Json& usage, long long max_tokens);

}  // namespace together
