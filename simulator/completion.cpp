// What a simulated model says.
#include "simulator/completion.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "simulator/random.h"

namespace together::simulator {
namespace {

constexpr std::array<std::string_view, 32> kWords{
    "Hello",  "!",      " The",   " harbor", " is",     " calm",   " this",  " morning",
    ",",      " and",   " two",   " boats",  " leave",  " before", " the",   " tide",
    " turns", ".",      " Gulls", " follow", " them",   " past",   " the",   " lighthouse",
    ",",      " where", " the",   " keeper", " counts", " the",    " waves", "."};
constexpr std::array<std::string_view, 16> kThoughts{
    "The",  " user",  " greets", " me",   ",",      " so",   " a",    " short",
    " and", " plain", " answer", " will", " serve", " them", " best", "."};

template <std::size_t N>
std::vector<std::string> tokens_from(const std::array<std::string_view, N>& words, int count) {
  std::vector<std::string> tokens;
  for (int i = 0; i < count; ++i) tokens.emplace_back(words[static_cast<std::size_t>(i) % N]);
  return tokens;
}

/// JSON in tokens of four characters.
std::vector<std::string> tokens_of(const std::string& json) {
  std::vector<std::string> tokens;
  for (std::size_t at = 0; at < json.size(); at += 4) tokens.push_back(json.substr(at, 4));
  return tokens;
}

std::string joined(const std::vector<std::string>& tokens) {
  std::string text;
  for (const auto& token : tokens) text += token;
  return text;
}

std::int64_t created(const Voice& voice) {
  return std::chrono::duration_cast<std::chrono::seconds>(voice.stamp.received.time_since_epoch())
      .count();
}

bool has_engine_id(int shape) { return shape == 3 || shape == 4; }

/// Above int64, as 6 of 34 recorded streams have it.
std::uint64_t big_seed(const Stamp& stamp) { return mix(stamp.number) | (1ULL << 63U); }

Json usage_of(const Completion& completion, const Voice& voice) {
  Json usage{{"prompt_tokens", voice.prompt_tokens},
             {"total_tokens", voice.prompt_tokens + completion.tokens()},
             {"completion_tokens", completion.tokens()}};
  if (voice.shape == 5) {
    usage["cached_tokens"] = 0;
  } else if (voice.shape == 3) {
    usage["prompt_tokens_details"] = {{"cached_tokens", 0}};
  } else {
    usage["reasoning_tokens"] = completion.reasoning.size();
  }
  return usage;
}

/// Everything of a chunk but its choices and usage, which engines put in different places.
Json chunk_of(const Voice& voice, Json choices) {
  Json chunk;
  chunk["id"] = has_engine_id(voice.shape) ? engine_id(voice.stamp) : request_id(voice.stamp);
  chunk["object"] = "chat.completion.chunk";
  chunk["created"] = created(voice);
  if (voice.shape == 3) {
    chunk["model"] = voice.model;
    chunk["system_fingerprint"] = "default";
    chunk["choices"] = std::move(choices);
  } else {
    chunk["choices"] = std::move(choices);
    chunk["model"] = voice.model;
  }
  if (voice.shape == 2 || voice.shape == 5) chunk["usage"] = nullptr;
  return chunk;
}

std::string call_id(const Voice& voice) { return "call_" + engine_id(voice.stamp).substr(9, 24); }

/// A piece of a streamed call. The first has id and name and no arguments; in the others, as
/// recorded, id and name are null.
Json call_piece(const std::string& function, const std::string& arguments, const Voice& voice) {
  const bool first = !function.empty();
  return Json::array(
      {{{"id", first ? Json(call_id(voice)) : Json(nullptr)},
        {"index", 0},
        {"type", "function"},
        {"function",
         {{"name", first ? Json(function) : Json(nullptr)}, {"arguments", arguments}}}}});
}

struct Piece {
  std::string content;
  std::string reasoning;
  Json finish_reason;  ///< null or text
  int token = 0;       ///< its place in the answer
  Json calls;          ///< null, or the piece of a call
};

Json words_of(const Piece& piece, int shape) {
  switch (shape) {
    case 1:
      return {{"token_id", nullptr},
              {"role", "assistant"},
              {"content", piece.content},
              {"reasoning", piece.reasoning.empty() ? Json(nullptr) : Json(piece.reasoning)}};
    case 3:
      if (!piece.reasoning.empty()) return {{"reasoning_content", piece.reasoning}};
      if (!piece.content.empty()) return {{"content", piece.content}};
      return Json::object();
    case 4:
      return {{"token_id", nullptr},
              {"role", "assistant"},
              {"content", piece.content},
              {"tool_calls", nullptr}};
    default: break;
  }
  return {{"token_id", shape == 5 ? Json(9906 + piece.token) : Json(nullptr)},
          {"role", "assistant"},
          {"content", piece.content}};
}

Json delta_of(const Piece& piece, int shape) {
  Json delta = words_of(piece, shape);
  if (!piece.calls.is_null()) delta["tool_calls"] = piece.calls;
  return delta;
}

Json choice_of(const Piece& piece, const Voice& voice) {
  const bool last = !piece.finish_reason.is_null();
  Json choice{{"index", 0}};
  if (has_engine_id(voice.shape)) {
    choice["delta"] = delta_of(piece, voice.shape);
    choice["logprobs"] = nullptr;
    choice["finish_reason"] = piece.finish_reason;
    if (voice.shape == 4 && last) choice["stop_reason"] = 106;
    return choice;
  }
  choice["text"] = piece.content;
  choice["logprobs"] = nullptr;
  choice["finish_reason"] = piece.finish_reason;
  if (voice.shape == 2) choice["matched_stop"] = last ? Json(200002) : Json(nullptr);
  if (voice.shape == 5) choice["seed"] = last ? Json(big_seed(voice.stamp)) : Json(nullptr);
  choice["delta"] = delta_of(piece, voice.shape);
  return choice;
}

}  // namespace

Completion complete(const Model& model, const ChatRequest& request, int answer_tokens) {
  const int thoughts = model.reasons ? (answer_tokens + 1) / 2 : 0;
  Completion completion;
  completion.function = request.function;
  completion.answer =
      request.json.empty() ? tokens_from(kWords, answer_tokens) : tokens_of(request.json);
  const int wanted = thoughts + static_cast<int>(completion.answer.size());
  const int allowed = std::min(wanted, request.max_tokens.value_or(wanted));
  completion.reasoning = tokens_from(kThoughts, std::min(thoughts, allowed));
  completion.answer.resize(static_cast<std::size_t>(std::max(0, allowed - thoughts)));
  const char* whole = request.function.empty() ? "stop" : "tool_calls";
  completion.finish_reason = allowed < wanted ? "length" : whole;
  return completion;
}

UsagePlace usual_usage_place(int shape) {
  if (shape == 4) return UsagePlace::kNone;
  return shape == 5 ? UsagePlace::kFinish : UsagePlace::kChunk;
}

std::vector<Chunk> stream_chunks(const Completion& completion, const Voice& voice) {
  std::vector<Chunk> chunks;
  const auto add = [&](Chunk::Kind kind, const Piece& piece) {
    chunks.push_back({kind, chunk_of(voice, Json::array({choice_of(piece, voice)}))});
    if (voice.shape == 1 && kind != Chunk::Kind::kRole) chunks.back().json["usage"] = nullptr;
  };
  if (voice.shape == 1 || voice.shape == 2) add(Chunk::Kind::kRole, {});
  // Shapes 2, 4 and 5 have no place for reasoning: their engines keep it to themselves, but the
  // tokens are made and take their time.
  const bool tells_reasoning = voice.shape == 1 || voice.shape == 3;
  for (const auto& token : completion.reasoning) {
    add(Chunk::Kind::kToken, {"", tells_reasoning ? token : "", nullptr, 0, nullptr});
  }
  int place = 0;
  const bool calls = !completion.function.empty();
  if (calls && !completion.answer.empty()) {
    add(Chunk::Kind::kToken, {"", "", nullptr, 0, call_piece(completion.function, "", voice)});
  }
  for (const auto& token : completion.answer) {
    add(Chunk::Kind::kToken, calls ? Piece{"", "", nullptr, place, call_piece("", token, voice)}
                                   : Piece{token, "", nullptr, place, nullptr});
    ++place;
  }
  add(Chunk::Kind::kFinish, {"", "", completion.finish_reason, place, nullptr});
  if (voice.usage == UsagePlace::kFinish) chunks.back().json["usage"] = usage_of(completion, voice);
  if (voice.usage == UsagePlace::kChunk) {
    Json chunk = chunk_of(voice, Json::array());
    chunk["usage"] = usage_of(completion, voice);
    chunks.push_back({Chunk::Kind::kUsage, std::move(chunk)});
  }
  return chunks;
}

Json plain_answer(const Completion& completion, const Voice& voice) {
  const Json reasoning =
      completion.reasoning.empty() ? Json(nullptr) : Json(joined(completion.reasoning));
  Json message{
      {"role", "assistant"}, {"content", joined(completion.answer)}, {"tool_calls", Json::array()}};
  if (!completion.function.empty()) {
    message["content"] = nullptr;
    message["tool_calls"] = Json::array(
        {{{"id", call_id(voice)},
          {"type", "function"},
          {"index", 0},
          {"function",
           {{"name", completion.function}, {"arguments", joined(completion.answer)}}}}});
  }
  if (voice.shape == 1) message["reasoning"] = reasoning;
  if (voice.shape == 3) message["reasoning_content"] = reasoning;

  Json choice{{"index", 0}, {"message", std::move(message)}, {"logprobs", nullptr}};
  // 15 recorded answers of shape 4's engine have no finish_reason at all.
  if (voice.shape != 4) choice["finish_reason"] = completion.finish_reason;
  if (voice.shape != 3) {
    choice["seed"] = voice.shape == 5 ? Json(big_seed(voice.stamp)) : Json(nullptr);
  }

  Json body;
  body["id"] = voice.shape == 3 ? engine_id(voice.stamp) : request_id(voice.stamp);
  body["object"] = "chat.completion";
  body["created"] = created(voice);
  body["model"] = voice.model;
  if (voice.shape == 1 || voice.shape == 2) body["metadata"] = {{"weight_version", "default"}};
  if (voice.shape == 3) body["system_fingerprint"] = "default";
  if (voice.shape != 3) body["prompt"] = Json::array();
  body["choices"] = Json::array({std::move(choice)});
  body["usage"] = usage_of(completion, voice);
  return body;
}

}  // namespace together::simulator
