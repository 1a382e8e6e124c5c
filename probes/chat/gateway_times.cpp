// What an answer's own headers say of the time it took.
#include "probes/chat/gateway_times.h"

#include <chrono>
#include <optional>
#include <string_view>

#include "exporter/core/clock.h"
#include "exporter/core/day.h"

namespace together {
namespace {

using Milliseconds = std::chrono::sys_time<std::chrono::milliseconds>;

constexpr auto kMostBelieved = std::chrono::hours(1);

/// A number of digits only, up to `most`.
std::optional<int> number(std::string_view digits, int most) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = 10 * value + (c - '0');
  }
  return value <= most ? std::optional(value) : std::nullopt;
}

/// Exactly `2025-03-23T22:35:02.036Z`.
std::optional<Milliseconds> parse_time(std::string_view text) {
  if (text.size() != 24 || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
      text[19] != '.' || text[23] != 'Z') {
    return std::nullopt;
  }
  const auto day = parse_day(text.substr(0, 10));
  const auto hour = number(text.substr(11, 2), 23);
  const auto minute = number(text.substr(14, 2), 59);
  const auto second = number(text.substr(17, 2), 59);
  const auto millisecond = number(text.substr(20, 3), 999);
  if (!day || !hour || !minute || !second || !millisecond) return std::nullopt;
  return *day + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(*second) + std::chrono::milliseconds(*millisecond);
}

std::optional<double> seconds_between(const Exchange& exchange, std::string_view from,
                                      std::string_view to) {
  const auto begin = parse_time(exchange.header(from).value_or(""));
  const auto end = parse_time(exchange.header(to).value_or(""));
  if (!begin || !end || *end < *begin || *end - *begin > kMostBelieved) return std::nullopt;
  return to_seconds(*end - *begin);
}

}  // namespace

std::vector<Reading> gateway_times(const std::string& model, const Exchange& exchange) {
  std::vector<Reading> times;
  if (exchange.status != 200) return times;
  if (const auto time = seconds_between(exchange, "x-api-received", "x-api-call-start")) {
    times.push_back({&kGatewayTime, {model}, *time});
  }
  if (const auto time = seconds_between(exchange, "x-api-call-start", "x-api-call-end")) {
    times.push_back({&kEngineTime, {model}, *time});
  }
  return times;
}

}  // namespace together
