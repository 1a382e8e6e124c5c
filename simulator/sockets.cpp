// This process's TCP sockets.
#include "simulator/sockets.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <cstdlib>
#include <memory>
#include <vector>

namespace together::simulator {
namespace {

struct CloseDirectory {
  void operator()(DIR* directory) const { closedir(directory); }
};

std::vector<int> open_descriptors() {
  std::vector<int> descriptors;
  const std::unique_ptr<DIR, CloseDirectory> directory(opendir("/proc/self/fd"));
  if (!directory) return descriptors;
  while (const dirent* entry = readdir(directory.get())) {
    const int descriptor = std::atoi(entry->d_name);
    if (descriptor > 2) descriptors.push_back(descriptor);
  }
  return descriptors;
}

using GetName = int (*)(int, sockaddr*, socklen_t*);

/// -1 where it is no such socket.
int port_of(int descriptor, GetName get_name) {
  sockaddr_in address{};
  socklen_t size = sizeof(address);
  const bool ok = get_name(descriptor, reinterpret_cast<sockaddr*>(&address), &size) == 0 &&
                  address.sin_family == AF_INET;
  return ok ? ntohs(address.sin_port) : -1;
}

int local_port(int descriptor) { return port_of(descriptor, &getsockname); }
int remote_port(int descriptor) { return port_of(descriptor, &getpeername); }

}  // namespace

int find_peer_socket(int port) {
  // A test may hold the far end in this very process; that one's local port is `port`.
  for (const int descriptor : open_descriptors()) {
    if (remote_port(descriptor) == port && local_port(descriptor) != port) return descriptor;
  }
  return -1;
}

bool peer_is_gone(int descriptor) {
  pollfd wanted{descriptor, POLLRDHUP, 0};
  return poll(&wanted, 1, 0) > 0;
}

void shut_down_port(int port) {
  for (const int descriptor : open_descriptors()) {
    if (local_port(descriptor) == port) shutdown(descriptor, SHUT_RDWR);
  }
}

}  // namespace together::simulator
