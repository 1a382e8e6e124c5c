// What identifies one answer.
#include "simulator/stamp.h"

#include <array>
#include <cstdio>
#include <ctime>
#include <string_view>

#include "exporter/core/duration.h"
#include "simulator/random.h"

namespace together::simulator {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

std::string letters(std::uint64_t value, int count) {
  std::string text;
  for (int i = 0; i < count; ++i, value /= kAlphabet.size()) {
    text += kAlphabet[value % kAlphabet.size()];
  }
  return text;
}

std::string hex(std::uint64_t value) {
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(value));
  return text.data();
}

}  // namespace

std::string ray_id(const Stamp& stamp) { return hex(mix(stamp.number)); }

std::string request_id(const Stamp& stamp) {
  const std::uint64_t value = mix(stamp.number ^ 0x5eedU);
  return "o" + letters(value, 6) + "-" + letters(mix(value), 6) + "-" + ray_id(stamp);
}

std::string engine_id(const Stamp& stamp) {
  return "chatcmpl-" + hex(mix(stamp.number ^ 0xe4611eU)) + ray_id(stamp);
}

std::string iso_milliseconds(WallTime t) {
  const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(t.time_since_epoch());
  std::array<char, 8> tail{};
  std::snprintf(tail.data(), tail.size(), ".%03dZ", static_cast<int>(since.count() % 1000));
  std::string text = format_time(t);
  text.pop_back();
  return text + tail.data();
}

std::string http_date(WallTime t) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(t);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 40> text{};
  std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return text.data();
}

Headers edge_headers(const Stamp& stamp, const std::string& content_type) {
  return {{"date", http_date(stamp.received)},
          {"content-type", content_type},
          {"server", "cloudflare"},
          {"cf-ray", ray_id(stamp) + "-FRA"},
          {"cf-cache-status", "DYNAMIC"},
          {"alt-svc", "h3=\":443\"; ma=86400"},
          {"strict-transport-security", "max-age=15552000; includeSubDomains"},
          {"access-control-allow-origin", "*"}};
}

}  // namespace together::simulator
