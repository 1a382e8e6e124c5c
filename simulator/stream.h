// A streamed answer as a script, whole or broken.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "simulator/completion.h"
#include "simulator/event.h"
#include "simulator/script.h"

namespace together::simulator {

struct Pace {
  Duration first_token;
  Duration token;
  std::optional<Duration> first_byte{};  ///< when the head leaves; unset: half of first_token
};

/// Source: 774 recorded streams all say it so, without a space.
inline constexpr const char* kEventStream = "text/event-stream;charset=utf-8";

/// `headers` hold a content-type, which a breakage may change.
Script stream_script(const std::vector<Chunk>& chunks, Headers headers, const Pace& pace,
                     BreakMode breakage);

}  // namespace together::simulator
