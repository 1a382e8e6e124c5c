// The simulated service, the recorded lists and the deprecations page.
#include "tests/e2e/history_replay/provider.h"

#include <algorithm>

#include "exporter/core/text.h"

namespace together::history {
namespace {

using namespace std::chrono_literals;

Exchange whole(int status, std::string body, WallTime at) {
  Exchange exchange;
  exchange.started = at;
  exchange.status = status;
  exchange.body = std::move(body);
  exchange.chunks.push_back({5ms, exchange.body.size()});
  exchange.phases.total = 6ms;
  return exchange;
}

std::string row(const std::string& a, const std::string& b, const std::string& c) {
  return "| " + a + " | " + b + " | " + c + " |\n";
}

}  // namespace

Provider::Provider(const LifeScript& life, std::unique_ptr<simulator::Service> service)
    : life_(&life), service_(std::move(service)) {}

Result<Provider> Provider::make(const LifeScript& life) {
  simulator::ServiceOptions options;
  options.scenario = life.scenario;
  options.scenario_name = "history";
  auto service = simulator::Service::make(std::move(options));
  if (!service) return tl::make_unexpected(service.error());
  return Provider(life, std::move(*service));
}

Exchange Provider::answer(const Request& request, WallTime at) {
  if (!request.url.empty()) return page(at);
  Exchange exchange = from_service(request, at);
  // From its day on a recorded list stands where the simulator's own would have been whole.
  if (request.path != "/models" || exchange.status != 200 ||
      exchange.error != TransportError::kNone || !exchange.body.ends_with("]") ||
      exchange.body == "[]") {
    return exchange;
  }
  const auto after = std::find_if(life_->captures.begin(), life_->captures.end(),
                                  [&](const Capture& capture) { return capture.date > at; });
  if (after != life_->captures.begin()) exchange.body = std::prev(after)->body;
  return exchange;
}

Exchange Provider::from_service(const Request& request, WallTime at) {
  simulator::Request asked;
  asked.method = request.method == Method::kGet ? "GET" : "POST";
  const auto query = request.path.find('?');
  asked.path = "/v1" + request.path.substr(0, query);
  if (query != std::string::npos)
    asked.query = simulator::parse_query(request.path.substr(query + 1));
  asked.headers = {{"authorization", "Bearer good"}, {"content-type", "application/json"}};
  asked.body = request.body;
  const simulator::Script script = service_->answer(asked, {at - life_->start, at});

  std::string body;
  for (const auto& part : script.parts) body += part.bytes;
  Exchange exchange = whole(script.status, std::move(body), at);
  for (const auto& [name, value] : script.headers) {
    exchange.headers.emplace_back(lower_ascii(name), value);
  }
  if (script.ending == simulator::Ending::kHang) exchange.error = TransportError::kTimeout;
  if (script.ending == simulator::Ending::kCut) exchange.error = TransportError::kCutShort;
  return exchange;
}

Exchange Provider::page(WallTime at) const {
  std::string text = page_at(*life_, at);
  for (const auto& broken : life_->broken_pages) {
    if (at < broken.from || at >= broken.until) continue;
    switch (broken.how) {
      case BrokenPage::How::kCut: return whole(200, text.substr(0, text.size() / 3), at);
      case BrokenPage::How::kEmpty: return whole(200, "# Deprecations\n\nSoon.\n", at);
      case BrokenPage::How::kError: return whole(503, "", at);
    }
  }
  return whole(200, std::move(text), at);
}

std::string page_at(const LifeScript& life, WallTime at) {
  std::string redirects;
  std::string scheduled;
  std::string history;
  for (const auto& redirect : life.redirects) {
    if (redirect.published > at) continue;
    redirects +=
        row("`" + redirect.from_written + "`", "`" + redirect.to_written + "`", "Same lineage");
  }
  for (const auto& row_of : life.publications) {
    if (row_of.published > at) continue;
    std::string& table = row_of.date > at ? scheduled : history;
    table += row(format_day(row_of.date), "`" + row_of.model + "`", row_of.date > at ? "" : "No");
  }
  std::string page = "# Deprecations\n\n> How long models stay.\n\n";
  if (!redirects.empty()) {
    page += "## Active model redirects\n\n" + row("Original model", "Redirects to", "Notes") +
            "| :- | :- | :- |\n" + redirects + "\n";
  }
  if (!scheduled.empty()) {
    page += "## Scheduled deprecations\n\n" +
            row("Removal date", "Model", "Recommended replacement") + "| :- | :- | :- |\n" +
            scheduled + "\n";
  }
  page += "## Deprecation history\n\n### Inference\n\n" +
          row("Removal date", "Model", "Supported by on-demand dedicated endpoints") +
          "| :- | :- | :- |\n" + history;
  // Before the first row that is known there was an older one: the page was never empty.
  return page + row("2023-11-20", "`long/gone`", "No") +
         row("**Notes on model support:**", "", "") + "\n";
}

}  // namespace together::history
