// A TCP server that does exactly what a test's script says, HTTP or not.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace together {

/// Listens on 127.0.0.1 and a free port; each connection runs the script in a thread of its own and
/// is closed when the script returns. The destructor ends every wait and every script.
class RawServer {
 public:
  class Connection {
   public:
    Connection(RawServer& server, int socket) : server_(server), socket_(socket) {}

    /// One request: its head, with the body that Content-Length promises. "" when the peer closed.
    std::string read_request();

    /// False when the peer is gone.
    bool send(std::string_view bytes);

    /// Until the peer closes, the server ends, or so much time has passed.
    void wait(std::chrono::milliseconds most = std::chrono::minutes(1));

    /// Closes with a TCP reset instead of an orderly end.
    void reset_on_close();

   private:
    RawServer& server_;
    int socket_;
    std::string received_;
  };
  using Script = std::function<void(Connection&)>;

  explicit RawServer(Script script);
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  std::uint16_t port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  /// Every request that was read whole, in that order.
  std::vector<std::string> requests() const;
  int accepted() const;

 private:
  void accept_all();
  void serve(int socket);

  Script script_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> ending_ = false;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::vector<std::thread> scripts_;
  int accepted_ = 0;
  std::thread acceptor_;
};

/// A port on 127.0.0.1 where nothing listens.
std::uint16_t closed_port();

}  // namespace together
