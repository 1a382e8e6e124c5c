// What events say of finished answers.
#include "simulator/alterations.h"

#include <algorithm>

namespace together::simulator {
namespace {

void set_header(Headers& headers, const std::string& name, const std::string& value) {
  std::erase_if(headers, [&](const auto& header) { return header.first == name; });
  headers.emplace_back(name, value);
}

bool is_web_page(const Script& script) {
  return std::any_of(script.headers.begin(), script.headers.end(), [](const auto& header) {
    return header.first == "content-type" && header.second.starts_with("text/html");
  });
}

}  // namespace

void alter(const World& world, ApiSurface surface, const std::string& model, Script& script) {
  if (script.status < 200 || script.status > 299) return;
  const Account& account = world.account();
  for (const auto& patch : account.patches) {
    const bool meant = patch.surface == surface && (patch.model.empty() || patch.model == model);
    if (meant) apply_patch(patch.operations, script);
  }
  if (const auto own = account.surface_headers.find(surface);
      own != account.surface_headers.end()) {
    for (const auto& [name, value] : own->second) set_header(script.headers, name, value);
  }
  const ModelState* state = world.find(model);
  if (surface == ApiSurface::kStream && state != nullptr && !is_web_page(script)) {
    dress_stream(world.answering(*state).dress, script);
  }
}

}  // namespace together::simulator
