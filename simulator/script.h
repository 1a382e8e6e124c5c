// An answer as it will be played: what is sent, when, and how it ends.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "exporter/core/clock.h"

namespace together::simulator {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Part {
  Duration after{};  ///< since the part before it, or since the head
  std::string bytes;
};

enum class Ending {
  kComplete,
  kCut,   ///< the connection closes in the middle of the body
  kHang,  ///< nothing more comes until the client gives up
};

struct Script {
  int status = 200;       ///< 0: not even a head is sent
  Duration head_after{};  ///< since the request
  Headers headers;        ///< without framing: the server adds length or chunking
  bool streamed = false;  ///< chunked, each part in a chunk of its own
  std::vector<Part> parts;
  Ending ending = Ending::kComplete;
};

}  // namespace together::simulator
