// Turns what libcurl hands over, line by line and piece by piece, into an Exchange.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "exporter/core/exchange.h"

namespace together {

inline constexpr std::size_t kMaxHeaderBytes = 64 * 1024;
inline constexpr std::size_t kMaxErrorBodyBytes = 64 * 1024;

/// Keeps the final answer only: interim ones (1xx) and trailers are dropped. `at` is time since the
/// request was started; an earlier one than the one before counts as that one.
class AnswerRecorder {
 public:
  /// `max_body_bytes` is for a 2xx body; any other may have kMaxErrorBodyBytes.
  explicit AnswerRecorder(std::size_t max_body_bytes) : max_body_bytes_(max_body_bytes) {}

  /// One line of a header section, its line end included. False: too much, stop.
  bool header_line(std::string_view line, Duration at);

  /// Decoded bytes. False: too much, stop; what fitted is kept.
  bool body_bytes(std::string_view bytes, Duration at);

  /// "" while nothing was too much, else one sentence.
  const std::string& too_large() const { return too_large_; }

  /// Status, headers, body, chunks and the time of the first byte.
  Exchange take() { return std::move(exchange_); }

 private:
  enum class Section { kNone, kHeader, kBody };

  void start_answer(std::string_view status_line, Duration at);
  void add_header(std::string_view line);
  Duration not_before_last(Duration at);

  std::size_t max_body_bytes_;
  Exchange exchange_;
  Section section_ = Section::kNone;
  bool interim_ = false;
  std::size_t header_bytes_ = 0;
  Duration last_at_{};
  std::string too_large_;
};

}  // namespace together
