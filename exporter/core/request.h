// What to ask: one HTTP request, as data.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "exporter/core/clock.h"

namespace together {

enum class Method { kGet, kPost };

/// A request names a credential; only the transport holds one.
enum class Credential {
  kNone,
  kTogether,  ///< sent to the configured upstream host only
};

using Header = std::pair<std::string, std::string>;

struct Request {
  Method method = Method::kGet;
  std::string path;  ///< appended to `upstream.base_url`, with its query: "/models?serverless=true"
  /// Asked instead of the upstream, where set: an absolute http or https URL. Never with a
  /// credential.
  std::string url;
  std::string file;  ///< read instead of asking anybody, where set: an absolute path
  std::vector<Header> headers;
  std::string body;
  Credential credential = Credential::kTogether;
  Duration timeout{};                    ///< zero: the probe's configured timeout
  std::size_t max_body_bytes = 1 << 20;  ///< decoded bytes of a 2xx body; other bodies: 64 KiB
  bool fresh_connection = false;         ///< never reuse a connection, so that its phases are timed
};

}  // namespace together
