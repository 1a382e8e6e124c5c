// Looks one after another.
#include "exporter/cli/looker.h"

#include <optional>

#include "exporter/cli/loading.h"
#include "exporter/engine/jobs.h"
#include "probes/probes.h"

namespace together {

Result<std::unique_ptr<Looker>> Looker::make(const Config& config) {
  std::unique_ptr<Looker> looker(new Looker());
  auto transport = make_transport(looker->io_, config.upstream, [](const auto& task) { task(); });
  if (!transport) return tl::make_unexpected(transport.error());
  looker->transport_ = std::move(*transport);
  looker->probes_ = make_probes(config, probe_types());
  return looker;
}

Looker::Look Looker::look(const std::string& probe, const Target& target) {
  Look look;
  look.request = make_request(probes_->at(probe), target);
  std::optional<Exchange> answer;
  transport_->send(look.request, [&](Exchange exchange) {
    answer = std::move(exchange);
    io_.stop();
  });
  io_.restart();
  io_.run();
  look.exchange = std::move(*answer);
  look.observations = judge_all(*probes_, probe, target, look.exchange);
  return look;
}

}  // namespace together
