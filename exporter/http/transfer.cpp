// One request under way: its easy handle, and all that must live as long.
#include "exporter/http/transfer.h"

#include <algorithm>
#include <new>
#include <utility>

#include "exporter/core/text.h"
#include "exporter/http/address.h"

namespace together {
namespace {

constexpr std::size_t kMaxErrorText = 256;

/// libcurl takes 0 as "no limit".
long to_milliseconds(Duration d) {
  return std::max(1L, static_cast<long>(std::chrono::ceil<std::chrono::milliseconds>(d).count()));
}

bool fits_in_a_line(const std::string& text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
  });
}

}  // namespace

Transfer::Transfer(Request request, Transport::Done done)
    : request_(std::move(request)),
      done_(std::move(done)),
      recorder_(request_.max_body_bytes),
      easy_(curl_easy_init()) {
  if (!easy_) throw std::bad_alloc();
}

template <class T>
void Transfer::set(CURLoption option, T value) {
  const CURLcode code = curl_easy_setopt(easy_.get(), option, value);
  if (refused_ == CURLE_OK) refused_ = code;
}

Result<void> Transfer::prepare(const UpstreamOptions& upstream, const Secret* key,
                               const CurlMulti& multi) {
  multi_ = &multi;
  Result<std::string> address = address_of(request_, upstream.base_url);
  if (!address) return tl::make_unexpected(address.error());
  url_ = std::move(*address);
  set_address(upstream);
  set_limits(upstream);
  set_tls(upstream);
  set_callbacks();
  if (request_.method == Method::kPost) {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    set(CURLOPT_POSTFIELDS, request_.body.data());  // not copied: request_ keeps it
  }
  const Result<void> headers = set_headers(key);
  if (headers && refused_ != CURLE_OK) {
    return fail(std::string("libcurl refused the request: ") + curl_easy_strerror(refused_));
  }
  return headers;
}

void Transfer::set_address(const UpstreamOptions& upstream) {
  set(CURLOPT_URL, url_.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  // Empty texts, not null: with null the environment decides.
  set(CURLOPT_PROXY, upstream.proxy_url.c_str());
  set(CURLOPT_NOPROXY, "");
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_USERAGENT, upstream.user_agent.c_str());
  set(CURLOPT_ACCEPT_ENCODING, "gzip");
}

void Transfer::set_limits(const UpstreamOptions& upstream) {
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_QUICK_EXIT, 1L);  // or a dead DNS server holds the loop for its own time-out
  set(CURLOPT_TIMEOUT_MS, to_milliseconds(request_.timeout));
  set(CURLOPT_CONNECTTIMEOUT_MS,
      to_milliseconds(std::min(upstream.connect_timeout, request_.timeout)));
  set(CURLOPT_TCP_NODELAY, 1L);
  if (request_.fresh_connection) {
    set(CURLOPT_FRESH_CONNECT, 1L);
    set(CURLOPT_FORBID_REUSE, 1L);
    set(CURLOPT_DNS_CACHE_TIMEOUT, 0L);  // its look-up is timed as well
  }
}

void Transfer::set_tls(const UpstreamOptions& upstream) {
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_PROXY_SSL_VERIFYPEER, 1L);
  set(CURLOPT_PROXY_SSL_VERIFYHOST, 2L);
  // With Debian's default CAPATH every new connection parses all certificates again: 22 ms.
  set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  set(CURLOPT_PROXY_CAPATH, static_cast<const char*>(nullptr));
  set(CURLOPT_CAINFO, upstream.ca_path.c_str());
  set(CURLOPT_PROXY_CAINFO, upstream.ca_path.c_str());
}

void Transfer::set_callbacks() {
  set(CURLOPT_ERRORBUFFER, error_buffer_.data());
  set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_SOCKOPTFUNCTION, &Transfer::on_new_socket);
  set(CURLOPT_SOCKOPTDATA, this);
  set(CURLOPT_PREREQFUNCTION, &Transfer::on_ready);
  set(CURLOPT_PREREQDATA, this);
}

Result<void> Transfer::set_headers(const Secret* key) {
  bool has_content_type = false;
  Result<void> added;
  for (const auto& [name, value] : request_.headers) {
    has_content_type = has_content_type || equals_ignoring_case(name, "content-type");
    if (added) added = add_header(name, value);
  }
  // A name without a value takes libcurl's own header away.
  if (added) added = add_header("Expect", "");
  if (added && request_.method == Method::kPost && !has_content_type) {
    added = add_header("Content-Type", "");
  }
  if (added && key != nullptr && request_.credential == Credential::kTogether) {
    Secret bearer("Bearer " + key->reveal());
    added = add_header("Authorization", bearer.reveal());
  }
  set(CURLOPT_HTTPHEADER, headers_.get());
  return added;
}

