// The simulated service as an upstream.
#include "tests/fakes/simulated.h"

#include "exporter/core/text.h"

namespace together {

using namespace std::chrono_literals;

Exchange whole_answer(int status, std::string body, WallTime at) {
  Exchange exchange;
  exchange.started = at;
  exchange.status = status;
  exchange.body = std::move(body);
  exchange.chunks.push_back({5ms, exchange.body.size()});
  exchange.phases.total = 6ms;
  return exchange;
}

Exchange simulated_answer(simulator::Service& service, const Request& request, Duration since_start,
                          WallTime at) {
  simulator::Request asked;
  asked.method = request.method == Method::kGet ? "GET" : "POST";
  if (request.url.empty()) {
    const auto query = request.path.find('?');
    asked.path = "/v1" + request.path.substr(0, query);
    if (query != std::string::npos)
      asked.query = simulator::parse_query(request.path.substr(query + 1));
    asked.headers = {{"authorization", "Bearer good"}, {"content-type", "application/json"}};
  } else {
    asked.path = "/docs" + request.url.substr(request.url.rfind('/'));
  }
  asked.body = request.body;
  const simulator::Script script = service.answer(asked, {since_start, at});

  std::string body;
  for (const auto& part : script.parts) body += part.bytes;
  Exchange exchange = whole_answer(script.status, std::move(body), at);
  for (const auto& [name, value] : script.headers) {
    exchange.headers.emplace_back(lower_ascii(name), value);
  }
  if (script.ending == simulator::Ending::kHang) exchange.error = TransportError::kTimeout;
  if (script.ending == simulator::Ending::kCut) exchange.error = TransportError::kCutShort;
  return exchange;
}

}  // namespace together
