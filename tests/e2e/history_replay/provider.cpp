// The simulated service, the recorded lists and the deprecations page.
#include "tests/e2e/history_replay/provider.h"

#include <algorithm>

#include "tests/fakes/simulated.h"

namespace together::history {
namespace {

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
  Exchange exchange = simulated_answer(*service_, request, at - life_->start, at);
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

Exchange Provider::page(WallTime at) const {
  std::string text = page_at(*life_, at);
  for (const auto& broken : life_->broken_pages) {
    if (at < broken.from || at >= broken.until) continue;
    switch (broken.how) {
      case BrokenPage::How::kCut: return whole_answer(200, text.substr(0, text.size() / 3), at);
      case BrokenPage::How::kEmpty: return whole_answer(200, "# Deprecations\n\nSoon.\n", at);
      case BrokenPage::How::kError: return whole_answer(503, "", at);
    }
  }
  return whole_answer(200, std::move(text), at);
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
