// Everything that one HTTP request showed.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/core/clock.h"
#include "exporter/core/request.h"

namespace together {

/// Why no complete answer came. Many curl codes fold into these few.
enum class TransportError {
  kNone,
  kDns,        ///< the name did not resolve, or not in time
  kConnect,    ///< refused, unreachable, or no connection in time
  kTls,        ///< handshake or certificate
  kTimeout,    ///< connected, then too slow
  kCutShort,   ///< the peer closed before the answer was complete
  kTooLarge,   ///< the answer passed its cap; the body holds what came before it
  kProtocol,   ///< not HTTP, or not understood
  kCancelled,  ///< we stopped it: shutdown or reload
};

constexpr std::string_view to_string(TransportError e) {
  switch (e) {
    case TransportError::kNone: return "none";
    case TransportError::kDns: return "dns";
    case TransportError::kConnect: return "connect";
    case TransportError::kTls: return "tls";
    case TransportError::kTimeout: return "timeout";
    case TransportError::kCutShort: return "cut_short";
    case TransportError::kTooLarge: return "too_large";
    case TransportError::kProtocol: return "protocol";
    case TransportError::kCancelled: return "cancelled";
  }
  return "none";
}

/// Units: time since the request was started. A phase that never ended, or that a reused
/// connection did not need, is empty.
struct Phases {
  std::optional<Duration> resolved;    ///< name known
  std::optional<Duration> connected;   ///< TCP established
  std::optional<Duration> secured;     ///< TLS established
  std::optional<Duration> first_byte;  ///< first byte of the answer's header
  Duration total{};
};

/// Bytes [previous end, end) of `Exchange::body` arrived at `at` after the start.
struct Chunk {
  Duration at{};
  std::size_t end = 0;
};

struct Exchange {
  WallTime started{};
  Phases phases;
  int status = 0;               ///< 0: no status line came
  std::vector<Header> headers;  ///< names in lower case, in order of arrival
  std::string body;             ///< decoded
  std::vector<Chunk> chunks;
  TransportError error = TransportError::kNone;
  std::string error_text;  ///< for a person, never for a label

  /// The first header of that lower-case name.
  std::optional<std::string_view> header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
      if (key == name) return value;
    }
    return std::nullopt;
  }
};

}  // namespace together
