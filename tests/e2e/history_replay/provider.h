// The simulated service, the recorded lists and the deprecations page, as one upstream in no time.
#pragma once

#include <memory>

#include "exporter/core/exchange.h"
#include "exporter/core/request.h"
#include "exporter/core/result.h"
#include "simulator/service.h"
#include "tests/e2e/history_replay/script.h"

namespace together::history {

class Provider {
 public:
  /// Errors: an event of the script that cannot happen. Requires: the script outlives it.
  static Result<Provider> make(const LifeScript& life);

  Exchange answer(const Request& request, WallTime at);

 private:
  Provider(const LifeScript& life, std::unique_ptr<simulator::Service> service);
  Exchange page(WallTime at) const;

  const LifeScript* life_;
  std::unique_ptr<simulator::Service> service_;
};

/// The page as it stood then, in the layout of September 2026.
std::string page_at(const LifeScript& life, WallTime at);

}  // namespace together::history
