// POST /v1/images/generations.
#include "simulator/images.h"

#include <optional>
#include <utility>

#include "simulator/gateway.h"
#include "simulator/refusals.h"

namespace together::simulator {
namespace {

using nlohmann::json;

/// The number under `key`, `usual` where it is absent; nothing where it is out of range.
std::optional<int> number(const json& body, const char* key, int usual, int least, int most) {
  const auto found = body.find(key);
  if (found == body.end() || found->is_null()) return usual;
  if (!found->is_number_integer()) return std::nullopt;
  const double value = found->get<double>();
  if (value < least || value > most) return std::nullopt;
  return static_cast<int>(value);
}

std::string complaint_of_side(const json& body, const char* key, const std::string& name) {
  const auto side = number(body, key, 1024, 256, 2048);
  if (side && *side % 16 == 0) return "";
  return std::string("Invalid value for '") + key + "' parameter. Image " + name +
         " must be an integer value between 256 and 2048, in multiples of '16'.";
}

std::string complaint_of(const json& body) {
  const auto prompt = body.find("prompt");
  if (prompt == body.end() || !prompt->is_string()) return "Input validation error";
  std::string complaint = complaint_of_side(body, "width", "width");
  if (complaint.empty()) complaint = complaint_of_side(body, "height", "height");
  if (!complaint.empty()) return complaint;
  if (!number(body, "steps", 4, 1, 50)) return "Invalid value for 'steps' parameter.";
  if (!number(body, "n", 1, 1, 4)) return "Invalid value for 'n' parameter.";
  return "";
}

}  // namespace

Script answer_images(const World& world, const ModelRequest& request, const Stamp& stamp) {
  const auto found = find_engine(world, request.model, stamp);
  if (!found) {
    Script script = found.error();
    remove_version_headers(script.headers, world.account());
    return script;
  }
  const ModelState& state = **found;
  std::string complaint = complaint_of(request.body);
  if (state.model.kind != "image") complaint = state.model.id + " is not supported for images";
  Script script;
  if (complaint.empty()) {
    Json data = Json::array();
    const int pictures = *number(request.body, "n", 1, 1, 4);
    for (int i = 0; i < pictures; ++i) {
      data.push_back({{"index", i},
                      {"url", "https://api.together.ai/shrt/" + ray_id(stamp) + std::to_string(i)},
                      {"timings", {{"inference", 0.42}}}});
    }
    script = engine_answer(world, state,
                           {{"id", request_id(stamp) + "-SEA"},
                            {"model", answered_name(state)},
                            {"object", "list"},
                            {"data", std::move(data)}},
                           stamp);
  } else {
    script = bad_input(stamp, world.account(), complaint);
  }
  remove_version_headers(script.headers, world.account());
  return script;
}

}  // namespace together::simulator
