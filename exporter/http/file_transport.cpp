// A transport that reads files.
#include "exporter/http/file_transport.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "exporter/core/text.h"

namespace together {
namespace {

constexpr std::size_t kPieceBytes = 64 << 10;
constexpr std::size_t kMaxErrorText = 512;

std::string reason(int error) { return std::generic_category().message(error); }

Exchange failed(TransportError error, const std::string& path, const std::string& why) {
  Exchange exchange;
  exchange.error = error;
  exchange.error_text = one_line(path + ": " + why, kMaxErrorText);
  return exchange;
}

class Descriptor {
 public:
  // O_NONBLOCK: opening a pipe that nobody writes to would wait for ever.
  explicit Descriptor(const std::string& path)
      : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

Exchange read_file(const std::string& path, std::size_t most) {
  const Descriptor file(path);
  if (file.get() < 0) return failed(TransportError::kProtocol, path, reason(errno));
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) {
    return failed(TransportError::kProtocol, path, reason(errno));
  }
  if (!S_ISREG(info.st_mode)) return failed(TransportError::kProtocol, path, "not a regular file");
  Exchange exchange;
  for (;;) {
    const std::size_t have = exchange.body.size();
    exchange.body.resize(have + kPieceBytes);
    const ssize_t got = ::read(file.get(), exchange.body.data() + have, kPieceBytes);
    exchange.body.resize(have + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0) return failed(TransportError::kProtocol, path, reason(errno));
    if (exchange.body.size() > most) {
      return failed(TransportError::kTooLarge, path,
                    "larger than " + std::to_string(most) + " bytes");
    }
    if (got == 0) break;
  }
  exchange.status = 200;
  exchange.chunks.push_back({Duration{}, exchange.body.size()});
  return exchange;
}

}  // namespace

/// Whoever takes a `done` out of here calls it: the reader's answer, or a cancellation.
struct FileTransport::Pending {
  std::uint64_t last = 0;
  std::map<std::uint64_t, Done> waiting;

  void finish(std::uint64_t id, Exchange exchange) {
    const auto found = waiting.find(id);
    if (found == waiting.end()) return;
    const Done done = std::move(found->second);
    waiting.erase(found);
    done(std::move(exchange));
  }
};

FileTransport::FileTransport(std::shared_ptr<Transport> others, Post on_worker, Post on_loop)
    : others_(std::move(others)),
      on_worker_(std::move(on_worker)),
      on_loop_(std::move(on_loop)),
      pending_(std::make_shared<Pending>()) {}

FileTransport::~FileTransport() = default;

void FileTransport::send(Request request, Done done) {
  if (request.file.empty()) {
    others_->send(std::move(request), std::move(done));
    return;
  }
  const std::uint64_t id = ++pending_->last;
  pending_->waiting.emplace(id, std::move(done));
  const WallTime started = std::chrono::system_clock::now();
  on_worker_([path = std::move(request.file), most = request.max_body_bytes, id, started,
              on_loop = on_loop_, weak = std::weak_ptr<Pending>(pending_)] {
    const auto begin = std::chrono::steady_clock::now();
    auto exchange = std::make_shared<Exchange>(read_file(path, most));
    exchange->started = started;
    exchange->phases.total = std::chrono::steady_clock::now() - begin;
    on_loop([weak, id, exchange] {
      if (const auto pending = weak.lock()) pending->finish(id, std::move(*exchange));
    });
  });
}

void FileTransport::cancel_all() {
  others_->cancel_all();
  for (auto& [id, done] : std::exchange(pending_->waiting, {})) {
    Exchange exchange;
    exchange.started = std::chrono::system_clock::now();
    exchange.error = TransportError::kCancelled;
    exchange.error_text = "cancelled";
    done(std::move(exchange));
  }
}

}  // namespace together
