// The seam to the network.
#pragma once

#include <functional>

#include "exporter/core/exchange.h"
#include "exporter/core/request.h"

namespace together {

class Transport {
 public:
  using Done = std::function<void(Exchange)>;
  virtual ~Transport() = default;

  /// Calls `done` exactly once, at the latest `request.timeout` + 250 ms after its turn came: a
  /// transport may let requests wait for each other first.
  /// Requires: `request.timeout` > 0. Threads: called and calls back on the loop thread.
  virtual void send(Request request, Done done) = 0;

  /// Ends everything under way with TransportError::kCancelled.
  virtual void cancel_all() = 0;
};

}  // namespace together
