// The simulated service on a socket.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "exporter/core/result.h"
#include "simulator/request.h"
#include "simulator/script.h"

namespace together::simulator {

class Server {
 public:
  /// Threads: called from many at once. What it throws becomes a 500.
  using Answer = std::function<Script(const Request&)>;

  /// `listen` is ADDR:PORT, loopback only: the simulator takes any key and believes its admin
  /// requests. Port 0 picks a free one. `threads` is how many requests can be under way.
  /// Errors: one sentence naming the address.
  static Result<std::unique_ptr<Server>> start(const std::string& listen, int threads,
                                               Answer answer);

  /// Ends every answer under way.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  int port() const;

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// "127.0.0.1:8080" of "localhost:8080"; errors as Server::start.
Result<std::string> loopback_address(const std::string& listen);

}  // namespace together::simulator
