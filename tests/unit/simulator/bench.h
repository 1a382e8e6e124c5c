// A whole simulated service for the tests of this folder.
#pragma once

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "simulator/service.h"
#include "tests/unit/simulator/builders.h"

namespace together::simulator {

/// A service whose time only the test moves.
class Bench {
 public:
  explicit Bench(const std::string& yaml = "", ServiceOptions options = {}) {
    auto scenario = parse_scenario("models: [{id: a/b}, {id: c/d}]\n" + yaml, "s.yml");
    if (!scenario) throw std::runtime_error(scenario.error().message);
    options.scenario = *scenario;
    auto made = Service::make(std::move(options));
    if (!made) throw std::runtime_error(made.error().message);
    service_ = std::move(*made);
  }

  Duration running{};

  Script send(const std::string& method, const std::string& path, const std::string& body = "",
              std::map<std::string, std::string> headers = {{"authorization", "Bearer good"}}) {
    Request request{method, path, {}, std::move(headers), body};
    if (const auto mark = path.find('?'); mark != std::string::npos) {
      request.path = path.substr(0, mark);
      request.query = parse_query(path.substr(mark + 1));
    }
    return service_->answer(request, {running, kNoon + running});
  }
  Script get(const std::string& path) { return send("GET", path); }
  Script post(const std::string& path, const std::string& body = "") {
    return send("POST", path, body);
  }
  Script chat(const std::string& model) { return post("/v1/chat/completions", chat_body(model)); }
  Json state() { return Json::parse(body_of(get("/admin/state"))); }

  static std::string chat_body(const std::string& model) {
    return R"({"model":")" + model + R"(","messages":[{"role":"user","content":"hi"}]})";
  }

 private:
  std::unique_ptr<Service> service_;
};

}  // namespace together::simulator
