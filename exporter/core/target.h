// What is looked at: the account, or a model on it.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "exporter/core/retirement.h"

namespace together {

/// What a model is for. Source: the `type` of GET /models, recorded 2026-08-17.
enum class Modality {
  kUnknown,  ///< never listed, or listed without a type (163 of 271 models on 2026-03-20)
  kChat,
  kLanguage,
  kCode,
  kEmbedding,
  kRerank,
  kModeration,
  kImage,
  kVideo,
  kAudio,
  kTranscribe,
};

constexpr std::string_view to_string(Modality m) {
  switch (m) {
    case Modality::kUnknown: return "unknown";
    case Modality::kChat: return "chat";
    case Modality::kLanguage: return "language";
    case Modality::kCode: return "code";
    case Modality::kEmbedding: return "embedding";
    case Modality::kRerank: return "rerank";
    case Modality::kModeration: return "moderation";
    case Modality::kImage: return "image";
    case Modality::kVideo: return "video";
    case Modality::kAudio: return "audio";
    case Modality::kTranscribe: return "transcribe";
  }
  return "unknown";
}

/// Any text that is no known type is kUnknown.
constexpr Modality modality_from(std::string_view text) {
  for (int i = 0; i <= static_cast<int>(Modality::kTranscribe); ++i) {
    if (to_string(static_cast<Modality>(i)) == text) return static_cast<Modality>(i);
  }
  return Modality::kUnknown;
}

struct Target {
  std::string model;  ///< "" is the account itself
  std::string part;   ///< which part of the account: a list ("all", "serverless"), a source
  Modality modality = Modality::kUnknown;
  Validators known{};  ///< of the part's last good answer, where it had any

  friend bool operator==(const Target&, const Target&) = default;
};

}  // namespace together
