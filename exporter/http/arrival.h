// When bytes reached this machine, as the kernel saw it.
#pragma once

#include <optional>

#include "exporter/core/clock.h"

namespace together {

/// Asks the kernel to stamp what the socket receives. Without effect where it cannot.
void stamp_arrivals(int socket);

/// Arrival of the first byte that waits to be read; empty where the kernel gives no stamp or
/// nothing waits. Reads nothing away.
/// Requires: stamp_arrivals was called.
std::optional<MonoTime> arrival_of_next_byte(int socket);

/// While one exists the kernel stamps every packet. It starts to do so a moment after the first
/// socket asked, so that without this the first answers would come unstamped.
class ArrivalStamping {
 public:
  ArrivalStamping();
  ~ArrivalStamping();
  ArrivalStamping(const ArrivalStamping&) = delete;
  ArrivalStamping& operator=(const ArrivalStamping&) = delete;

 private:
  int socket_;
};

}  // namespace together
