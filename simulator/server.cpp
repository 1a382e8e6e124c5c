// The simulated service on a socket: civetweb takes the requests, scripts are played by hand.
#include "simulator/server.h"

#include <civetweb.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <optional>

#include "exporter/core/text.h"
#include "simulator/sockets.h"
#include "simulator/stop_signal.h"

namespace together::simulator {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostBodyBytes = 1 << 20;
constexpr auto kPeerCheck = 50ms;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string_view reason_of(int status) {
  switch (status) {
    case 200: return "OK";
    case 301: return "Moved Permanently";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 402: return "Payment Required";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 413: return "Payload Too Large";
    case 429: return "Too Many Requests";
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    default: return "Status";
  }
}

/// Nothing where the body is larger than an API request may be.
std::optional<std::string> read_body(mg_connection* connection) {
  std::string body;
  std::array<char, 16384> buffer{};
  while (true) {
    const int n = mg_read(connection, buffer.data(), buffer.size());
    if (n <= 0) return body;
    body.append(buffer.data(), static_cast<std::size_t>(n));
    if (body.size() > kMostBodyBytes) return std::nullopt;
  }
}

Request read_head(const mg_request_info& info) {
  Request request;
  request.method = info.request_method;
  request.path = info.local_uri == nullptr ? "" : info.local_uri;
  if (info.query_string != nullptr) request.query = parse_query(info.query_string);
  for (int i = 0; i < info.num_headers; ++i) {
    const auto& field = info.http_headers[i];
    request.headers[lower_case(field.name)] = field.value;
  }
  return request;
}

Script refusal(int status, const std::string& message) {
  Script script;
  script.status = status;
  script.headers.emplace_back("content-type", "application/json");
  script.parts.push_back({Duration{}, "{\"message\":\"" + message + "\"}\n"});
  return script;
}

std::size_t body_size(const Script& script) {
  std::size_t size = 0;
  for (const auto& part : script.parts) size += part.bytes.size();
  return size;
}

std::string head_of(const Script& script, bool close) {
  std::string head = "HTTP/1.1 " + std::to_string(script.status) + " ";
  head += reason_of(script.status);
  head += "\r\n";
  for (const auto& [name, value] : script.headers) {
    head.append(name).append(": ").append(value).append("\r\n");
  }
  if (script.streamed) {
    head += "transfer-encoding: chunked\r\n";
  } else if (script.status != 304) {  // whose length would be that of the answer it spares
    head += "content-length: " + std::to_string(body_size(script)) + "\r\n";
  }
  if (close) head += "connection: close\r\n";
  return head += "\r\n";
}

std::string http_chunk(const std::string& bytes) {
  std::array<char, 20> size{};
  std::snprintf(size.data(), size.size(), "%zx\r\n", bytes.size());
  return size.data() + bytes + "\r\n";
}

/// Plays one script on one connection.
class Player {
 public:
  Player(mg_connection* connection, StopSignal& stop) : connection_(connection), stop_(stop) {}

  /// False where the connection cannot be used again.
  bool play(const Script& script, bool close, bool head_only) {
    if (stop_.wait_until(due_ += script.head_after)) return false;
    if (script.status != 0) {
      std::string head = head_of(script, close || script.ending != Ending::kComplete);
      // One write for both, as a server that has the whole answer does.
      if (!script.streamed && !head_only) {
        for (const auto& part : script.parts) head += part.bytes;
      }
      if (!write(head)) return false;
      if (script.streamed && !head_only && !play_chunks(script)) return false;
    }
    if (script.ending == Ending::kHang) wait_for_peer();
    return !close && script.ending == Ending::kComplete;
  }

 private:
  bool write(const std::string& bytes) {
    return mg_write(connection_, bytes.data(), bytes.size()) == static_cast<int>(bytes.size());
  }

  bool play_chunks(const Script& script) {
    for (const auto& part : script.parts) {
      if (stop_.wait_until(due_ += part.after)) return false;
      if (!part.bytes.empty() && !write(http_chunk(part.bytes))) return false;
    }
    return script.ending != Ending::kComplete || write("0\r\n\r\n");
  }

  void wait_for_peer() {
    const int peer = find_peer_socket(mg_get_request_info(connection_)->remote_port);
    while (peer >= 0 && !peer_is_gone(peer)) {
      if (stop_.wait_until(std::chrono::steady_clock::now() + kPeerCheck)) return;
    }
  }

  mg_connection* connection_;
  StopSignal& stop_;
  MonoTime due_ = std::chrono::steady_clock::now();
};

}  // namespace

