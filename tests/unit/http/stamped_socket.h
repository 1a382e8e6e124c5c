// A connected socket whose next byte the kernel stamped, where it does.
#pragma once

#include <atomic>

#include "exporter/http/arrival.h"
#include "tests/fakes/raw_server.h"

namespace together {

/// Talks to its own server until the kernel has begun to stamp, which it does a moment after it was
/// asked to, and goes on as long as this lives.
class StampedSocket {
 public:
  StampedSocket();
  ~StampedSocket();

  /// -1 on a kernel that does not stamp what a TCP socket receives. One byte waits to be read.
  int socket() const { return socket_; }
  /// Just before the server sent that byte.
  MonoTime sent() const { return sent_; }

 private:
  void connect();

  ArrivalStamping stamping_;
  std::atomic<MonoTime> sent_{};
  RawServer server_;
  int socket_ = -1;
};

}  // namespace together
