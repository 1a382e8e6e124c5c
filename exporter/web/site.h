// The whole answer to a request: who asks, the router's answer, the configured headers.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "exporter/core/clock.h"
#include "exporter/metrics/snapshot.h"
#include "exporter/web/basic_auth.h"
#include "exporter/web/router.h"
#include "exporter/web/web_config.h"

namespace together {

/// Requires: slot and clock outlive it.
/// Threads: any.
class Site {
 public:
  /// Told why the web configuration cannot be used. Threads: any.
  using OnError = std::function<void(const std::string& message)>;

  /// `web_config` may be null: everybody may read.
  Site(const SnapshotSlot& slot, const Clock& clock, RouterOptions options,
       std::unique_ptr<WebConfigFile> web_config, OnError on_error);

  HttpResponse answer(const HttpRequest& request);

 private:
  const SnapshotSlot& slot_;
  const Clock& clock_;
  const RouterOptions options_;
  const std::unique_ptr<WebConfigFile> web_config_;
  const OnError on_error_;
  BasicAuth auth_;
};

}  // namespace together
