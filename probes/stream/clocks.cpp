// When the tokens of a stream arrived.
#include "probes/stream/clocks.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "probes/stream/metrics.h"

namespace together {
namespace {

/// When the first `end` bytes of the body had come.
std::optional<double> arrival(const Exchange& exchange, std::size_t end) {
  const auto chunk =
      std::lower_bound(exchange.chunks.begin(), exchange.chunks.end(), end,
                       [](const Chunk& c, std::size_t wanted) { return c.end < wanted; });
  if (chunk == exchange.chunks.end()) return std::nullopt;
  return to_seconds(chunk->at);
}

}  // namespace

std::vector<Reading> read_clocks(const std::string& model, const Exchange& exchange,
                                 const StreamReading& reading) {
  std::vector<Reading> clocks;
  if (exchange.phases.first_byte) {
    clocks.push_back({&kStreamFirstByte, {model}, to_seconds(*exchange.phases.first_byte)});
  }
  if (reading.events > 0) {
    if (const auto at = arrival(exchange, reading.first_event_end)) {
      clocks.push_back({&kStreamFirstEvent, {model}, *at});
    }
  }
  std::optional<double> first;
  std::optional<double> last;
  bool answered = false;
  for (const StreamReading::Token& token : reading.tokens) {
    const auto at = arrival(exchange, token.end);
    if (!at) break;
    if (!first) {
      first = at;
      clocks.push_back({&kStreamFirstToken, {model, "any"}, *at});
    }
    if (token.answer && !answered) {
      answered = true;
      clocks.push_back({&kStreamFirstToken, {model, "answer"}, *at});
    }
    if (last) clocks.push_back({&kStreamTokenGap, {model}, *at - *last});
    last = at;
  }
  // The first token opens the interval, so it is not among those that the interval brought.
  if (reading.usage && reading.usage->completion_tokens >= 2 && first && *last > *first) {
    const auto tokens = static_cast<double>(reading.usage->completion_tokens - 1);
    clocks.push_back({&kStreamOutputRate, {model}, tokens / (*last - *first)});
  }
  return clocks;
}

}  // namespace together
