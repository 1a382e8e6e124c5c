// A streamed answer as a script, whole or broken.
#pragma once

#include <string>
#include <vector>

#include "simulator/completion.h"
#include "simulator/event.h"
#include "simulator/script.h"

namespace together::simulator {

struct Pace {
  Duration first_token;
  Duration token;
};

/// Source: 774 recorded streams all say it so, without a space.
inline constexpr const char* kEventStream = "text/event-stream;charset=utf-8";

/// The head leaves after half of the first token's time. `headers` hold a content-type, which a
/// breakage may change.
Script stream_script(const std::vector<Chunk>& chunks, Headers headers, const Pace& pace,
                     BreakMode breakage);

}  // namespace together::simulator
