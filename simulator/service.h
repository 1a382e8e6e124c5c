// The whole simulated service without its sockets: a request and a time go in, a script comes out.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "exporter/core/clock.h"
#include "exporter/core/result.h"
#include "simulator/page.h"
#include "simulator/replay.h"
#include "simulator/request.h"
#include "simulator/script.h"
#include "simulator/tally.h"
#include "simulator/world.h"

namespace together::simulator {

struct ServiceOptions {
  Scenario scenario;
  std::string scenario_name = "scenario";  ///< for messages
  std::optional<Replay> replay;            ///< its catalogue takes the generated one's place
  std::uint64_t seed = 1;
  std::string key;        ///< the one good key; "": any that is not empty and begins not with "bad"
  double time_scale = 1;  ///< scenario time a second of real time
};

/// When a request came.
struct Moment {
  Duration running{};  ///< real time since the start
  WallTime wall{};
};

/// Threads: `answer` may be called from many at once.
class Service {
 public:
  /// Errors: the first event of the scenario that cannot happen.
  static Result<std::unique_ptr<Service>> make(ServiceOptions options);

  Script answer(const Request& request, const Moment& moment);

 private:
  Service(ServiceOptions options, World world);

  Duration scenario_time(const Moment& moment) const;
  void advance(const Moment& moment);
  Stamp stamp(const Moment& moment) const;
  std::uint64_t take_turn(const std::string& key);

  /// What a request is for, as far as it is known.
  struct Call {
    std::optional<ApiSurface> surface;
    std::string model;
  };
  Script route(const Request& request, const Moment& moment, Call& call);
  Script api(const Request& request, const Moment& moment, Call& call);
  /// Nothing where the account lets the call through.
  std::optional<Script> account_refusal(const Stamp& stamp) const;
  Script chat(const Request& request, const Stamp& stamp, Call& call);
  Script infer(const Request& request, const Stamp& stamp, Call& call);
  Script look(const Request& request, const Stamp& stamp, Call& call);
  Script replay_error(const std::string& index) const;
  Script models(const Request& request, const Stamp& stamp) const;
  Script deprecations(const Request& request, const Stamp& stamp);
  bool accepts_key(const Request& request) const;

  Script admin(const Request& request, const Moment& moment);
  Script admin_event(const std::string& body, const Moment& moment);
  Script admin_advance(const Request& request, const Moment& moment);
  Script admin_reset(const Moment& moment);

  ServiceOptions options_;
  std::mutex mutex_;   ///< guards everything below
  const World start_;  ///< what `reset` goes back to
  World world_;
  Duration advanced_{};  ///< by POST /admin/advance
  Tally tally_;
  std::map<std::string, std::uint64_t> turns_;
  std::map<std::string, PageVersion> pages_;  ///< by file name
  std::uint64_t requests_ = 0;
};

}  // namespace together::simulator
