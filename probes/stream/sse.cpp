// An incremental decoder of server-sent events.
#include "probes/stream/sse.h"

#include <utility>

namespace together {

std::vector<SseEvent> SseDecoder::feed(std::string_view bytes) {
  std::vector<SseEvent> events;
  for (const char c : bytes) {
    ++offset_;
    const bool second_half_of_crlf = c == '\n' && after_cr_;
    after_cr_ = c == '\r';
    if (second_half_of_crlf) continue;
    if (c == '\n' || c == '\r') {
      take_line(events);
    } else if (line_.size() < max_) {
      line_ += c;
    } else {
      oversized_ = true;
    }
  }
  return events;
}

bool SseDecoder::has_partial_event() const {
  return !line_.empty() || has_data_ || !type_.empty() || oversized_;
}

void SseDecoder::take_line(std::vector<SseEvent>& events) {
  const std::string whole = std::exchange(line_, {});
  std::string_view line = whole;
  if (std::exchange(first_line_, false) && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  if (line.empty()) return dispatch(events);
  const std::size_t colon = line.find(':');
  if (colon == 0) return;  // a comment
  if (colon == std::string_view::npos) return take_field(line, "");
  std::string_view value = line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  take_field(line.substr(0, colon), value);
}

void SseDecoder::take_field(std::string_view name, std::string_view value) {
  if (name == "data") {
    if (data_.size() + value.size() + 1 > max_) {
      oversized_ = true;
      return;
    }
    if (std::exchange(has_data_, true)) data_ += '\n';
    data_ += value;
  } else if (name == "event") {
    type_ = value;
  }
}

void SseDecoder::dispatch(std::vector<SseEvent>& events) {
  if (oversized_) {
    ++oversized_events_;
  } else if (has_data_) {
    events.push_back({type_, std::move(data_), offset_});
  }
  oversized_ = false;
  has_data_ = false;
  data_.clear();
  type_.clear();
}

}  // namespace together
