// The headers that say an answer was made behind the gateway.
#include "simulator/gateway.h"

#include <chrono>

#include "simulator/random.h"

namespace together::simulator {
namespace {

// What the gateway itself takes. Source: recordings of 2026-05-31.
constexpr auto kGatewayTime = std::chrono::milliseconds(10);

}  // namespace

std::string trace_id(const Stamp& stamp) {
  const std::string digits = ray_id({mix(stamp.number), 0, {}}) + ray_id(stamp);
  return digits.substr(0, 8) + "-" + digits.substr(8, 4) + "-4" + digits.substr(13, 3) + "-a" +
         digits.substr(17, 3) + "-" + digits.substr(20, 12) + "-noamzn";
}

void add_gateway_headers(Headers& headers, const Stamp& stamp, const Account& account) {
  headers.emplace_back("x-api-received", iso_milliseconds(stamp.received));
  headers.emplace_back("x-api-call-start", iso_milliseconds(stamp.received + kGatewayTime));
  headers.emplace_back("x-amzn-trace-id", trace_id(stamp));
  for (const auto& [name, value] : account.headers) headers.emplace_back(name, value);
}

void remove_version_headers(Headers& headers, const Account& account) {
  std::erase_if(headers,
                [&](const auto& header) { return account.headers.contains(header.first); });
}

void add_call_end(Headers& headers, const Stamp& stamp, Duration engine_time) {
  const auto end =
      stamp.received + kGatewayTime + std::chrono::duration_cast<WallTime::duration>(engine_time);
  headers.emplace_back("x-api-call-end", iso_milliseconds(end));
}

}  // namespace together::simulator
