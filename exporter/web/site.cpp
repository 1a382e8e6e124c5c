// The whole answer to a request: who asks, the router's answer, the configured headers.
#include "exporter/web/site.h"

#include <utility>

namespace together {

Site::Site(const SnapshotSlot& slot, const Clock& clock, RouterOptions options,
           std::unique_ptr<WebConfigFile> web_config, OnError on_error)
    : slot_(slot),
      clock_(clock),
      options_(std::move(options)),
      web_config_(std::move(web_config)),
      on_error_(std::move(on_error)) {}

HttpResponse Site::answer(const HttpRequest& request) {
  std::shared_ptr<const WebConfig> config;
  if (web_config_) {
    const auto current = web_config_->current();
    if (!current) {
      on_error_(current.error().message);
      return plain_response(500, "The web configuration file cannot be used.");
    }
    config = *current;
    if (!auth_.allows(config->users, request.header("authorization").value_or(""))) {
      HttpResponse response = plain_response(401, "Unauthorized");
      response.set_header("WWW-Authenticate", "Basic");
      return response;
    }
  }
  HttpResponse response =
      route(request, options_, slot_.current(), slot_.since_beat(clock_.mono()));
  if (config) {
    for (const auto& [name, value] : config->headers) response.set_header(name, value);
  }
  return response;
}

}  // namespace together
