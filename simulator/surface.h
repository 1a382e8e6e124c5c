// The surfaces of the API: what scenarios and routes call the ways into it.
#pragma once

namespace together::simulator {

enum class ApiSurface {
  kChat,    ///< whole answers
  kStream,  ///< streamed ones, at the same path
  kEmbeddings,
  kRerank,
  kImages,
  kBatches,
  kFineTunes,
  kFineTuneLimits,
  kFineTuneModels,
  kEndpoints,
  kHardware,
  kWhoami,
  kModels,
};

/// Whether a model's engine answers there.
constexpr bool is_inference(ApiSurface surface) {
  switch (surface) {
    case ApiSurface::kChat:
    case ApiSurface::kStream:
    case ApiSurface::kEmbeddings:
    case ApiSurface::kRerank:
    case ApiSurface::kImages: return true;
    default: return false;
  }
}

/// Whether a request there names a model.
constexpr bool names_model(ApiSurface surface) {
  return is_inference(surface) || surface == ApiSurface::kFineTunes ||
         surface == ApiSurface::kFineTuneLimits;
}

}  // namespace together::simulator
