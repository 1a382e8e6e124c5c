// The Transport that speaks to the real network.
#pragma once

#include <asio/io_context.hpp>
#include <memory>
#include <string>

#include "exporter/core/result.h"
#include "exporter/core/transport.h"
#include "exporter/http/credential.h"

namespace together {

struct CurlTransportOptions {
  std::string base_url;   ///< http or https, without a trailing slash
  std::string ca_file;    ///< trusted besides the system's certificates; "" for none
  std::string proxy_url;  ///< "" for none; the environment's proxies never count
  Duration connect_timeout = std::chrono::seconds(10);
  int max_concurrent_requests = 64;
  std::string user_agent;          ///< "together-exporter/1.2.3"
  std::shared_ptr<KeySource> key;  ///< null: no request carries a key
};

/// libcurl on an io_context. HTTP/1.1; no redirect is followed; certificates are always checked.
/// Above `max_concurrent_requests` a request waits for its turn, first come, first served; its
/// timeout, and all times in its exchange, count from the end of that wait. The key goes with
/// requests that name Credential::kTogether, and only ever to the host of `base_url`: a request
/// with both a credential and a URL of its own, or with a path that could name another host, is
/// refused with TransportError::kProtocol before anything is sent.
/// Requires: the io_context outlives it; SIGPIPE is ignored; not destroyed inside a `done`.
/// Threads: the loop's. `done` is never called from within send().
class CurlTransport final : public Transport {
 public:
  /// Errors: a base or proxy URL that is none, a CA file that cannot be used.
  static Result<std::unique_ptr<CurlTransport>> make(asio::io_context& io,
                                                     CurlTransportOptions options);
  /// Ends what is under way without a word to any `done`: call cancel_all() first.
  ~CurlTransport() override;

  void send(Request request, Done done) override;
  void cancel_all() override;

 private:
  struct Impl;
  explicit CurlTransport(std::shared_ptr<Impl> impl);
  std::shared_ptr<Impl> impl_;
};

}  // namespace together
