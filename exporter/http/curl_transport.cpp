// The Transport that speaks to the real network.
#include "exporter/http/curl_transport.h"

#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <deque>
#include <unordered_map>
#include <utility>
#include <vector>

#include "exporter/http/address.h"
#include "exporter/http/ca_bundle.h"
#include "exporter/http/curl_multi.h"
#include "exporter/http/transfer.h"

namespace together {
namespace {

/// How much longer than a request's timeout libcurl gets before it is stopped from outside.
constexpr Duration kGrace = std::chrono::milliseconds(100);

}  // namespace

struct CurlTransport::Impl : std::enable_shared_from_this<Impl> {
  struct Active {
    Active(asio::io_context& io, Request request, Done done)
        : transfer(std::move(request), std::move(done)), deadline(io) {}
    Transfer transfer;
    asio::steady_timer deadline;
  };
  using Concluded = std::vector<std::pair<std::shared_ptr<Active>, Exchange>>;

  Impl(asio::io_context& io_context, CurlTransportOptions o, CaBundle bundle)
      : io(io_context),
        most_active(static_cast<std::size_t>(o.max_concurrent_requests)),
        key(std::move(o.key)),
        ca(std::move(bundle)),
        upstream{std::move(o.base_url), std::move(o.proxy_url), std::move(o.user_agent), ca.path(),
                 o.connect_timeout} {}

  ~Impl() {
    for (const auto& [easy, one] : active) multi->remove(easy);
  }

  void start_waiting();
  void start(const std::shared_ptr<Active>& one);
  void refuse(std::shared_ptr<Active> one, std::string why);
  void expire(const std::shared_ptr<Active>& one);
  void end(const std::vector<CurlMulti::Ended>& ended);
  static void deliver(Concluded concluded);

  asio::io_context& io;
  std::size_t most_active;
  std::shared_ptr<KeySource> key;
  CaBundle ca;
  UpstreamOptions upstream;
  std::shared_ptr<CurlMulti> multi;
  std::deque<std::shared_ptr<Active>> waiting;
  std::unordered_map<CURL*, std::shared_ptr<Active>> active;
};

Result<std::unique_ptr<CurlTransport>> CurlTransport::make(asio::io_context& io,
                                                           CurlTransportOptions options) {
  static const CURLcode global = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (global != CURLE_OK) return fail("libcurl cannot be initialised");
  if (options.max_concurrent_requests < 1) return fail("no request at all may be under way");
  if (const auto ok = check_base_url(options.base_url); !ok) {
    return tl::make_unexpected(ok.error());
  }
  if (const auto ok = check_proxy_url(options.proxy_url); !ok) {
    return tl::make_unexpected(ok.error());
  }
  Result<CaBundle> ca = CaBundle::load(options.ca_file);
  if (!ca) return tl::make_unexpected(ca.error());

  const long connections = options.max_concurrent_requests;
  auto impl = std::make_shared<Impl>(io, std::move(options), std::move(*ca));
  impl->multi =
      CurlMulti::make(io, connections, [raw = impl.get()](const auto& ended) { raw->end(ended); });
  return std::unique_ptr<CurlTransport>(new CurlTransport(std::move(impl)));
}

CurlTransport::CurlTransport(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
CurlTransport::~CurlTransport() = default;

void CurlTransport::send(Request request, Done done) {
  impl_->waiting.push_back(
      std::make_shared<Impl::Active>(impl_->io, std::move(request), std::move(done)));
  impl_->start_waiting();
}

void CurlTransport::cancel_all() {
  Impl::Concluded concluded;
  for (const auto& [easy, one] : std::exchange(impl_->active, {})) {
    concluded.emplace_back(one, one->transfer.conclude(TransportError::kCancelled, "cancelled"));
    impl_->multi->remove(easy);
  }
  for (auto& one : std::exchange(impl_->waiting, {})) {
    Exchange exchange;
    exchange.started = std::chrono::system_clock::now();
    exchange.error = TransportError::kCancelled;
    exchange.error_text = "cancelled before it was started";
    concluded.emplace_back(std::move(one), std::move(exchange));
  }
  Impl::deliver(std::move(concluded));
}

void CurlTransport::Impl::start_waiting() {
  while (active.size() < most_active && !waiting.empty()) {
    const std::shared_ptr<Active> next = std::move(waiting.front());
    waiting.pop_front();
    start(next);
  }
}

void CurlTransport::Impl::start(const std::shared_ptr<Active>& one) {
  Transfer& transfer = one->transfer;
  const Secret* secret = key ? &key->current() : nullptr;
  if (const auto ready = transfer.prepare(upstream, secret, *multi); !ready) {
    refuse(one, ready.error().message);
    return;
  }
  transfer.start();
  if (const CURLMcode code = multi->add(transfer.easy()); code != CURLM_OK) {
    refuse(one, curl_multi_strerror(code));
    return;
  }
  active.emplace(transfer.easy(), one);
  one->deadline.expires_after(transfer.timeout() + kGrace);
  one->deadline.async_wait([weak_self = weak_from_this(),
                            weak = std::weak_ptr<Active>(one)](const asio::error_code& error) {
    const auto self = weak_self.lock();
    const auto late = weak.lock();
    if (!error && self && late) self->expire(late);
  });
}

void CurlTransport::Impl::refuse(std::shared_ptr<Active> one, std::string why) {
  one->transfer.start();
  // Kept alive: cancel_all() does not know of it, and its `done` must be called all the same.
  asio::post(io, [self = shared_from_this(), one = std::move(one), why = std::move(why)] {
    one->transfer.deliver(one->transfer.conclude(TransportError::kProtocol, why));
  });
}

void CurlTransport::Impl::expire(const std::shared_ptr<Active>& one) {
  const auto found = active.find(one->transfer.easy());
  if (found == active.end() || found->second != one) return;
  Exchange exchange = one->transfer.conclude(CURLE_OPERATION_TIMEDOUT);
  multi->remove(one->transfer.easy());
  active.erase(found);
  start_waiting();
  one->transfer.deliver(std::move(exchange));
}

void CurlTransport::Impl::end(const std::vector<CurlMulti::Ended>& ended) {
  // All are taken out before the first is told: its `done` may send or cancel others.
  Concluded concluded;
  for (const auto& [easy, code] : ended) {
    const auto found = active.find(easy);
    found->second->deadline.cancel();
    concluded.emplace_back(found->second, found->second->transfer.conclude(code));
    multi->remove(easy);
    active.erase(found);
  }
  start_waiting();
  deliver(std::move(concluded));
}

void CurlTransport::Impl::deliver(Concluded concluded) {
  for (auto& [one, exchange] : concluded) one->transfer.deliver(std::move(exchange));
}

}  // namespace together
