// The exporter itself: one loop, a judging pool, a web server, and an orderly end.
#include <chrono>
#include <csignal>
#include <future>
#include <iostream>
#include <memory>

#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/signal_set.hpp>
#include <asio/steady_timer.hpp>
#include <asio/thread_pool.hpp>

#include "exporter/cli/commands.h"
#include "exporter/cli/loading.h"
#include "exporter/engine/engine.h"
#include "exporter/engine/jobs.h"
#include "exporter/log/log.h"
#include "exporter/state/memory_store.h"
#include "exporter/state/sqlite_store.h"
#include "exporter/web/server.h"
#include "exporter/web/site.h"
#include "probes/probes.h"

namespace together {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kJudges = 2;
constexpr auto kReloadPatience = 10s;  ///< how long POST /-/reload waits for the loop
constexpr auto kReloadStep = 50ms;     ///< and how often it asks whether there is one

int refuse(const std::string& why) {
  std::cerr << "together-exporter: " << why << '\n';
  return kExitUsage;
}

Result<Config> load_share(const ServeOptions& options) {
  auto config = load(options.config_file);
  if (config) keep_shard(*config, options.shard_index, options.shard_total);
  return config;
}

std::unique_ptr<Store> open_store(const std::string& path) {
  if (path.empty()) return std::make_unique<MemoryStore>();
  return std::make_unique<SqliteStore>(path);
}

/// Everything that runs, in the order it must come and go.
class Exporter {
 public:
  Exporter(const ServeOptions& options, Config config)
      : options_(options),
        store_(open_store(config.state_path)),
        engine_(
            {clock_, *store_, slot_, [this](auto task) { asio::post(judges_, std::move(task)); },
             [this](auto task) { asio::post(io_, std::move(task)); },
             [this](const UpstreamConfig& upstream) {
               return make_transport(io_, upstream,
                                     [this](auto task) { asio::post(judges_, std::move(task)); });
             },
             probe_types(), build_info(), [this] { arm(); }, options.telemetry_path,
             options.shard_index, options.shard_total},
            std::move(config)) {}

  Result<void> start() {
    if (auto started = engine_.start(); !started) return started;
    auto served = serve_web();
    if (!served) return served;
    wait_for_end();
    wait_for_reload();
    arm();
    return {};
  }

  void run() {
    io_.run();
    server_.reset();  // no request may find the loop gone
    ending_ = true;
    timer_.cancel();
    engine_.stop();  // the looks under way end now, and are judged
    judges_.join();
    io_.restart();
    io_.poll();  // what they still have to say
    store_->flush();
  }

 private:
  Result<void> serve_web() {
    std::unique_ptr<WebConfigFile> web_config;
    if (!options_.web_config_file.empty()) {
      web_config = std::make_unique<WebConfigFile>(options_.web_config_file);
      if (const auto read = web_config->current(); !read) return tl::make_unexpected(read.error());
    }
    RouterOptions router;
    router.telemetry_path = options_.telemetry_path;
    router.enable_lifecycle = options_.enable_lifecycle;
    router.reload = [this] { return reload_from_outside(); };
    const auto complain = [](const std::string& what) { log(LogLevel::kError, what); };
    site_ =
        std::make_unique<Site>(slot_, clock_, std::move(router), std::move(web_config), complain);
    auto server = Server::start(
        {options_.listen_addresses},
        [this](const HttpRequest& request) { return site_->answer(request); }, complain);
    if (!server) return tl::make_unexpected(server.error());
    server_ = std::move(*server);
    const auto ports = server_->ports();
    for (std::size_t i = 0; i < ports.size(); ++i) {
      const std::string& address = options_.listen_addresses[i];
      const std::string bound =
          address.substr(0, address.rfind(':') + 1) + std::to_string(ports[i]);
      log(LogLevel::kInfo, "listening", {{"address", bound}});
    }
    return {};
  }

  void wait_for_end() {
    end_.async_wait([this](const asio::error_code& error, int) {
      if (error) return;
      log(LogLevel::kInfo, "asked to end");
      io_.stop();
    });
  }

  void wait_for_reload() {
    hangup_.async_wait([this](const asio::error_code& error, int) {
      if (error) return;
      reload();
      wait_for_reload();
    });
  }

  Result<void> reload() {
    auto config = load_share(options_);
    if (!config) engine_.reload_failed();
    const auto reloaded = config ? engine_.reload(std::move(*config))
                                 : Result<void>(tl::make_unexpected(config.error()));
    if (reloaded) {
      log(LogLevel::kInfo, "configuration reloaded", {{"file", options_.config_file}});
    } else {
      log(LogLevel::kError, "configuration not reloaded; the old one stays",
          {{"file", options_.config_file}, {"error", reloaded.error().message}});
    }
    return reloaded;
  }

  /// POST /-/reload comes on a web thread; the loop does the work.
  Result<void> reload_from_outside() {
    auto answer = std::make_shared<std::promise<Result<void>>>();
    auto reloaded = answer->get_future();
    asio::post(io_, [this, answer] { answer->set_value(reload()); });
    for (auto waited = 0ms; waited < kReloadPatience; waited += kReloadStep) {
      if (reloaded.wait_for(kReloadStep) == std::future_status::ready) return reloaded.get();
      if (io_.stopped()) return fail("the exporter is ending");
    }
    return fail("the loop did not answer in time");
  }

  /// Sets the timer to the engine's next tick; a wait under way is replaced.
  void arm() {
    if (ending_) return;
    timer_.expires_at(engine_.next_tick());
    timer_.async_wait([this](const asio::error_code& error) {
      if (error) return;
      engine_.tick();
      arm();
    });
  }

  const ServeOptions options_;
  SystemClock clock_;
  asio::io_context io_{1};
  bool ending_ = false;
  SnapshotSlot slot_;
  std::unique_ptr<Store> store_;
  asio::steady_timer timer_{io_};
  asio::signal_set end_{io_, SIGTERM, SIGINT};
  asio::signal_set hangup_{io_, SIGHUP};
  Engine engine_;
  asio::thread_pool judges_{kJudges};  // after the engine: its tasks end before the engine goes
  std::unique_ptr<Site> site_;
  std::unique_ptr<Server> server_;
};

}  // namespace

int serve(const ServeOptions& options) {
  if (options.config_file.empty()) return refuse("--config.file is needed; see --help");
  if (options.shard_total < 1 || options.shard_index < 0 ||
      options.shard_index >= options.shard_total) {
    return refuse("--shard.index must be at least 0 and less than --shard.total");
  }
  if (!options.telemetry_path.starts_with('/') || options.telemetry_path == "/") {
    return refuse("--web.telemetry-path must start with / and be more than that");
  }
  // A full disk and a closed socket are errors to handle, not reasons to die.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);

  auto config = load_share(options);
  if (!config) return refuse("the configuration is not valid\n" + config.error().message);
  Exporter exporter(options, std::move(*config));
  if (const auto started = exporter.start(); !started) return refuse(started.error().message);
  exporter.run();
  return kExitOk;
}

}  // namespace together
