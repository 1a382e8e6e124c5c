// The HTTP server: civetweb behind one function.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "exporter/core/result.h"
#include "exporter/web/http.h"

namespace together {

struct ServerOptions {
  /// `:10237` (every IPv4 interface), `127.0.0.1:0` (a free port), `localhost:10237`.
  std::vector<std::string> listen_addresses{":10237"};
  /// A connection that has not sent its request by then is closed: it holds one of the threads.
  std::chrono::milliseconds request_timeout{1000};
  int threads = 64;
};

/// No TLS: with OpenSSL 3 the first TLS connection crashes civetweb 1.15. No keep-alive: a kept
/// connection holds a thread. No files, no directories, no decoding.
class Server {
 public:
  /// Threads: called on many at once. An exception becomes a 500.
  using Handler = std::function<HttpResponse(const HttpRequest&)>;
  /// Told what an exception said. Threads: any; must not throw.
  using OnException = std::function<void(const std::string& what)>;

  /// Listens on every address or on none. Errors: name the address and the reason.
  static Result<std::unique_ptr<Server>> start(const ServerOptions& options, Handler handler,
                                               OnException on_exception);
  /// Waits for the requests under way.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// The bound ports, in the order of the addresses.
  std::vector<int> ports() const;

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace together
