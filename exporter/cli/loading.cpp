// From a file name to what a command needs to run.
#include "exporter/cli/loading.h"

#include <asio/post.hpp>

#include "exporter/cli/commands.h"
#include "exporter/http/curl_transport.h"
#include "exporter/http/file_transport.h"
#include "exporter/log/log.h"
#include "probes/probes.h"

namespace together {

std::vector<ProbeInfo> probe_infos() {
  std::vector<ProbeInfo> infos;
  for (const auto& type : probe_types()) infos.push_back(type.info);
  return infos;
}

Result<Config> load(const std::string& file) {
  auto config = load_config(file, probe_infos());
  if (config) return std::move(*config);
  std::string all;
  for (const auto& problem : config.error()) {
    if (!all.empty()) all += '\n';
    all += to_string(problem);
  }
  return fail(std::move(all));
}

Result<std::shared_ptr<Transport>> make_transport(asio::io_context& io,
                                                  const UpstreamConfig& upstream,
                                                  const Post& on_worker) {
  auto key = KeySource::open(upstream.api_key_file, upstream.api_key_env,
                             [](const std::string& problem) { log(LogLevel::kError, problem); });
  if (!key) return tl::make_unexpected(key.error());
  CurlTransportOptions options;
  options.base_url = upstream.base_url;
  options.ca_file = upstream.ca_file;
  options.proxy_url = upstream.proxy_url;
  options.connect_timeout = upstream.connect_timeout;
  options.max_concurrent_requests = upstream.max_concurrent_requests;
  options.user_agent = "together-exporter/" + build_info().version;
  options.key = std::move(*key);
  auto transport = CurlTransport::make(io, std::move(options));
  if (!transport) return tl::make_unexpected(transport.error());
  return std::make_shared<FileTransport>(
      std::move(*transport), on_worker,
      [&io](std::function<void()> task) { asio::post(io, std::move(task)); });
}

}  // namespace together
