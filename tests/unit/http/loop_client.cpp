// A CurlTransport and a loop to run it on, for tests that ask one thing after another.
#include "tests/unit/http/loop_client.h"

#include <stdexcept>
#include <utility>

namespace together {
namespace {

CurlTransportOptions options_for(std::string base_url) {
  CurlTransportOptions options;
  options.base_url = std::move(base_url);
  options.user_agent = "together-exporter/test";
  return options;
}

}  // namespace

LoopClient::LoopClient(CurlTransportOptions options) {
  auto made = CurlTransport::make(io, std::move(options));
  if (!made) throw std::runtime_error(made.error().message);
  transport = std::move(*made);
}

LoopClient::LoopClient(std::string base_url) : LoopClient(options_for(std::move(base_url))) {}

Exchange LoopClient::ask(Request request) {
  send(std::move(request));
  run_until_answers(answers.size() + 1);
  return answers.back();
}

Exchange LoopClient::get(std::string path) { return ask(get_request(std::move(path))); }

void LoopClient::send(Request request) {
  transport->send(std::move(request),
                  [this](Exchange exchange) { answers.push_back(std::move(exchange)); });
}

void LoopClient::run() {
  io.restart();
  io.run();
}

void LoopClient::run_until_answers(std::size_t count) {
  io.restart();
  while (answers.size() < count && io.run_one() > 0) {
  }
}

Request get_request(std::string path) {
  Request request;
  request.path = std::move(path);
  request.timeout = std::chrono::seconds(30);
  return request;
}

}  // namespace together
