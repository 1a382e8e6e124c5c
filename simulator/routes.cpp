// Which surface of the API a request is for.
#include "simulator/routes.h"

#include <array>
#include <string_view>

namespace together::simulator {
namespace {

struct Route {
  bool is_post;
  std::string_view path;
  ApiSurface surface;
};

constexpr std::array<Route, 13> kRoutes{
    {{true, "/v1/chat/completions", ApiSurface::kChat},
     {true, "/v1/embeddings", ApiSurface::kEmbeddings},
     {true, "/v1/rerank", ApiSurface::kRerank},
     {true, "/v1/images/generations", ApiSurface::kImages},
     {false, "/v1/models", ApiSurface::kModels},
     {false, "/v1/whoami", ApiSurface::kWhoami},
     {false, "/v1/batches", ApiSurface::kBatches},
     {false, "/v1/fine-tunes", ApiSurface::kFineTunes},
     {true, "/v1/fine-tunes", ApiSurface::kFineTunes},
     {false, "/v1/fine-tunes/models/supported", ApiSurface::kFineTuneModels},
     {false, "/v1/fine-tunes/models/limits", ApiSurface::kFineTuneLimits},
     {false, "/v1/endpoints", ApiSurface::kEndpoints},
     {false, "/v1/hardware", ApiSurface::kHardware}}};

}  // namespace

bool is_get(const Request& request) { return request.method == "GET" || request.method == "HEAD"; }

std::optional<ApiSurface> surface_of(const Request& request) {
  for (const auto& route : kRoutes) {
    if (route.path != request.path) continue;
    if (route.is_post ? request.method == "POST" : is_get(request)) return route.surface;
  }
  return std::nullopt;
}

}  // namespace together::simulator
