// A provider made of literals, and an engine that looks at it under a manual clock.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "exporter/config/load.h"
#include "exporter/engine/engine.h"
#include "probes/probes.h"
#include "tests/fakes/fake_transport.h"
#include "tests/fakes/manual_clock.h"
#include "tests/fakes/recording_store.h"

namespace together {

inline Exchange answer(int status, std::string body,
                       std::vector<Header> headers = {{"content-type", "application/json"}}) {
  Exchange exchange;
  exchange.status = status;
  exchange.headers = std::move(headers);
  exchange.body = std::move(body);
  exchange.chunks.push_back({std::chrono::milliseconds(5), exchange.body.size()});
  exchange.phases.first_byte = std::chrono::milliseconds(4);
  exchange.phases.total = std::chrono::milliseconds(6);
  return exchange;
}

inline Exchange lost(TransportError error) {
  Exchange exchange;
  exchange.error = error;
  exchange.error_text = "test";
  return exchange;
}

inline const std::string kServed =
    R"({"choices":[{"message":{"content":"Hi"}}],"usage":{"prompt_tokens":9,"completion_tokens":1,"total_tokens":10}})";
inline const std::string kStream =
    "data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,"
    "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}\n\n"
    "data: [DONE]\n\n";
inline const std::string kGone =
    R"({"error":{"message":"Unable to access model","code":"model_not_available"}})";

/// What the provider does: a body for each kind of request, to be changed by the test.
struct Provider {
  std::string list =
      R"([{"id":"a/b","type":"chat","pricing":{"input":0.88,"output":0.88}},
          {"id":"c/d","type":"chat","pricing":{"input":0.15,"output":0.6}}])";
  std::map<std::string, Exchange> by_model;  ///< inference at that model
  std::optional<Exchange> everything;        ///< overrides all else
  std::optional<Exchange> inference;         ///< overrides by_model
  /// What somebody else answers, who is asked by a URL.
  std::function<Exchange(const std::string& url)> elsewhere;

  Exchange operator()(const Request& request) const {
    if (elsewhere && !request.url.empty()) return elsewhere(request.url);
    if (everything) return *everything;
    if (request.method == Method::kGet) return answer(200, list);
    if (inference) return *inference;
    for (const auto& [model, exchange] : by_model) {
      if (request.body.find("\"" + model + "\"") != std::string::npos) return exchange;
    }
    const bool stream = request.body.find("\"stream\":true") != std::string::npos;
    return stream ? answer(200, kStream, {{"content-type", "text/event-stream;charset=utf-8"}})
                  : answer(200, kServed, {{"x-inference-version", "v2"}});
  }
};

inline Config config_of(const std::string& yaml) {
  std::vector<ProbeInfo> infos;
  for (const auto& type : probe_types()) infos.push_back(type.info);
  auto config = parse_config(yaml, "test.yml", infos);
  if (!config) {
    for (const auto& problem : config.error()) ADD_FAILURE() << to_string(problem);
    return {};
  }
  return std::move(*config);
}

inline const std::string kTwoModels =
    "models: [{id: a/b, fallbacks: [c/d]}]\nstate: {path: \"\"}\n";

/// An engine at its provider. Looks happen in pass().
class World {
  ManualClock& clock_;  // first: the transport below reads it

 public:
  explicit World(RecordingStore& store, ManualClock& clock, const std::string& yaml = kTwoModels)
      : clock_(clock),
        engine_({clock,
                 store,
                 slot,
                 [](auto task) { task(); },
                 [](auto task) { task(); },
                 [this](const UpstreamConfig&) -> Result<std::shared_ptr<Transport>> {
                   if (!transport_error.empty()) return fail(transport_error);
                   return transport;
                 },
                 probe_types(),
                 {"1.2.3", "abc", "test"},
                 [] {}},
                config_of(yaml)) {
    const auto started = engine_.start();
    EXPECT_TRUE(started) << started.error().message;
  }

  /// Lets time pass, from one tick the engine asks for to the next.
  void pass(Duration d) {
    for (const MonoTime end = clock_.mono() + d; clock_.mono() < end;) {
      const MonoTime soonest = clock_.mono() + std::chrono::milliseconds(1);
      clock_.advance(std::min(end, std::max(soonest, engine_.next_tick())) - clock_.mono());
      engine_.tick();
    }
  }
  std::string state(const std::string& model) const {
    return std::string(to_string(engine_.ledger().models().at(model).state));
  }
  std::string metrics() const { return slot.current()->metrics_text.plain; }
  /// The value of the one line that starts so; "" where there is none.
  std::string metric(const std::string& series) const {
    const std::string text = "\n" + metrics();
    const auto at = text.find("\n" + series + " ");
    if (at == std::string::npos) return "";
    const auto from = at + series.size() + 2;
    return text.substr(from, text.find('\n', from) - from);
  }
  Engine& engine() { return engine_; }

  Provider provider;
  SnapshotSlot slot;
  std::string transport_error;
  std::shared_ptr<FakeTransport> transport = std::make_shared<FakeTransport>(
      clock_, [this](const Request& request) { return provider(request); });

 private:
  Engine engine_;
};

class EngineTest : public testing::Test {
 protected:
  ManualClock clock_;
  RecordingStore store_;
  World world_{store_, clock_};
};

}  // namespace together
