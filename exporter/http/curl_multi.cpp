// libcurl's multi interface on an Asio loop.
#include "exporter/http/curl_multi.h"

#include <sys/socket.h>

#include <asio/posix/stream_descriptor.hpp>
#include <new>
#include <utility>

namespace together {

/// A socket of libcurl's, which alone closes it.
struct CurlMulti::Watch {
  explicit Watch(asio::io_context& io) : descriptor(io) {}
  ~Watch() { release(); }
  void release() {
    if (descriptor.is_open()) descriptor.release();
    what = CURL_POLL_REMOVE;
  }
  bool wants(int direction) const { return what == CURL_POLL_INOUT || what == direction; }
  asio::posix::stream_descriptor descriptor;
  int what = CURL_POLL_NONE;
  bool waits_to_read = false;
  bool waits_to_write = false;
};

std::shared_ptr<CurlMulti> CurlMulti::make(asio::io_context& io, long max_connections,
                                           OnEnded on_ended) {
  std::shared_ptr<CurlMulti> made(new CurlMulti(io, std::move(on_ended)));
  CURLM* multi = made->multi_.get();
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &CurlMulti::on_socket);
  curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, made.get());
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &CurlMulti::on_timer);
  curl_multi_setopt(multi, CURLMOPT_TIMERDATA, made.get());
  curl_multi_setopt(multi, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
  curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, max_connections);
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, max_connections);
  return made;
}

CurlMulti::CurlMulti(asio::io_context& io, OnEnded on_ended)
    : io_(io), on_ended_(std::move(on_ended)), timer_(io), multi_(curl_multi_init()) {
  if (!multi_) throw std::bad_alloc();
}

CurlMulti::~CurlMulti() {
  // Before libcurl closes the sockets, or Asio would hold descriptors that are someone else's.
  for (const auto& [socket, watch] : watches_) watch->release();
  watches_.clear();
  multi_.reset();
}

CURLMcode CurlMulti::add(CURL* easy) { return curl_multi_add_handle(multi_.get(), easy); }

void CurlMulti::remove(CURL* easy) {
  curl_multi_remove_handle(multi_.get(), easy);
  readings_.erase(easy);
}

MonoTime CurlMulti::arrival(CURL* easy) const {
  const auto found = readings_.find(easy);
  const bool ours = found != readings_.end() && found->second.socket == round_.socket;
  return ours && round_.arrived ? *round_.arrived : round_.began;
}

std::optional<MonoTime> CurlMulti::connected_at(CURL* easy) const {
  const auto found = readings_.find(easy);
  return found == readings_.end() ? std::nullopt : found->second.connected_at;
}

int CurlMulti::on_socket(CURL* easy, curl_socket_t socket, int what, void* self, void*) {
  auto* multi = static_cast<CurlMulti*>(self);
  if (what == CURL_POLL_REMOVE) {
    multi->unwatch(socket);
  } else {
    if (what != CURL_POLL_OUT) multi->note_reading(easy, socket);
    multi->watch(socket, what);
  }
  return 0;
}

int CurlMulti::on_timer(CURLM*, long timeout_ms, void* self) {
  static_cast<CurlMulti*>(self)->set_timer(timeout_ms);
  return 0;
}

void CurlMulti::note_reading(CURL* easy, curl_socket_t socket) {
  Reading& reading = readings_[easy];
  reading.socket = socket;
  if (reading.connected_at) return;
  // The resolver's thread reports over a socket too, but a local one.
  int domain = AF_UNIX;
  socklen_t size = sizeof domain;
  ::getsockopt(socket, SOL_SOCKET, SO_DOMAIN, &domain, &size);
  if (domain != AF_UNIX) reading.connected_at = std::chrono::steady_clock::now();
}

void CurlMulti::watch(curl_socket_t socket, int what) {
  std::shared_ptr<Watch>& slot = watches_[socket];
  if (!slot) {
    slot = std::make_shared<Watch>(io_);
    asio::error_code refused;
    slot->descriptor.assign(socket, refused);
    // An unwatched socket says nothing: the request's own deadline ends it.
    if (refused) return;
  }
  slot->what = what;
  wait(slot);
}

void CurlMulti::unwatch(curl_socket_t socket) {
  const auto found = watches_.find(socket);
  if (found == watches_.end()) return;
  found->second->release();
  watches_.erase(found);
}

void CurlMulti::wait(const std::shared_ptr<Watch>& watch) {
  using asio::posix::stream_descriptor;
  const std::weak_ptr<CurlMulti> weak = weak_from_this();
  if (watch->wants(CURL_POLL_IN) && !watch->waits_to_read) {
    watch->waits_to_read = true;
    watch->descriptor.async_wait(
        stream_descriptor::wait_read, [weak, watch](const asio::error_code& error) {
          watch->waits_to_read = false;
          const auto self = weak.lock();
          if (error || !self || !watch->wants(CURL_POLL_IN)) return;
          const curl_socket_t socket = watch->descriptor.native_handle();
          self->act({std::chrono::steady_clock::now(), socket, arrival_of_next_byte(socket)},
                    CURL_CSELECT_IN);
          self->wait(watch);
        });
  }
  if (watch->wants(CURL_POLL_OUT) && !watch->waits_to_write) {
    watch->waits_to_write = true;
    watch->descriptor.async_wait(
        stream_descriptor::wait_write, [weak, watch](const asio::error_code& error) {
          watch->waits_to_write = false;
          const auto self = weak.lock();
          if (error || !self || !watch->wants(CURL_POLL_OUT)) return;
          self->act({std::chrono::steady_clock::now(), watch->descriptor.native_handle(), {}},
                    CURL_CSELECT_OUT);
          self->wait(watch);
        });
  }
}

void CurlMulti::set_timer(long timeout_ms) {
  timer_.cancel();
  if (timeout_ms < 0) return;
  // Never a call back into libcurl from here, even for 0 ms: this is its own callback.
  timer_.expires_after(std::chrono::milliseconds(timeout_ms));
  timer_.async_wait([weak = weak_from_this()](const asio::error_code& error) {
    const auto self = weak.lock();
    if (error || !self) return;
    self->act({std::chrono::steady_clock::now(), CURL_SOCKET_TIMEOUT, {}}, 0);
  });
}

void CurlMulti::act(Round round, int ready) {
  const curl_socket_t socket = round.socket;
  round_ = round;
  int running = 0;
  curl_multi_socket_action(multi_.get(), socket, ready, &running);

  std::vector<Ended> ended;
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    ended.push_back({message->easy_handle, message->data.result});
  }
  if (!ended.empty()) on_ended_(ended);
}

}  // namespace together
