// One request under way: its easy handle, and all that must live as long.
#pragma once

#include <curl/curl.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "exporter/core/request.h"
#include "exporter/core/result.h"
#include "exporter/core/transport.h"
#include "exporter/http/answer_recorder.h"
#include "exporter/http/credential.h"
#include "exporter/http/curl_error.h"
#include "exporter/http/curl_handle.h"
#include "exporter/http/curl_multi.h"

namespace together {

/// What every request to one upstream has in common.
struct UpstreamOptions {
  std::string base_url;  ///< no trailing slash
  std::string proxy_url;
  std::string user_agent;
  std::string ca_path;
  Duration connect_timeout{};
};

/// Threads: the loop's.
class Transfer {
 public:
  Transfer(Request request, Transport::Done done);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  /// Sets the easy handle up. `key` may be null; it is sent where the request asks for it.
  /// Errors: the request cannot be put into HTTP; the sentence holds nothing secret.
  Result<void> prepare(const UpstreamOptions& upstream, const Secret* key, const CurlMulti& multi);

  /// From here times count. To be called just before the handle is added to `multi`.
  void start();

  CURL* easy() const { return easy_.get(); }
  Duration timeout() const { return request_.timeout; }

  /// Fills the exchange with what came until now. To be called once, before the handle is removed.
  Exchange conclude(CURLcode code);
  Exchange conclude(TransportError error, std::string text);

  /// Calls `done`. To be called once.
  void deliver(Exchange exchange) { done_(std::move(exchange)); }

 private:
  template <class T>
  void set(CURLoption option, T value);
  void set_address(const UpstreamOptions& upstream);
  void set_limits(const UpstreamOptions& upstream);
  void set_tls(const UpstreamOptions& upstream);
  void set_callbacks();
  Result<void> set_headers(const Secret* key);
  Result<void> add_header(const std::string& name, const std::string& value);

  static std::size_t on_header(char* data, std::size_t, std::size_t size, void* self) noexcept;
  static std::size_t on_body(char* data, std::size_t, std::size_t size, void* self) noexcept;
  static int on_new_socket(void* self, curl_socket_t socket, curlsocktype) noexcept;
  static int on_ready(void* self, char*, char*, int, int) noexcept;

  Duration now_arriving() const;
  Duration elapsed() const;
  std::optional<Duration> phase(CURLINFO info) const;
  Reached reached() const;

  Request request_;
  Transport::Done done_;
  AnswerRecorder recorder_;
  const CurlMulti* multi_ = nullptr;
  bool opened_socket_ = false;
  WallTime started_wall_{};
  MonoTime started_{};
  std::optional<MonoTime> ready_at_;  ///< the request could be sent
  CURLcode refused_ = CURLE_OK;       ///< the first option that libcurl did not take
  std::string url_;
  HeaderList headers_;
  std::array<char, CURL_ERROR_SIZE> error_buffer_{};
  EasyHandle easy_;
};

}  // namespace together
