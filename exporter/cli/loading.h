// From a file name to what a command needs to run: configuration, transport.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <asio/io_context.hpp>

#include "exporter/config/load.h"
#include "exporter/core/probe.h"
#include "exporter/core/result.h"
#include "exporter/core/transport.h"
#include "exporter/schedule/scheduler.h"

namespace together {

/// What every probe there is says of itself.
std::vector<ProbeInfo> probe_infos();

/// Errors: every problem on a line of its own.
Result<Config> load(const std::string& file);

/// For the network on `io`, and for files, which are read where `on_worker` puts it.
/// Errors: no key, a CA file or proxy that cannot be used.
Result<std::shared_ptr<Transport>> make_transport(asio::io_context& io,
                                                  const UpstreamConfig& upstream,
                                                  const Post& on_worker);

}  // namespace together
