// libcurl's many codes, folded into the few that the rest of the program knows.
#pragma once

#include <curl/curl.h>

#include "exporter/core/exchange.h"

namespace together {

/// How far a request came before it ended.
enum class Reached {
  kNothing,    ///< the name is not known yet
  kResolved,   ///< no connection yet
  kConnected,  ///< TCP stands; TLS or a proxy's tunnel may not
  kReady,      ///< the request could be sent
};

/// Total. Source: libcurl 7.88, `man libcurl-errors`.
TransportError fold_curl_code(CURLcode code, Reached reached);

}  // namespace together
