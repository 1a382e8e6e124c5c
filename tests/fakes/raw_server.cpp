// A TCP server that does exactly what a test's script says, HTTP or not.
#include "tests/fakes/raw_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace together {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// How often a wait looks whether the server is ending.
constexpr int kPollMs = 20;

struct Bound {
  int socket;
  std::uint16_t port;
};

Bound bind_to_free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (socket < 0 || ::bind(socket, generic, size) != 0 ||
      ::getsockname(socket, generic, &size) != 0) {
    throw std::runtime_error("no port on 127.0.0.1 can be bound");
  }
  return {socket, ntohs(address.sin_port)};
}

bool is_readable(int socket) {
  pollfd watched{socket, POLLIN, 0};
  return ::poll(&watched, 1, kPollMs) > 0;
}

/// The value of Content-Length in a head, 0 where it has none.
std::size_t body_size(std::string_view head) {
  static constexpr std::string_view kName = "\r\nContent-Length: ";
  const auto at = head.find(kName);
  if (at == std::string_view::npos) return 0;
  return std::strtoul(std::string(head.substr(at + kName.size(), 20)).c_str(), nullptr, 10);
}

}  // namespace

std::string RawServer::Connection::read_request() {
  while (!server_.ending_) {
    const auto head_end = received_.find("\r\n\r\n");
    if (head_end != std::string::npos) {
      const std::size_t size = head_end + 4 + body_size(received_.substr(0, head_end));
      if (received_.size() >= size) {
        std::string request = received_.substr(0, size);
        received_.erase(0, size);
        const std::lock_guard lock(server_.mutex_);
        server_.requests_.push_back(request);
        return request;
      }
    }
    if (!is_readable(socket_)) continue;
    std::array<char, 4096> buffer;
    const ssize_t got = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (got <= 0) return "";
    received_.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return "";
}

bool RawServer::Connection::send(std::string_view bytes) {
  while (!bytes.empty() && !server_.ending_) {
    pollfd watched{socket_, POLLOUT, 0};
    if (::poll(&watched, 1, kPollMs) <= 0) continue;
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return bytes.empty();
}

void RawServer::Connection::wait(milliseconds most) {
  const auto end = steady_clock::now() + most;
  while (!server_.ending_ && steady_clock::now() < end) {
    const auto left = std::chrono::ceil<milliseconds>(end - steady_clock::now());
    pollfd watched{socket_, POLLRDHUP, 0};
    if (::poll(&watched, 1, static_cast<int>(std::min<long>(left.count(), kPollMs))) > 0) return;
  }
}

void RawServer::Connection::reset_on_close() {
  const linger now{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

RawServer::RawServer(Script script) : script_(std::move(script)) {
  const Bound bound = bind_to_free_port();
  listener_ = bound.socket;
  port_ = bound.port;
  if (::listen(listener_, 128) != 0) throw std::runtime_error("a bound socket does not listen");
  acceptor_ = std::thread([this] { accept_all(); });
}

RawServer::~RawServer() {
  ending_ = true;
  acceptor_.join();
  for (std::thread& script : scripts_) script.join();
  ::close(listener_);
}

std::vector<std::string> RawServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

int RawServer::accepted() const {
  const std::lock_guard lock(mutex_);
  return accepted_;
}

void RawServer::accept_all() {
  while (!ending_) {
    if (!is_readable(listener_)) continue;
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    const int at_once = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    const std::lock_guard lock(mutex_);
    ++accepted_;
    scripts_.emplace_back([this, socket] { serve(socket); });
  }
}

void RawServer::serve(int socket) {
  Connection connection(*this, socket);
  script_(connection);
  ::close(socket);
}

std::uint16_t closed_port() {
  const Bound bound = bind_to_free_port();
  ::close(bound.socket);
  return bound.port;
}

}  // namespace together
