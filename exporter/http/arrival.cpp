// When bytes reached this machine, as the kernel saw it.
#include "exporter/http/arrival.h"

#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <ctime>

namespace together {
namespace {

/// The kernel stamps in wall time, which may jump; only the age of a stamp is used.
MonoTime to_mono(const timespec& stamp) {
  const auto wall = std::chrono::system_clock::now();
  const auto mono = std::chrono::steady_clock::now();
  const WallTime stamped(std::chrono::seconds(stamp.tv_sec) +
                         std::chrono::nanoseconds(stamp.tv_nsec));
  return mono - std::max<Duration>(wall - stamped, Duration::zero());
}

}  // namespace

void stamp_arrivals(int socket) {
  const int on = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
}

std::optional<MonoTime> arrival_of_next_byte(int socket) {
  char byte = 0;
  iovec piece{&byte, 1};
  alignas(cmsghdr) char control[256];
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  if (::recvmsg(socket, &message, MSG_PEEK | MSG_DONTWAIT) <= 0) return std::nullopt;
  for (cmsghdr* c = CMSG_FIRSTHDR(&message); c != nullptr; c = CMSG_NXTHDR(&message, c)) {
    if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_TIMESTAMPNS) continue;
    timespec stamp{};
    std::memcpy(&stamp, CMSG_DATA(c), sizeof stamp);
    return to_mono(stamp);
  }
  return std::nullopt;
}

ArrivalStamping::ArrivalStamping() : socket_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
  if (socket_ >= 0) stamp_arrivals(socket_);
}

ArrivalStamping::~ArrivalStamping() {
  if (socket_ >= 0) ::close(socket_);
}

}  // namespace together
