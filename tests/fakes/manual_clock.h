// A clock that stands still until a test moves it.
#pragma once

#include "exporter/core/clock.h"

namespace together {

class ManualClock final : public Clock {
 public:
  WallTime wall() const override { return wall_; }
  MonoTime mono() const override { return mono_; }
  void advance(Duration d) {
    mono_ += d;
    wall_ += std::chrono::duration_cast<WallTime::duration>(d);
  }
  void jump_wall(Duration d) { wall_ += std::chrono::duration_cast<WallTime::duration>(d); }

 private:
  WallTime wall_ = from_unix_seconds(1'790'000'000);  // 2026-09-21T14:13:20Z
  MonoTime mono_{std::chrono::hours(1000)};
};

}  // namespace together
