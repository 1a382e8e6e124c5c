// `probe`: one look, told as a person reads it.
#include <algorithm>
#include <csignal>
#include <iomanip>
#include <iostream>
#include <map>

#include "exporter/cli/commands.h"
#include "exporter/cli/loading.h"
#include "exporter/cli/looker.h"
#include "exporter/core/text.h"
#include "exporter/engine/jobs.h"
#include "probes/probes.h"

namespace together {
namespace {

constexpr std::size_t kShownBytes = 2000;

int refuse(const std::string& why) {
  std::cerr << "together-exporter probe: " << why << '\n';
  return kExitUsage;
}

void print_phase(const char* name, const std::optional<Duration>& at) {
  if (!at) return;
  std::cout << "  " << std::left << std::setw(12) << name << std::fixed << std::setprecision(3)
            << to_seconds(*at) * 1e3 << std::defaultfloat << std::setprecision(6) << " ms\n";
}

std::string address_of(const UpstreamConfig& upstream, const Request& request) {
  if (!request.file.empty()) return request.file;
  return request.url.empty() ? upstream.base_url + request.path : request.url;
}

/// Errors: there is no such part, or none at all.
Result<std::string> part_of(const ProbeInfo& info, const std::string& wanted) {
  if (info.parts.empty())
    return fail("\"" + info.name + "\" has nothing to look at: none is configured");
  if (wanted.empty()) return info.parts.front().name;
  std::string names;
  for (const auto& part : info.parts) {
    if (part.name == wanted) return wanted;
    names += (names.empty() ? "" : ", ") + part.name;
  }
  return fail("\"" + info.name + "\" has no part \"" + wanted + "\"; there is " + names);
}

void print_wire(const UpstreamConfig& upstream, const Request& request, const Exchange& exchange) {
  std::cout << "request\n  " << (request.method == Method::kGet ? "GET " : "POST ")
            << address_of(upstream, request) << '\n';
  if (!request.body.empty()) std::cout << "  " << one_line(request.body, kShownBytes) << '\n';
  std::cout << "phases\n";
  print_phase("resolved", exchange.phases.resolved);
  print_phase("connected", exchange.phases.connected);
  print_phase("secured", exchange.phases.secured);
  print_phase("first byte", exchange.phases.first_byte);
  print_phase("total", exchange.phases.total);
  std::cout << "answer\n  status      " << exchange.status << "\n  body        "
            << exchange.body.size() << " bytes in " << exchange.chunks.size() << " pieces\n";
  if (exchange.error != TransportError::kNone) {
    std::cout << "  error       " << to_string(exchange.error) << ": "
              << one_line(exchange.error_text, kShownBytes) << '\n';
  }
}

std::string series_of(const Reading& reading) {
  std::string series(reading.metric->name);
  series += '{';
  for (std::size_t i = 0; i < reading.labels.size(); ++i) {
    if (i > 0) series += ',';
    series += std::string(reading.metric->label_names[i]) + "=\"" +
              one_line(reading.labels[i], kShownBytes) + '"';
  }
  return series + '}';
}

/// What a scrape would gain. A counter that stands still says nothing; a histogram's observations
/// are told together.
void print_readings(const std::vector<Reading>& readings) {
  std::map<std::string, std::vector<double>> observed;
  for (const auto& reading : readings) {
    const MetricType type = reading.metric->type;
    if (type == MetricType::kHistogram) {
      observed[series_of(reading)].push_back(reading.value);
    } else if (type == MetricType::kGauge || reading.value != 0) {
      std::cout << "  " << series_of(reading) << (type == MetricType::kCounter ? " +" : " ")
                << reading.value << '\n';
    }
  }
  for (const auto& [series, values] : observed) {
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    std::cout << "  " << series << ' ' << *least;
    if (values.size() > 1) std::cout << " to " << *most << " (" << values.size() << " times)";
    std::cout << '\n';
  }
}

void print_verdict(const Observation& seen) {
  std::cout << "verdict of " << seen.probe << "\n  outcome     " << to_string(seen.outcome)
            << "\n  " << one_line(seen.detail, kShownBytes) << '\n';
  for (const auto& rule : seen.rules) {
    std::cout << "  " << (rule.ok ? "ok      " : "broken  ") << std::left << std::setw(20)
              << rule.name << one_line(rule.detail, kShownBytes) << '\n';
  }
  print_readings(seen.readings);
}

}  // namespace

int run_probe(const ProbeOptions& options) {
  std::signal(SIGPIPE, SIG_IGN);
  const auto config = load(options.config_file);
  if (!config) {
    std::cerr << config.error().message << '\n';
    return kExitUsage;
  }
  const auto probes = make_probes(*config, probe_types());
  const auto found = probes->by_name.find(options.probe);
  if (found == probes->by_name.end()) {
    return refuse("there is no enabled probe \"" + options.probe + "\"");
  }
  const ProbeInfo& info = found->second.probe->info();
  if (info.scope == Scope::kRider) {
    return refuse("\"" + options.probe + "\" asks nothing itself; it judges the answers of " +
                  (info.rides_on == "*" ? "every probe" : "\"" + info.rides_on + "\""));
  }
  if (info.scope == Scope::kModel && options.model.empty()) {
    return refuse("--model is needed: \"" + options.probe + "\" looks at a model");
  }
  Target target;
  if (info.scope == Scope::kModel) {
    target.model = options.model;
  } else if (const auto part = part_of(info, options.part)) {
    target.part = *part;
  } else {
    return refuse(part.error().message);
  }
  const auto looker = Looker::make(*config);
  if (!looker) return refuse(looker.error().message);
  const Looker::Look look = (*looker)->look(options.probe, target);
  print_wire(config->upstream, look.request, look.exchange);
  for (const auto& seen : look.observations) {
    if (!seen.detail.empty()) print_verdict(seen);  // a rider may have nothing to say
  }
  return look.observations.front().outcome == Outcome::kOk ? kExitOk : kExitBad;
}

}  // namespace together