Result<void> Transfer::add_header(const std::string& name, const std::string& value) {
  if (!fits_in_a_line(name) || !fits_in_a_line(value)) {
    return fail("a request header holds a control character: " + one_line(name, kMaxErrorText / 2));
  }
  Secret line(name + ": " + value);
  curl_slist* list = curl_slist_append(headers_.get(), line.reveal().c_str());
  if (list == nullptr) throw std::bad_alloc();
  static_cast<void>(headers_.release());
  headers_.reset(list);
  return {};
}

void Transfer::start() {
  started_wall_ = std::chrono::system_clock::now();
  started_ = std::chrono::steady_clock::now();
}

std::size_t Transfer::on_header(char* data, std::size_t, std::size_t size, void* self) noexcept {
  auto* transfer = static_cast<Transfer*>(self);
  const bool more = transfer->recorder_.header_line({data, size}, transfer->now_arriving());
  return more ? size : 0;
}

std::size_t Transfer::on_body(char* data, std::size_t, std::size_t size, void* self) noexcept {
  auto* transfer = static_cast<Transfer*>(self);
  const bool more = transfer->recorder_.body_bytes({data, size}, transfer->now_arriving());
  return more ? size : 0;
}

int Transfer::on_new_socket(void* self, curl_socket_t socket, curlsocktype) noexcept {
  auto* transfer = static_cast<Transfer*>(self);
  transfer->opened_socket_ = true;
  transfer->ready_at_.reset();  // a reused connection proved dead, all begins again
  stamp_arrivals(socket);
  return CURL_SOCKOPT_OK;
}

int Transfer::on_ready(void* self, char*, char*, int, int) noexcept {
  static_cast<Transfer*>(self)->ready_at_ = std::chrono::steady_clock::now();
  return CURL_PREREQFUNC_OK;
}

Duration Transfer::now_arriving() const {
  const MonoTime arrived = multi_->arrival(easy_.get());
  // One call into libcurl may end the TLS handshake, send the request and read the answer. The
  // stamp is then the handshake's: no answer comes before its request was sent.
  const bool answers = ready_at_ && arrived >= *ready_at_;
  return answers ? arrived - started_ : elapsed();
}

Duration Transfer::elapsed() const { return std::chrono::steady_clock::now() - started_; }

std::optional<Duration> Transfer::phase(CURLINFO info) const {
  curl_off_t microseconds = 0;
  curl_easy_getinfo(easy_.get(), info, &microseconds);
  if (microseconds <= 0) return std::nullopt;
  return std::chrono::microseconds(microseconds);
}

Reached Transfer::reached() const {
  if (ready_at_) return Reached::kReady;
  if (phase(CURLINFO_CONNECT_TIME_T) || multi_->connected_at(easy_.get())) {
    return Reached::kConnected;
  }
  if (phase(CURLINFO_NAMELOOKUP_TIME_T)) return Reached::kResolved;
  return Reached::kNothing;
}

Exchange Transfer::conclude(CURLcode code) {
  if (!recorder_.too_large().empty()) {
    return conclude(TransportError::kTooLarge, recorder_.too_large());
  }
  const TransportError error = fold_curl_code(code, reached());
  if (error == TransportError::kNone) return conclude(error, "");
  const char* text =
      error_buffer_.front() != '\0' ? error_buffer_.data() : curl_easy_strerror(code);
  return conclude(error, text);
}

Exchange Transfer::conclude(TransportError error, std::string text) {
  Exchange exchange = recorder_.take();
  exchange.started = started_wall_;
  exchange.error = error;
  exchange.error_text = one_line(text, kMaxErrorText);
  if (opened_socket_) {
    exchange.phases.resolved = phase(CURLINFO_NAMELOOKUP_TIME_T);
    exchange.phases.connected = phase(CURLINFO_CONNECT_TIME_T);
    const auto connected_at = multi_->connected_at(easy_.get());
    if (!exchange.phases.connected && connected_at) {
      exchange.phases.connected = *connected_at - started_;
    }
    exchange.phases.secured = phase(CURLINFO_APPCONNECT_TIME_T);
  }
  exchange.phases.total = elapsed();
  return exchange;
}

}  // namespace together
