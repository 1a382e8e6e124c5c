// Sends one request where the only DNS server never answers; says how it ended.
// Requires: network and mount namespaces of its own, and root in them.
#include <arpa/inet.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "tests/unit/http/loop_client.h"
#include "tests/unit/http/temp_folder.h"

namespace {

using namespace std::chrono_literals;

void require(bool done, const char* what) {
  if (done) return;
  std::printf("%s: %s\n", what, std::strerror(errno));
  std::exit(1);
}

void bring_loopback_up() {
  const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
  ifreq interface {};
  std::strcpy(interface.ifr_name, "lo");
  require(::ioctl(socket, SIOCGIFFLAGS, &interface) == 0, "reading the flags of lo");
  interface.ifr_flags = static_cast<short>(interface.ifr_flags | IFF_UP);
  require(::ioctl(socket, SIOCSIFFLAGS, &interface) == 0, "bringing lo up");
  ::close(socket);
}

/// Takes questions and answers none.
int listen_in_silence() {
  const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(53);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  require(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0,
          "binding port 53");
  return socket;
}

}  // namespace

int main() {
  bring_loopback_up();
  const int dead_server = listen_in_silence();
  const together::TempFolder folder;
  const std::string resolv = folder.write("resolv.conf", "nameserver 127.0.0.1\n");
  require(::mount(resolv.c_str(), "/etc/resolv.conf", nullptr, MS_BIND, nullptr) == 0,
          "replacing resolv.conf");

  together::LoopClient client("http://upstream.example");
  together::Request request = together::get_request("/");
  request.timeout = 1s;
  const auto began = std::chrono::steady_clock::now();
  client.send(request);
  client.run();
  client.transport.reset();
  // The resolver itself gives up after 10 s.
  const bool in_time = std::chrono::steady_clock::now() - began < 4s;
  std::printf("%s %s\n", std::string(to_string(client.answers.at(0).error)).c_str(),
              in_time ? "in time" : "late");
  ::close(dead_server);
  std::fflush(stdout);
  // A look-up that nobody waits for still runs in a thread of libcurl's.
  std::_Exit(0);
}
