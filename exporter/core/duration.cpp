// Durations and times as Prometheus' users write them.
#include "exporter/core/duration.h"

#include <array>
#include <cstdint>
#include <ctime>
#include <limits>

namespace together {
namespace {

using namespace std::chrono_literals;

struct Unit {
  std::string_view name;
  Duration length;
};

// In falling order, which is the order a duration must name them in.
constexpr std::array<Unit, 7> kUnits{
    {{"y", 24h * 365}, {"w", 24h * 7}, {"d", 24h}, {"h", 1h}, {"m", 1min}, {"s", 1s}, {"ms", 1ms}}};

tl::unexpected<Error> bad(std::string_view text) {
  return fail("\"" + std::string(text) + "\" is no duration; write it as 30s, 5m, 1h30m or 1d");
}

}  // namespace

Result<Duration> parse_duration(std::string_view text) {
  if (text == "0") return Duration{};
  if (text.empty()) return bad(text);
  Duration total{};
  std::size_t next_unit = 0;
  std::string_view rest = text;
  while (!rest.empty()) {
    std::int64_t number = 0;
    std::size_t digits = 0;
    while (digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9') {
      if (digits == 9) return bad(text);
      number = number * 10 + (rest[digits] - '0');
      ++digits;
    }
    std::size_t letters = digits;
    while (letters < rest.size() && (rest[letters] < '0' || rest[letters] > '9')) ++letters;
    const std::string_view name = rest.substr(digits, letters - digits);
    std::size_t unit = next_unit;
    while (unit < kUnits.size() && kUnits[unit].name != name) ++unit;
    if (digits == 0 || unit == kUnits.size()) return bad(text);
    const Duration length = kUnits[unit].length;
    if (number > (std::numeric_limits<std::int64_t>::max() - total.count()) / length.count()) {
      return fail("\"" + std::string(text) + "\" is too long a duration");
    }
    total += length * number;
    next_unit = unit + 1;
    rest.remove_prefix(letters);
  }
  return total;
}

std::string format_duration(Duration d) {
  if (d < 1ms) return "0s";
  std::string text;
  for (const auto& unit : kUnits) {
    const auto n = d / unit.length;
    if (n == 0) continue;
    text += std::to_string(n);
    text += unit.name;
    d -= n * unit.length;
  }
  return text;
}

std::string format_time(WallTime t) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(t);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  const auto n = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text.data(), n};
}

}  // namespace together
