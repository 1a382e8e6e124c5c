// What a simulated model says: tokens and the chunks that carry them, in each engine's shape.
#pragma once

#include <string>
#include <vector>

#include "simulator/chat_request.h"
#include "simulator/model.h"
#include "simulator/stamp.h"

namespace together::simulator {

struct Completion {
  std::vector<std::string> reasoning;
  std::vector<std::string> answer;  ///< its text, or the arguments of the call
  std::string function;             ///< that it calls; "" where it answers in words
  std::string finish_reason;        ///< "stop", "tool_calls", or "length" where max_tokens cut it

  int tokens() const { return static_cast<int>(reasoning.size() + answer.size()); }
};

/// `answer_tokens` long (as long as it takes for a call or in JSON mode), after half as many of
/// reasoning where the model reasons; never longer than the request allows.
Completion complete(const Model& model, const ChatRequest& request, int answer_tokens);

/// Everything beside the tokens that an answer's JSON is made of.
struct Voice {
  std::string model;  ///< the name the answer gives
  int shape = 1;
  UsagePlace usage = UsagePlace::kChunk;
  int prompt_tokens = 0;
  Stamp stamp;
};

struct Chunk {
  enum class Kind { kRole, kToken, kFinish, kUsage };
  Kind kind = Kind::kToken;
  Json json;
};

UsagePlace usual_usage_place(int shape);

/// The data of every event of a stream but [DONE].
std::vector<Chunk> stream_chunks(const Completion& completion, const Voice& voice);

/// The body of an answer that is not streamed.
Json plain_answer(const Completion& completion, const Voice& voice);

}  // namespace together::simulator
