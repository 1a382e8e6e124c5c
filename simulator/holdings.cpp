// What the account has beside models.
#include "simulator/holdings.h"

#include <algorithm>

namespace together::simulator {
namespace {

constexpr const char* kUsualModel = "openai/gpt-oss-20b";
constexpr const char* kUsualHardware = "1x_nvidia_h100_80gb_sxm";
constexpr double kUsualPrice = 5.5;

/// The item of that id, which is added where there is none.
template <class T>
T& item_of(std::vector<T>& items, const std::string& id) {
  const auto it =
      std::find_if(items.begin(), items.end(), [&](const T& item) { return item.id == id; });
  if (it != items.end()) return *it;
  items.emplace_back().id = id;
  return items.back();
}

}  // namespace

Holdings first_holdings() {
  return {{{"batch_3f1c0a52", "COMPLETED", kUsualModel},
           {"batch_77d20b9e", "IN_PROGRESS", kUsualModel},
           {"batch_c4e8915d", "FAILED", "Qwen/Qwen3.5-9B"}},
          {{"ft-5b1f0c3e", "completed", "Qwen/Qwen3.5-9B"},
           {"ft-91d7aa20", "running", kUsualModel},
           {"ft-c02e64f8", "error", kUsualModel},
           {"ft-e8a3b716", "cancelled", "google/gemma-4-31B-it"}},
          {{"endpoint-2d9c41f7", "deepseek-ai/DeepSeek-V3.1", "STARTED", "8x_nvidia_h100_80gb_sxm"},
           {"endpoint-a60e83b5", "Qwen/Qwen2.5-72B-Instruct-Turbo", "STOPPED", kUsualHardware}},
          {{kUsualHardware, kUsualPrice},
           {"8x_nvidia_h100_80gb_sxm", 44},
           {"1x_nvidia_a100_80gb_sxm", 4}}};
}

void set_job(std::vector<Job>& jobs, const Resource& resource) {
  Job& job = item_of(jobs, resource.id);
  job.status = resource.status;
  if (job.model.empty()) job.model = kUsualModel;
}

void set_endpoint(Holdings& holdings, const Resource& resource, const std::string& model) {
  Endpoint& endpoint = item_of(holdings.endpoints, resource.id);
  if (endpoint.model.empty()) endpoint = {resource.id, kUsualModel, "STARTED", kUsualHardware};
  if (!model.empty()) endpoint.model = model;
  if (!resource.status.empty()) endpoint.state = resource.status;
  if (!resource.hardware.empty()) endpoint.hardware = resource.hardware;
  Hardware& hardware = item_of(holdings.hardware, endpoint.hardware);
  if (hardware.cents_per_minute == 0) hardware.cents_per_minute = kUsualPrice;
  if (resource.cents_per_minute) hardware.cents_per_minute = *resource.cents_per_minute;
}

}  // namespace together::simulator
