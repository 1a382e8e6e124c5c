// What stands around the chunks of a stream and is none of them.
#pragma once

#include <optional>
#include <string>

#include "simulator/script.h"

namespace together::simulator {

/// Unset: as engines have it, with LF and nothing between the chunks.
struct StreamDress {
  std::optional<std::string> event;    ///< type of an event in the middle of the stream; "": none
  std::optional<std::string> data;     ///< its data
  std::optional<std::string> comment;  ///< a comment in the middle of the stream; "": none
  std::optional<bool> crlf;
  std::optional<bool> byte_order_mark;
};

/// Writes over `dress` what `change` sets.
void change_dress(StreamDress& dress, const StreamDress& change);

/// Requires: the script is a stream of events.
void dress_stream(const StreamDress& dress, Script& script);

}  // namespace together::simulator
