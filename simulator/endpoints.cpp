// GET /v1/endpoints and GET /v1/hardware.
#include "simulator/endpoints.h"

#include "simulator/refusals.h"

namespace together::simulator {
namespace {

/// Of "8x_nvidia_h100_80gb_sxm".
Json specs_of(const std::string& hardware) {
  const auto times = hardware.find('x');
  const bool has_count = times == 1 && hardware[0] >= '1' && hardware[0] <= '9';
  return {{"gpu_type", hardware.find("a100") != std::string::npos ? "a100-80gb" : "h100-80gb"},
          {"gpu_link", "sxm"},
          {"gpu_memory", 80},
          {"gpu_count", has_count ? hardware[0] - '0' : 1}};
}

}  // namespace

Script answer_endpoints(const World& world, const Stamp& stamp) {
  Json data = Json::array();
  for (const auto& endpoint : world.account().holdings.endpoints) {
    data.push_back({{"object", "endpoint"},
                    {"id", endpoint.id},
                    {"name", "simulated/" + endpoint.model + "-" + endpoint.id},
                    {"model", endpoint.model},
                    {"type", "dedicated"},
                    {"owner", "simulated"},
                    {"state", endpoint.state},
                    {"created_at", "2026-11-02T08:15:04.000Z"},
                    {"hardware", endpoint.hardware}});
  }
  return good_json(stamp, {{"object", "list"}, {"data", std::move(data)}});
}

Script answer_hardware(const World& world, const Stamp& stamp) {
  Json data = Json::array();
  for (const auto& hardware : world.account().holdings.hardware) {
    data.push_back({{"object", "hardware"},
                    {"id", hardware.id},
                    {"pricing", {{"cents_per_minute", price_json(hardware.cents_per_minute)}}},
                    {"specs", specs_of(hardware.id)},
                    {"availability", {{"status", "available"}}},
                    {"updated_at", "2026-11-01T00:00:00.000Z"}});
  }
  return good_json(stamp, {{"object", "list"}, {"data", std::move(data)}});
}

}  // namespace together::simulator
