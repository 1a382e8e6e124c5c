// A transport that reads files itself and leaves all other requests to another one.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>

#include "exporter/core/transport.h"

namespace together {

/// Requests with `file` set are read on a worker: a slow disk never holds the loop. The answer is
/// status 200 and the file's bytes; what cannot be read is TransportError::kProtocol, and a file
/// above `max_body_bytes` kTooLarge, with a text that names path and reason. Regular files only: a
/// pipe would never end. `timeout` does not apply: a disk cannot be told to stop.
/// Requires: `on_loop` brings a task back to the loop's thread, and never runs it at once.
/// Threads: the loop's. `done` is never called from within send().
class FileTransport final : public Transport {
 public:
  using Post = std::function<void(std::function<void()>)>;

  FileTransport(std::shared_ptr<Transport> others, Post on_worker, Post on_loop);
  /// Ends file reads without a word to any `done`: call cancel_all() first.
  ~FileTransport() override;

  void send(Request request, Done done) override;
  void cancel_all() override;

 private:
  struct Pending;
  std::shared_ptr<Transport> others_;
  Post on_worker_;
  Post on_loop_;
  std::shared_ptr<Pending> pending_;
};

}  // namespace together
