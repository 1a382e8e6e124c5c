// Lets every waiting answer end at once when the server stops.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "exporter/core/clock.h"

namespace together::simulator {

/// Threads: any.
class StopSignal {
 public:
  void stop() {
    {
      const std::scoped_lock lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
  }
  bool stopped() const {
    const std::scoped_lock lock(mutex_);
    return stopped_;
  }
  /// Waits until then, or until stop(). True where it was stopped.
  bool wait_until(MonoTime deadline) {
    std::unique_lock lock(mutex_);
    return changed_.wait_until(lock, deadline, [this] { return stopped_; });
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = false;
};

}  // namespace together::simulator
