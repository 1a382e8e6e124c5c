// Time, and the seam that lets tests own it.
#pragma once

#include <chrono>

namespace together {

using Duration = std::chrono::nanoseconds;
using WallTime = std::chrono::system_clock::time_point;  ///< what is told to people and stored
using MonoTime = std::chrono::steady_clock::time_point;  ///< what decides when; never stored

class Clock {
 public:
  virtual ~Clock() = default;
  virtual WallTime wall() const = 0;
  virtual MonoTime mono() const = 0;
};

class SystemClock final : public Clock {
 public:
  WallTime wall() const override { return std::chrono::system_clock::now(); }
  MonoTime mono() const override { return std::chrono::steady_clock::now(); }
};

/// Units: seconds since 1970, as Prometheus wants every time.
inline double to_unix_seconds(WallTime t) {
  return std::chrono::duration<double>(t.time_since_epoch()).count();
}
inline WallTime from_unix_seconds(double s) {
  return WallTime(std::chrono::duration_cast<WallTime::duration>(std::chrono::duration<double>(s)));
}
inline Duration from_seconds(double s) {
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(s));
}
inline double to_seconds(Duration d) { return std::chrono::duration<double>(d).count(); }

}  // namespace together
