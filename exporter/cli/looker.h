// Looks one after another, for commands that look and end.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <asio/io_context.hpp>

#include "exporter/config/config.h"
#include "exporter/core/exchange.h"
#include "exporter/core/observation.h"
#include "exporter/core/request.h"
#include "exporter/core/result.h"
#include "exporter/core/transport.h"
#include "exporter/schedule/scheduler.h"

namespace together {

class Looker {
 public:
  /// Errors: as make_transport.
  static Result<std::unique_ptr<Looker>> make(const Config& config);

  struct Look {
    Request request;
    Exchange exchange;
    std::vector<Observation> observations;  ///< the probe's own first, then its riders'
  };
  /// Waits for the answer. Requires: the probe is enabled, and no rider.
  Look look(const std::string& probe, const Target& target);

  const ProbeSet& probes() const { return *probes_; }

 private:
  Looker() = default;
  asio::io_context io_{1};
  std::shared_ptr<const ProbeSet> probes_;
  std::shared_ptr<Transport> transport_;
};

}  // namespace together