Result<std::string> loopback_address(const std::string& listen) {
  const auto colon = listen.rfind(':');
  if (colon == std::string::npos) return fail("listen address " + listen + " is not ADDR:PORT");
  std::string host = listen.substr(0, colon);
  const std::string port = listen.substr(colon + 1);
  unsigned number = 0;
  const auto [stop, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (error != std::errc{} || stop != port.data() + port.size() || number > 65535) {
    return fail("listen address " + listen + " has no port from 0 to 65535");
  }
  if (host == "localhost") host = "127.0.0.1";
  const bool is_ipv4 = std::count(host.begin(), host.end(), '.') == 3 &&
                       host.find_first_not_of("0123456789.") == std::string::npos;
  if (!is_ipv4 || !host.starts_with("127.")) {
    return fail("listen address " + listen +
                " is refused: the simulator listens on IPv4 loopback only, as in 127.0.0.1:8080");
  }
  return host + ":" + std::to_string(number);
}

class Server::Impl {
 public:
  explicit Impl(Answer answer) : answer_(std::move(answer)) {}

  ~Impl() {
    stop_.stop();
    if (context_ == nullptr) return;
    // civetweb looks for its stop flag every two seconds, unless a socket wakes it.
    shut_down_port(port());
    mg_stop(context_);
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Result<void> start(const std::string& address, int threads) {
    const std::string thread_text = std::to_string(threads);
    const std::array<const char*, 15> options{"listening_ports",
                                              address.c_str(),
                                              "num_threads",
                                              thread_text.c_str(),
                                              "connection_queue",
                                              "1024",
                                              "listen_backlog",
                                              "1024",
                                              "tcp_nodelay",
                                              "1",
                                              "enable_keep_alive",
                                              "yes",
                                              "keep_alive_timeout_ms",
                                              "15000",
                                              nullptr};
    mg_callbacks callbacks{};
    callbacks.log_message = [](const mg_connection*, const char* message) {
      spdlog::debug("civetweb: {}", message);
      return 1;
    };
    std::array<char, 256> text{};
    mg_error_data error{};
    error.text = text.data();
    error.text_buffer_size = text.size();
    mg_init_data init{&callbacks, this, const_cast<const char**>(options.data())};
    context_ = mg_start2(&init, &error);
    if (context_ == nullptr) {
      return fail("cannot listen on " + address + ": " + one_line(text.data(), 200));
    }
    mg_set_request_handler(context_, "/", &Impl::handle, this);
    return {};
  }

  int port() const {
    mg_server_port bound{};
    return mg_get_server_ports(context_, 1, &bound) == 1 ? bound.port : 0;
  }

 private:
  /// The C frame: nothing may be thrown through it.
  static int handle(mg_connection* connection, void* self) noexcept {
    try {
      return static_cast<Impl*>(self)->serve(connection);
    } catch (const std::exception& error) {
      spdlog::error("a request failed inside the simulator: {}", one_line(error.what(), 300));
      mg_disable_connection_keep_alive(connection);
      return 500;
    }
  }

  int serve(mg_connection* connection) {
    const mg_request_info* info = mg_get_request_info(connection);
    Request request = read_head(*info);
    const Script script = script_for(connection, request);
    // civetweb closes after a 401 whatever is said, so say it.
    const bool close = lower_case(header(request, "connection")) == "close" ||
                       script.status == 401 || script.status == 413 ||
                       std::strcmp(info->http_version, "1.1") != 0;
    Player player(connection, stop_);
    if (!player.play(script, close, request.method == "HEAD")) {
      mg_disable_connection_keep_alive(connection);
    }
    return script.status == 0 ? 444 : script.status;
  }

  Script script_for(mg_connection* connection, Request& request) {
    if (request.headers.contains("transfer-encoding") &&
        request.headers.contains("content-length")) {
      return refusal(400, "a body has a length or is chunked, not both");
    }
    if (header(request, "expect") == "100-continue")
      mg_write(connection, kContinue.data(), kContinue.size());
    auto body = read_body(connection);
    if (!body) return refusal(413, "the body is larger than 1 MiB");
    request.body = std::move(*body);
    try {
      return answer_(request);
    } catch (const std::exception& error) {
      spdlog::error("a request failed inside the simulator: {}", one_line(error.what(), 300));
      return refusal(500, "the simulator itself failed");
    }
  }

  Answer answer_;
  StopSignal stop_;
  mg_context* context_ = nullptr;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(const std::string& listen, int threads,
                                              Answer answer) {
  const auto address = loopback_address(listen);
  if (!address) return tl::make_unexpected(address.error());
  auto impl = std::make_unique<Impl>(std::move(answer));
  if (const auto started = impl->start(*address, threads); !started) {
    return tl::make_unexpected(started.error());
  }
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

int Server::port() const { return impl_->port(); }

}  // namespace together::simulator
