// What stands around the chunks of a stream.
#include "simulator/dress.h"

#include <string_view>
#include <utility>

namespace together::simulator {
namespace {

std::string event_text(const std::string& type, std::string_view data) {
  std::string text = "event: " + type + "\n";
  while (true) {
    const auto end = data.find('\n');
    text.append("data: ").append(data.substr(0, end)).append("\n");
    if (end == std::string_view::npos) return text += "\n";
    data.remove_prefix(end + 1);
  }
}

void insert_in_middle(Script& script, std::string bytes) {
  const auto middle = script.parts.begin() + static_cast<long>(script.parts.size() / 2);
  script.parts.insert(middle, {Duration{}, std::move(bytes)});
}

std::string with_crlf(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '\n') result += '\r';
    result += c;
  }
  return result;
}

}  // namespace

void change_dress(StreamDress& dress, const StreamDress& change) {
  if (change.event) {
    dress.event = change.event;
    dress.data = change.data;
  }
  if (change.comment) dress.comment = change.comment;
  if (change.crlf) dress.crlf = change.crlf;
  if (change.byte_order_mark) dress.byte_order_mark = change.byte_order_mark;
}

void dress_stream(const StreamDress& dress, Script& script) {
  const std::string event = dress.event.value_or("");
  const std::string comment = dress.comment.value_or("");
  if (!event.empty()) insert_in_middle(script, event_text(event, dress.data.value_or("")));
  if (!comment.empty()) insert_in_middle(script, ": " + comment + "\n\n");
  if (dress.crlf.value_or(false)) {
    for (auto& part : script.parts) part.bytes = with_crlf(part.bytes);
  }
  if (dress.byte_order_mark.value_or(false) && !script.parts.empty()) {
    script.parts.front().bytes.insert(0, "\xef\xbb\xbf");
  }
}

}  // namespace together::simulator
