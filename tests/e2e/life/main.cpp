// Lives days of a scenario with the whole engine under a manual clock, and prints what a Prometheus
// that scrapes every minute would have stored: `input_series` of a promtool test.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>

#include <CLI/CLI.hpp>

#include "exporter/config/load.h"
#include "exporter/engine/engine.h"
#include "probes/probes.h"
#include "simulator/scenario.h"
#include "tests/e2e/life/scrapes.h"
#include "tests/fakes/fake_transport.h"
#include "tests/fakes/manual_clock.h"
#include "tests/fakes/recording_store.h"
#include "tests/fakes/simulated.h"

namespace together::life {
namespace {

using namespace std::chrono_literals;

constexpr auto kScrape = 1min;
constexpr auto kRestartEvery = std::chrono::hours(31);  ///< so that it is never the same hour
constexpr int kMissedScrapes = 3;                       ///< at each restart

std::string read(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

Config read_config(const std::string& path) {
  std::vector<ProbeInfo> infos;
  for (const auto& type : probe_types()) infos.push_back(type.info);
  auto config = parse_config(read(path), path, infos);
  if (!config) throw std::runtime_error(to_string(config.error().front()));
  return std::move(*config);
}

/// One process of the exporter: from its start to its end.
class Exporter {
 public:
  Exporter(ManualClock& clock, RecordingStore& store, FakeTransport::Answer upstream, Config config)
      : clock_(clock),
        transport_(std::make_shared<FakeTransport>(clock, std::move(upstream))),
        engine_({clock,
                 store,
                 slot_,
                 [](auto task) { task(); },
                 [](auto task) { task(); },
                 [this](const UpstreamConfig&) -> Result<std::shared_ptr<Transport>> {
                   return transport_;
                 },
                 probe_types(),
                 {"1.0.0", "life", "test"},
                 [] {}},
                std::move(config)) {
    if (const auto started = engine_.start(); !started)
      throw std::runtime_error(started.error().message);
  }

  /// From one look that is due to the next: pages that nobody scrapes are not rendered.
  void pass(Duration time) {
    for (const MonoTime end = clock_.mono() + time; clock_.mono() < end;) {
      const MonoTime soonest = clock_.mono() + 1ms;
      const MonoTime due = engine_.plan().next_due().value_or(end);
      clock_.advance(std::min(end, std::max(soonest, due)) - clock_.mono());
      engine_.tick();
    }
    transport_->requests.clear();
  }
  std::string page() const { return slot_.current()->metrics_text.plain; }

 private:
  ManualClock& clock_;
  SnapshotSlot slot_;
  std::shared_ptr<FakeTransport> transport_;
  Engine engine_;
};

void live(const std::string& config, const std::string& scenario, std::chrono::hours hours) {
  ManualClock clock;
  RecordingStore store;
  const WallTime start = clock.wall();
  const WallTime end = start + hours;
  auto parsed = simulator::parse_scenario(read(scenario), scenario);
  if (!parsed) throw std::runtime_error(parsed.error().message);
  simulator::ServiceOptions options;
  options.scenario = std::move(*parsed);
  options.scenario_name = scenario;
  auto service = simulator::Service::make(std::move(options));
  if (!service) throw std::runtime_error(service.error().message);
  const auto upstream = [&](const Request& request) {
    return simulated_answer(**service, request, clock.wall() - start, clock.wall());
  };

  Scrapes scrapes(start);
  while (clock.wall() < end) {
    Exporter exporter(clock, store, upstream, read_config(config));
    for (Duration lived{}; lived < kRestartEvery && clock.wall() < end; lived += kScrape) {
      exporter.pass(kScrape);
      scrapes.add(exporter.page());
    }
    for (int i = 0; i < kMissedScrapes; ++i) scrapes.add_missed();
    clock.advance(kMissedScrapes * kScrape);
  }
  scrapes.print(std::cout);
}

}  // namespace
}  // namespace together::life

int main(int argc, char** argv) {
  CLI::App app("Prints what a Prometheus would have stored of some days.");
  std::string config;
  std::string scenario;
  int hours = 24;
  app.add_option("--config", config, "the exporter's configuration")->required();
  app.add_option("--scenario", scenario, "what happens upstream")->required();
  app.add_option("--hours", hours, "how long");
  CLI11_PARSE(app, argc, argv);
  try {
    together::life::live(config, scenario, std::chrono::hours(hours));
  } catch (const std::exception& error) {
    std::cerr << "life: " << error.what() << "\n";
    return 1;
  }
  return 0;
}
