// Which answer a request gets: pure.
#include "exporter/web/router.h"

#include <utility>

#include "exporter/core/duration.h"
#include "exporter/metrics/render.h"
#include "exporter/web/events_api.h"
#include "exporter/web/negotiate.h"
#include "exporter/web/status_page.h"

namespace together {
namespace {

HttpResponse not_allowed(std::string allowed) {
  HttpResponse response = plain_response(405, "Only " + allowed + " is allowed here.");
  response.set_header("Allow", std::move(allowed));
  return response;
}

/// Two ways to tell the body's end let a proxy in front and us disagree on where the next request
/// begins. Source: RFC 9112, section 6.3.
bool is_ambiguous(const HttpRequest& request) {
  const int lengths = request.header_count("content-length");
  return lengths > 1 || (lengths == 1 && request.header_count("transfer-encoding") > 0);
}

HttpResponse page_response(const HttpRequest& request, const std::shared_ptr<const Snapshot>& owner,
                           const Page& page, std::string vary) {
  HttpResponse response;
  response.headers = security_headers();
  response.set_header("Content-Type", page.content_type);
  response.set_header("Cache-Control", "no-store");
  response.set_header("Vary", std::move(vary));
  if (page.content_type.starts_with("text/html")) {
    response.set_header("Content-Security-Policy", std::string(kStatusPagePolicy));
  }
  const bool gzipped = accepts_gzip(request.header("accept-encoding").value_or(""));
  if (gzipped) response.set_header("Content-Encoding", "gzip");
  response.body = {owner, gzipped ? &page.gzipped : &page.plain};
  return response;
}

HttpResponse metrics_response(const HttpRequest& request,
                              const std::shared_ptr<const Snapshot>& snapshot) {
  const bool openmetrics = prefers_openmetrics(request.header("accept").value_or(""));
  return page_response(request, snapshot,
                       openmetrics ? snapshot->metrics_openmetrics : snapshot->metrics_text,
                       "Accept, Accept-Encoding");
}

/// Rendered for the asker, because of its query.
HttpResponse events_page(const HttpRequest& request, const Snapshot& snapshot) {
  HttpResponse response = events_response(request.query, *snapshot.events);
  response.set_header("Vary", "Accept-Encoding");
  if (accepts_gzip(request.header("accept-encoding").value_or(""))) {
    response.set_header("Content-Encoding", "gzip");
    response.body = std::make_shared<const std::string>(gzip(*response.body));
  }
  return response;
}

HttpResponse healthy_response(Duration since_beat) {
  if (since_beat < kStuckAfter) return plain_response(200, "together-exporter is healthy.");
  return plain_response(
      503, "The loop has not ticked for " +
               format_duration(std::chrono::floor<std::chrono::seconds>(since_beat)) + ".");
}

HttpResponse ready_response(bool ready) {
  if (ready) return plain_response(200, "together-exporter is ready.");
  return plain_response(503, "The first catalogue verdict is not in yet.");
}

HttpResponse reload_response(const HttpRequest& request, const RouterOptions& options) {
  if (request.method != "POST" && request.method != "PUT") return not_allowed("POST, PUT");
  if (!options.enable_lifecycle) return plain_response(403, "Lifecycle API is not enabled.");
  if (const auto done = options.reload(); !done) {
    return plain_response(500, "failed to reload config: " + done.error().message);
  }
  return plain_response(200, "Reloaded.");
}

HttpResponse get_response(const HttpRequest& request, const RouterOptions& options,
                          const std::shared_ptr<const Snapshot>& snapshot, Duration since_beat) {
  if (request.path == options.telemetry_path) return metrics_response(request, snapshot);
  if (request.path == "/-/healthy") return healthy_response(since_beat);
  if (request.path == "/-/ready") return ready_response(snapshot->ready);
  if (request.path == kEventsPath) return events_page(request, *snapshot);
  const auto page = snapshot->pages.find(request.path);
  if (page == snapshot->pages.end()) return plain_response(404, "There is no such page.");
  return page_response(request, snapshot, page->second, "Accept-Encoding");
}

}  // namespace

HttpResponse route(const HttpRequest& request, const RouterOptions& options,
                   const std::shared_ptr<const Snapshot>& snapshot, Duration since_beat) {
  if (is_ambiguous(request)) {
    return plain_response(400, "The request tells its length in more than one way.");
  }
  if (request.path == "/-/reload") return reload_response(request, options);
  HttpResponse response = get_response(request, options, snapshot, since_beat);
  const bool is_read = request.method == "GET" || request.method == "HEAD";
  return is_read || response.status == 404 ? response : not_allowed("GET, HEAD");
}

}  // namespace together
