// The HTTP server: civetweb behind one function.
#include "exporter/web/server.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <ctime>
#include <exception>
#include <mutex>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include <arpa/inet.h>
#include <civetweb.h>
#include <sys/socket.h>
#include <unistd.h>

#include "exporter/core/text.h"

namespace together {
namespace {

struct Endpoint {
  in_addr host{};  // 0.0.0.0: every interface
  int port = 0;
};

Result<Endpoint> parse_endpoint(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  const auto bad = [&](const std::string& why) {
    return fail("cannot listen on \"" + one_line(address, 200) + "\": " + why);
  };
  if (colon == std::string::npos) return bad("it has no port; write :10237 or 127.0.0.1:10237");
  std::string host = address.substr(0, colon);
  const std::string port = address.substr(colon + 1);
  Endpoint endpoint;
  const char* end = port.data() + port.size();
  const auto [stop, error] = std::from_chars(port.data(), end, endpoint.port);
  if (error != std::errc() || stop != end || endpoint.port < 0 || endpoint.port > 65535) {
    return bad("the port is no number between 0 and 65535");
  }
  if (host.empty()) host = "0.0.0.0";
  if (host == "localhost") host = "127.0.0.1";
  if (host.front() == '[') return bad("the server speaks IPv4 only");
  if (inet_pton(AF_INET, host.c_str(), &endpoint.host) != 1) {
    return bad("the host is no IPv4 address");
  }
  return endpoint;
}

std::string to_string(const Endpoint& endpoint) {
  std::array<char, INET_ADDRSTRLEN> host{};
  inet_ntop(AF_INET, &endpoint.host, host.data(), host.size());
  return std::string(host.data()) + ':' + std::to_string(endpoint.port);
}

std::string http_date() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 40> text{};
  const std::size_t n = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
  return {text.data(), n};
}

HttpRequest to_request(const mg_request_info& info) {
  HttpRequest request;
  request.method = info.request_method;
  // The raw one: civetweb would turn /x/../metrics into /metrics.
  request.path = info.local_uri_raw;
  if (info.query_string != nullptr) request.query = info.query_string;
  for (int i = 0; i < info.num_headers; ++i) {
    const auto& header = info.http_headers[i];
    request.headers.emplace_back(lower_ascii(header.name), header.value);
  }
  return request;
}

void send(mg_connection* connection, const HttpResponse& response, bool with_body = true) {
  std::string bytes = "HTTP/1.1 " + std::to_string(response.status) + ' ';
  bytes.append(reason_phrase(response.status)).append("\r\n");
  for (const auto& [name, value] : response.headers) {
    bytes.append(name).append(": ").append(value).append("\r\n");
  }
  bytes += "Content-Length: " + std::to_string(response.body->size()) + "\r\n";
  bytes += "Date: " + http_date() + "\r\nConnection: close\r\n\r\n";
  mg_write(connection, bytes.data(), bytes.size());
  if (with_body) mg_write(connection, response.body->data(), response.body->size());
}

/// Opens a connection and drops it. civetweb looks at its stop flag when somebody comes, or else
/// every two seconds.
void knock(in_addr host, int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr = host;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return;
  // Whether it succeeds is no matter: the next knock comes soon.
  static_cast<void>(connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address));
  close(fd);
}

}  // namespace

struct Server::Impl {
  Handler handler;
  OnException on_exception;
  mg_context* context = nullptr;
  in_addr first_host{};
  std::mutex mutex;
  std::string first_message;  // why it did not start

  /// The fence: nothing crosses civetweb's C frames.
  HttpResponse answer(const mg_request_info& info) {
    std::string what = "unknown exception";
    try {
      return handler(to_request(info));
    } catch (const std::exception& exception) {
      what = exception.what();
    } catch (...) {
    }
    on_exception(what);
    return plain_response(500, "Internal error.");
  }

  static Impl& of(const mg_connection* connection) {
    return *static_cast<Impl*>(mg_get_user_data(mg_get_context(connection)));
  }

  static int begin_request(mg_connection* connection) noexcept {
    // A body is never read: a slow one would hold the thread.
    mg_disable_connection_keep_alive(connection);
    const mg_request_info& info = *mg_get_request_info(connection);
    const HttpResponse response = of(connection).answer(info);
    send(connection, response, std::string_view(info.request_method) != "HEAD");
    return response.status;
  }

  /// What civetweb refuses by itself, before it is a request.
  static int http_error(mg_connection* connection, int status, const char*) noexcept {
    send(connection, plain_response(status, "The request is not understood."));
    return 0;
  }

  static int log_message(const mg_connection* connection, const char* message) noexcept {
    Impl& impl = of(connection);
    const std::scoped_lock lock(impl.mutex);
    if (impl.first_message.empty()) impl.first_message = message;
    return 1;
  }
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options, Handler handler,
                                              OnException on_exception) {
  if (options.listen_addresses.empty()) return fail("there is no address to listen on");
  std::string ports;
  in_addr first_host{};
  for (const auto& address : options.listen_addresses) {
    const auto endpoint = parse_endpoint(address);
    if (!endpoint) return tl::make_unexpected(endpoint.error());
    if (ports.empty()) first_host = endpoint->host;
    ports += (ports.empty() ? "" : ",") + to_string(*endpoint);
  }
  // To reach a server on every interface, knock at the loopback one.
  if (first_host.s_addr == INADDR_ANY) first_host.s_addr = htonl(INADDR_LOOPBACK);
  const std::string threads = std::to_string(options.threads);
  const std::string timeout = std::to_string(options.request_timeout.count());
  const std::array<const char*, 15> settings{"listening_ports",
                                             ports.c_str(),
                                             "num_threads",
                                             threads.c_str(),
                                             "request_timeout_ms",
                                             timeout.c_str(),
                                             "enable_keep_alive",
                                             "no",
                                             "decode_url",
                                             "no",
                                             "tcp_nodelay",
                                             "1",
                                             "listen_backlog",
                                             "512",
                                             nullptr};
  mg_callbacks callbacks{};
  callbacks.begin_request = &Impl::begin_request;
  callbacks.http_error = &Impl::http_error;
  callbacks.log_message = &Impl::log_message;

  auto impl = std::make_unique<Impl>();
  impl->handler = std::move(handler);
  impl->on_exception = std::move(on_exception);
  impl->first_host = first_host;
  mg_init_library(MG_FEATURES_DEFAULT);
  std::unique_ptr<Server> server(new Server(std::move(impl)));
  Impl& started = *server->impl_;
  started.context = mg_start(&callbacks, &started, const_cast<const char**>(settings.data()));
  if (started.context == nullptr) {
    return fail("cannot listen on " + ports + ": " + one_line(started.first_message, 300));
  }
  return server;
}

Server::~Server() {
  if (impl_->context != nullptr) {
    const std::jthread knocker(
        [host = impl_->first_host, port = ports().at(0)](const std::stop_token& stop) {
          while (!stop.stop_requested()) {
            knock(host, port);
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
          }
        });
    mg_stop(impl_->context);
  }
  mg_exit_library();
}

std::vector<int> Server::ports() const {
  std::array<mg_server_port, 64> found{};
  const int n = mg_get_server_ports(impl_->context, static_cast<int>(found.size()), found.data());
  std::vector<int> ports;
  for (int i = 0; i < n; ++i) ports.push_back(found[static_cast<std::size_t>(i)].port);
  return ports;
}

}  // namespace together
