// A transport that answers at once, as a test tells it, and records what it was asked.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "exporter/core/transport.h"

namespace together {

class FakeTransport final : public Transport {
 public:
  using Answer = std::function<Exchange(const Request&)>;
  explicit FakeTransport(const Clock& clock, Answer answer)
      : clock_(clock), answer_(std::move(answer)) {}

  void send(Request request, Done done) override {
    requests.push_back(request);
    if (hold) {
      held_.emplace_back(std::move(request), std::move(done));
      return;
    }
    reply(request, done);
  }
  void cancel_all() override {
    for (auto& [request, done] : std::exchange(held_, {})) {
      Exchange exchange;
      exchange.started = clock_.wall();
      exchange.error = TransportError::kCancelled;
      done(std::move(exchange));
    }
  }
  /// Answers everything that was held.
  void release() {
    for (auto& [request, done] : std::exchange(held_, {})) reply(request, done);
  }

  std::vector<Request> requests;
  bool hold = false;

 private:
  void reply(const Request& request, const Done& done) {
    Exchange exchange = answer_(request);
    exchange.started = clock_.wall();
    done(std::move(exchange));
  }
  const Clock& clock_;
  Answer answer_;
  std::vector<std::pair<Request, Done>> held_;
};

}  // namespace together
