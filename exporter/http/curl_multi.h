// libcurl's multi interface on an Asio loop.
#pragma once

#include <curl/curl.h>

#include <asio/io_context.hpp>
#include <asio/steady_timer.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "exporter/core/clock.h"
#include "exporter/http/arrival.h"
#include "exporter/http/curl_handle.h"

namespace together {

/// Requires: the io_context outlives it.
/// Threads: the loop's.
class CurlMulti : public std::enable_shared_from_this<CurlMulti> {
 public:
  struct Ended {
    CURL* easy;
    CURLcode code;
  };
  /// Told of all that ended at once, and to remove() each. libcurl may be called.
  using OnEnded = std::function<void(const std::vector<Ended>&)>;

  static std::shared_ptr<CurlMulti> make(asio::io_context& io, long max_connections,
                                         OnEnded on_ended);
  ~CurlMulti();
  CurlMulti(const CurlMulti&) = delete;
  CurlMulti& operator=(const CurlMulti&) = delete;

  CURLMcode add(CURL* easy);
  void remove(CURL* easy);

  /// When the bytes that libcurl hands over just now for this handle reached the machine: the
  /// kernel's stamp where there is one, else when the loop came to them.
  MonoTime arrival(CURL* easy) const;

  /// When libcurl first waited for an answer from the network, in a TLS handshake for one: TCP
  /// stands. (Its own CONNECT_TIME stays empty until TLS stands too.) Empty once removed.
  std::optional<MonoTime> connected_at(CURL* easy) const;

 private:
  struct Watch;

  struct Reading {
    curl_socket_t socket;
    std::optional<MonoTime> connected_at;
  };

  /// One call into libcurl.
  struct Round {
    MonoTime began{};
    curl_socket_t socket = CURL_SOCKET_BAD;
    std::optional<MonoTime> arrived;
  };

  CurlMulti(asio::io_context& io, OnEnded on_ended);
  static int on_socket(CURL* easy, curl_socket_t socket, int what, void* self, void*);
  static int on_timer(CURLM*, long timeout_ms, void* self);
  void note_reading(CURL* easy, curl_socket_t socket);
  void watch(curl_socket_t socket, int what);
  void unwatch(curl_socket_t socket);
  void wait(const std::shared_ptr<Watch>& watch);
  void set_timer(long timeout_ms);
  void act(Round round, int ready);

  asio::io_context& io_;
  OnEnded on_ended_;
  ArrivalStamping stamping_;
  asio::steady_timer timer_;
  std::map<curl_socket_t, std::shared_ptr<Watch>> watches_;
  std::unordered_map<CURL*, Reading> readings_;
  Round round_;
  MultiHandle multi_;
};

}  // namespace together
