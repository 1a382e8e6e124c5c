// An incremental decoder of server-sent events.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace together {

struct SseEvent {
  std::string type;     ///< "" where the event names none: "message"
  std::string data;     ///< its data lines, joined by LF; bytes as they came
  std::size_t end = 0;  ///< bytes of the stream, from its start, that completed the event
  friend bool operator==(const SseEvent&, const SseEvent&) = default;
};

/// Takes bytes in pieces of any size; how they are cut changes nothing. `id` and `retry`,
/// which serve a client that connects again, are skipped.
/// Source: WHATWG HTML, "Server-sent events": 9.2.5 Parsing, 9.2.6 Interpreting an event stream.
class SseDecoder {
 public:
  /// A line or an event's data longer than `max_event_bytes` loses its event.
  explicit SseDecoder(std::size_t max_event_bytes = 256 * 1024) : max_(max_event_bytes) {}

  /// The events these bytes complete.
  std::vector<SseEvent> feed(std::string_view bytes);

  /// True where the stream, ended here, would lose the beginning of an event.
  bool has_partial_event() const;

  std::size_t oversized_events() const { return oversized_events_; }

 private:
  void take_line(std::vector<SseEvent>& events);
  void take_field(std::string_view name, std::string_view value);
  void dispatch(std::vector<SseEvent>& events);

  std::size_t max_;
  std::size_t offset_ = 0;
  bool first_line_ = true;
  bool after_cr_ = false;
  bool oversized_ = false;  ///< the event being read has passed the limit
  bool has_data_ = false;
  std::string line_;
  std::string data_;
  std::string type_;
  std::size_t oversized_events_ = 0;
};

}  // namespace together
