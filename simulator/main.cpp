// together-simulator: a Together API to test against. Flags, start, and the wait for a signal.
#include <pthread.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>

#include "simulator/default_scenario.h"
#include "simulator/scenario.h"
#include "simulator/server.h"
#include "simulator/service.h"

namespace {

using namespace together::simulator;
using together::Result;

struct Flags {
  std::string listen = "127.0.0.1:0";
  std::string scenario;
  std::string replay;
  std::string key;
  std::string log_level = "info";
  std::uint64_t seed = 1;
  double time_scale = 1;
  int threads = 256;
};

void declare(CLI::App& app, Flags& flags) {
  app.add_option("--listen", flags.listen, "ADDR:PORT, loopback only; port 0 picks a free one")
      ->capture_default_str();
  app.add_option("--scenario", flags.scenario, "YAML file that says what happens when");
  app.add_option("--replay", flags.replay, "folder of recorded answers to serve");
  app.add_option("--seed", flags.seed, "the generated catalogue follows from it")
      ->capture_default_str();
  app.add_option("--key", flags.key,
                 "the one accepted bearer key (default: any that does not begin with \"bad\")");
  app.add_option("--time-scale", flags.time_scale, "scenario time runs so much faster")
      ->check(CLI::Range(1e-3, 1e6))
      ->capture_default_str();
  app.add_option("--threads", flags.threads, "how many requests can be under way")
      ->check(CLI::Range(4, 10000))
      ->capture_default_str();
  app.add_option("--log.level", flags.log_level, "to stderr")
      ->check(CLI::IsMember({"debug", "info", "warn", "error"}))
      ->capture_default_str();
}

Result<Scenario> load_scenario(const Flags& flags) {
  // A recording stands still unless a scenario is asked for.
  if (flags.scenario.empty()) {
    return flags.replay.empty() ? parse_scenario(default_scenario(), "the default scenario")
                                : Scenario{};
  }
  std::ifstream file(flags.scenario, std::ios::binary);
  if (!file) return together::fail("scenario file " + flags.scenario + " cannot be read");
  std::ostringstream text;
  text << file.rdbuf();
  return parse_scenario(text.str(), flags.scenario);
}

Result<std::unique_ptr<Service>> make_service(const Flags& flags) {
  ServiceOptions options;
  auto scenario = load_scenario(flags);
  if (!scenario) return tl::make_unexpected(scenario.error());
  options.scenario = std::move(*scenario);
  options.scenario_name = flags.scenario.empty() ? "the default scenario" : flags.scenario;
  options.seed = flags.seed;
  options.key = flags.key;
  options.time_scale = flags.time_scale;
  if (!flags.replay.empty()) {
    auto replay = Replay::load(flags.replay);
    if (!replay) return tl::make_unexpected(replay.error());
    options.replay = std::move(*replay);
  }
  return Service::make(std::move(options));
}

int complain(const together::Error& error) {
  std::cerr << "together-simulator: " << error.message << "\n";
  return 2;
}

int run(const Flags& flags) {
  spdlog::set_default_logger(spdlog::stderr_color_mt("simulator"));
  spdlog::set_level(spdlog::level::from_str(flags.log_level));

  // Blocked before any thread starts, so that only this one takes them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  auto service = make_service(flags);
  if (!service) return complain(service.error());
  const auto started = std::chrono::steady_clock::now();
  auto server = Server::start(flags.listen, flags.threads, [&](const Request& request) {
    return (*service)->answer(
        request, {std::chrono::steady_clock::now() - started, std::chrono::system_clock::now()});
  });
  if (!server) return complain(server.error());
  const std::string address = *loopback_address(flags.listen);
  const std::string host = address.substr(0, address.rfind(':'));
  std::cout << "together-simulator: listening on http://" << host << ":" << (*server)->port()
            << "/v1" << std::endl;

  int signal = 0;
  sigwait(&signals, &signal);
  spdlog::info("ending on signal {}", signal);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"A Together API to test against: follows a scenario, or serves recorded answers."};
  Flags flags;
  declare(app, flags);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  try {
    return run(flags);
  } catch (const std::exception& error) {
    return complain({error.what()});
  }
}
