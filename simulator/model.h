// A model of the simulated API: its entry in the lists and how its engine answers.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "exporter/core/clock.h"

namespace together::simulator {

using Json = nlohmann::ordered_json;

/// The engine shapes of chat answers. Source: together-api.md section 4, recorded 2025-09 to
/// 2026-10.
///   1  text, token_id, role and reasoning in each chunk; usage on a chunk of its own
///   2  as 1 with matched_stop and usage:null, without reasoning
///   3  chatcmpl ids, system_fingerprint, delta.reasoning_content and nothing else
///   4  chatcmpl ids, delta.tool_calls:null, stop_reason, no usage at all
///   5  as 2 with a seed above int64 instead of matched_stop; usage on the finish chunk
inline constexpr int kShapes = 5;

/// Where a stream puts its usage.
enum class UsagePlace { kChunk, kFinish, kNone };

struct Model {
  std::string id;
  std::string kind;            ///< "chat", "video", ...: what it is, even where the list hides it
  bool serverless = false;     ///< callable without a dedicated endpoint
  bool reasons = false;        ///< thinks aloud before it answers
  Json listing;                ///< its entry in GET /v1/models
  std::vector<int> shapes{1};  ///< taken in turn, a request each
  std::optional<UsagePlace> usage;     ///< unset: where the shape puts it
  std::optional<Duration> first_byte;  ///< of a stream; unset: half of first_token
  std::optional<Duration> first_token;
  std::optional<Duration> token;
  int dimensions = 1024;  ///< of an embedding model's vectors
};

/// What a scenario says of a model, to add it or to change it. Unset: as it was.
struct ModelSpec {
  std::string id;
  int line = 0;
  std::optional<std::string> type;
  std::optional<bool> serverless;
  std::optional<bool> reasons;
  std::optional<double> input;  ///< prices are USD per million tokens
  std::optional<double> output;
  std::optional<double> cached_input;
  std::vector<int> shapes;
  std::optional<UsagePlace> usage;
  std::optional<long long> context_length;
  std::optional<std::string> display_name;
  std::optional<std::string> organization;
  std::optional<Duration> first_byte;
  std::optional<Duration> first_token;
  std::optional<Duration> token;
  std::optional<int> dimensions;
};

/// An entry as the service lists a chat model without a price, every usual field present.
Json plain_listing(const std::string& id, const std::string& type);

/// A price as the service writes it: whole numbers without a fraction.
Json price_json(double usd);

/// A new model: serverless chat, shape 1, unless the spec says otherwise.
Model make_model(const ModelSpec& spec);

/// Writes what the spec sets over the model.
void change_model(Model& model, const ModelSpec& spec);

/// Whether POST /v1/chat/completions is the way to call it.
bool answers_chat(const Model& model);

/// Whether jobs can be trained on it where no event says otherwise.
bool is_tunable(const Model& model);

}  // namespace together::simulator
