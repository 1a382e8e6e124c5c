// What identifies one answer: ids, times, and the headers made of them.
#pragma once

#include <cstdint>
#include <string>

#include "exporter/core/clock.h"
#include "simulator/script.h"

namespace together::simulator {

struct Stamp {
  std::uint64_t number = 0;  ///< of the request; every id follows from it
  std::uint64_t turn = 0;    ///< of the request among those of its model and kind
  WallTime received{};
};

/// 16 hex digits, the tail of `request_id`.
std::string ray_id(const Stamp& stamp);
/// "omJK5P2-z1gNr-<ray id>".
std::string request_id(const Stamp& stamp);
/// "chatcmpl-" and 32 hex digits.
std::string engine_id(const Stamp& stamp);

/// `2026-11-21T01:35:11.042Z`.
std::string iso_milliseconds(WallTime t);
/// `Sat, 21 Nov 2026 01:35:11 GMT`.
std::string http_date(WallTime t);

/// The headers that Cloudflare puts on every answer. Source: recordings of 2026-05 to 2026-08.
Headers edge_headers(const Stamp& stamp, const std::string& content_type);

}  // namespace together::simulator
