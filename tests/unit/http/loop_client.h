// A CurlTransport and a loop to run it on, for tests that ask one thing after another.
#pragma once

#include <asio/io_context.hpp>
#include <memory>
#include <string>
#include <vector>

#include "exporter/http/curl_transport.h"

namespace together {

class LoopClient {
 public:
  /// Throws std::runtime_error where CurlTransport::make gives an error.
  explicit LoopClient(CurlTransportOptions options);
  explicit LoopClient(std::string base_url);

  /// Sends, and runs the loop until the answer is in.
  Exchange ask(Request request);
  Exchange get(std::string path);

  /// Sends; answers collect in `answers` as run() goes on.
  void send(Request request);
  void run();  ///< until nothing is left to do
  void run_until_answers(std::size_t count);

  asio::io_context io;
  std::vector<Exchange> answers;
  std::unique_ptr<CurlTransport> transport;
};

/// GET `path` with the key, and a timeout no healthy test comes near.
Request get_request(std::string path);

}  // namespace together
