// A connected socket whose next byte the kernel stamped, where it does.
#include "tests/unit/http/stamped_socket.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace together {

StampedSocket::StampedSocket()
    : server_([this](RawServer::Connection& connection) {
        connection.read_request();
        sent_ = std::chrono::steady_clock::now();
        connection.send("x");
        connection.wait();
      }) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    connect();
    if (arrival_of_next_byte(socket_)) return;
    ::close(socket_);
    socket_ = -1;
  }
}

StampedSocket::~StampedSocket() {
  if (socket_ >= 0) ::close(socket_);
}

void StampedSocket::connect() {
  socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
  stamp_arrivals(socket_);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(server_.port());
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  pollfd watched{socket_, POLLIN, 0};
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      ::send(socket_, "\r\n\r\n", 4, 0) != 4 || ::poll(&watched, 1, -1) != 1) {
    throw std::runtime_error("no connection to a server of our own");
  }
}

}  // namespace together
